import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import type { LogEvent } from '../../src/base/log.ts';
import { createMetricsServer, type MetricsServer } from '../../src/observability/metrics-server.ts';
import { createMetrics } from '../../src/observability/metrics.ts';
import { readSamples } from './metrics-bench.ts';

const loopback = { host: '127.0.0.1', port: 0 };

describe('the endpoint for metrics', () => {
  let server: MetricsServer | undefined;
  const logged: LogEvent[] = [];
  const log = (event: LogEvent) => logged.push(event);

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  const start = async (answer: () => Promise<string> = () => Promise.resolve('locksmith_up 1\n')): Promise<string> => {
    server = createMetricsServer({
      metrics: { text: answer, contentType: 'text/plain; version=0.0.4; charset=utf-8' },
      log,
    });
    return (await server.listen(loopback)).url;
  };
  const say = (url: string, lines: string): Promise<string> => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(lines);
    return text(socket);
  };

  it('answers GET /metrics in Prometheus’ format, and ends the connection', async () => {
    const answer = await fetch(await start());
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('version=0.0.4');
    expect(answer.headers.get('connection')).toBe('close');
    expect(await answer.text()).toBe('locksmith_up 1\n');
  });

  it.each([
    ['GET', '/'],
    ['GET', '/metrics/'],
    ['GET', '/livez'],
    ['GET', '/%6Detrics'],
    ['HEAD', '/metrics'],
    ['POST', '/metrics'],
    ['DELETE', '/metrics'],
    ['OPTIONS', '*'],
  ])('knows nothing of %s %s', async (method, path) => {
    const answer = await say(await start(), `${method} ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).toContain('Connection: close');
  });

  it('answers one request of a connection, whatever else stands in it', async () => {
    const request = 'GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n';
    const answer = await say(await start(), request.repeat(5));
    expect(answer.match(/HTTP\/1\.1 200/g)).toHaveLength(1);
  });

  it('gathers once for all who scrape at the same time', async () => {
    let gathered = 0;
    const gate = Promise.withResolvers<string>();
    const url = await start(() => {
      gathered += 1;
      return gate.promise;
    });
    const scrapes = Promise.all(Array.from({ length: 5 }, async () => (await fetch(url)).text()));
    gate.resolve('locksmith_up 1\n');
    expect(new Set(await scrapes)).toEqual(new Set(['locksmith_up 1\n']));
    expect(gathered).toBeLessThanOrEqual(5);
  });

  it('says no more than 500 where gathering fails, and logs it', async () => {
    const answer = await fetch(await start(() => Promise.reject(new TypeError('CANARY'))));
    expect(answer.status).toBe(500);
    expect(await answer.text()).toBe('');
    expect(logged).toEqual([{ level: 'error', event: 'metrics-failed', name: 'TypeError' }]);
  });

  it('rejects where its port is taken', async () => {
    const url = await start();
    const second = createMetricsServer({ metrics: createMetrics({ clock: systemClock, log, ofProcess: false }), log });
    const port = Number(new URL(url).port);
    await expect(second.listen({ ...loopback, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('closes though somebody holds a connection open', async () => {
    const url = await start();
    const idle = connect(Number(new URL(url).port), '127.0.0.1');
    const ended = text(idle);
    await new Promise((resolve) => idle.once('connect', resolve));
    await server?.close();
    await expect(ended).resolves.toBe('');
  });

  it('tells of the process too', async () => {
    const metrics = createMetrics({ clock: systemClock, log, ofProcess: true });
    server = createMetricsServer({ metrics, log });
    const answer = await fetch((await server.listen(loopback)).url);
    const samples = readSamples(await answer.text());
    expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect(samples.get('process_open_fds')).toBeGreaterThan(3);
    expect(samples.has('nodejs_eventloop_lag_p99_seconds')).toBe(true);
  });
});

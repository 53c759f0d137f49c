import { once } from 'node:events';
import { createServer as createPlain } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { Server } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import { createFreshFetch, createPartner } from '../../src/partner-center/index.ts';
import { type ForwardProxy, startForwardProxy } from '../support/forward-proxy.ts';
import { makeCertificate } from '../support/make-certificate.ts';

const id = 'a9ef48bb-8758-4590-a312-d4a47bfaded4';
const profile = { password: new Secret('CANARY-through-a-proxy'), forceChangePassword: true } as const;

describe('a write with a fresh connection, through a proxy', () => {
  const received: { readonly method: string | undefined; readonly port: number | undefined; readonly url: string }[] =
    [];
  const trusted = getCACertificates();
  let server: Server;
  let proxy: ForwardProxy;
  let scheme: 'http' | 'https';

  async function open(secure: boolean): Promise<void> {
    scheme = secure ? 'https' : 'http';
    const { certificate: cert, privateKey: key } = makeCertificate({ host: 'localhost' });
    setDefaultCACertificates([...trusted, cert]);
    const answer: Parameters<typeof createPlain>[1] = (request, response) => {
      received.push({ method: request.method, port: request.socket.remotePort, url: request.url ?? '' });
      request.resume();
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ id }));
    };
    const made = secure ? createSecure({ key, cert }, answer) : createPlain(answer);
    made.listen(0, '127.0.0.1');
    await once(made, 'listening');
    server = made;
  }

  const port = () => {
    const address = server.address();
    return typeof address === 'object' ? address?.port : undefined;
  };
  const write = (through: string | undefined, milliseconds = 5000) =>
    createPartner({
      credentials: { getToken: () => Promise.resolve(new Secret('token')) },
      baseUrl: `${scheme}://localhost:${port()}`,
      freshFetch: createFreshFetch(through),
    })
      .customers.byId('c')
      .users.byId(id)
      .resetPassword(profile, { freshConnection: true, signal: AbortSignal.timeout(milliseconds) });

  beforeEach(() => {
    received.length = 0;
  });
  afterEach(async () => {
    setDefaultCACertificates(trusted);
    server.close();
    await proxy.stop();
  });

  it.each([true, false])('goes out once, at once, by the proxy and by no other way (secure: %s)', async (secure) => {
    await open(secure);
    proxy = await startForwardProxy();
    expect(await write(proxy.url)).toMatchObject({ httpStatus: 200, tries: 1, user: { id } });
    expect(received).toHaveLength(1);
    expect(proxy.ownPorts).toContain(received[0]?.port);
    const path = `/v1/customers/c/users/${id}/resetpassword`;
    expect(received[0]?.url).toBe(path);
    expect(proxy.asked).toEqual([secure ? `CONNECT localhost:${port()}` : `PATCH http://localhost:${port()}${path}`]);
  });

  it('takes a new connection through the proxy each time', async () => {
    await open(true);
    proxy = await startForwardProxy();
    await write(proxy.url);
    await write(proxy.url);
    expect(new Set(received.map((one) => one.port)).size).toBe(2);
    expect(proxy.asked).toHaveLength(2);
  });

  it('was never sent where the proxy makes no tunnel, or is not there', async () => {
    await open(true);
    proxy = await startForwardProxy({ refuses: true });
    await expect(write(proxy.url)).rejects.toMatchObject({ code: 'not-connected', effect: 'none' });
    await proxy.stop();
    const gone = proxy.url;
    proxy = await startForwardProxy();
    await expect(write(gone)).rejects.toMatchObject({ code: 'not-connected', effect: 'none' });
    expect(received).toEqual([]);
  });

  it('is unclear where the proxy itself answers in plain HTTP', async () => {
    await open(false);
    proxy = await startForwardProxy({ refuses: true });
    await expect(write(proxy.url)).rejects.toMatchObject({
      code: 'unknown-result',
      effect: 'unknown',
      httpStatus: 403,
    });
  });

  it('goes straight where no proxy is given, secure or not', async () => {
    proxy = await startForwardProxy();
    for (const secure of [true, false]) {
      await open(secure);
      expect(await write(undefined)).toMatchObject({ httpStatus: 200 });
      if (secure) server.close();
    }
    expect(proxy.asked).toEqual([]);
  });
});

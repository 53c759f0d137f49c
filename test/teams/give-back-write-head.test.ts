import { createServer as createHttpServer } from 'node:http';
import { once } from 'node:events';
import { expect, it } from '@jest/globals';
import { systemClock } from '../../src/clock.ts';
import { createServer } from '../../src/teams/create-server.ts';

it('leaves other servers of the process as they were, though restify does not', async () => {
  for (let made = 0; made < 3; made += 1) {
    createServer({
      handle: () => Promise.resolve({ status: 200, body: undefined }),
      isReady: () => Promise.resolve(true),
      clock: systemClock,
      log: () => undefined,
    });
  }
  const other = createHttpServer((_request, response) => {
    response.writeHead(202, { 'X-Made-By': 'another' }).end('chained');
  }).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  expect([answer.status, answer.headers.get('x-made-by'), await answer.text()]).toEqual([202, 'another', 'chained']);
  other.close();
});

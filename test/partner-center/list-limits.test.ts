import { describe, expect, it } from '@jest/globals';
import { buildSimpleQuery } from '../../src/partner-center/index.ts';
import { readAll } from '../../src/partner-center/read-all.ts';
import { connect } from './connect.ts';
import { createFakeClock } from './create-fake-clock.ts';
import { serving } from './serving.ts';

const serve = serving();

describe('a list of roles', () => {
  it('is unreadable-answer where it has more than a hundred pages', async () => {
    let pages = 0;
    const server = await serve((response) => {
      pages += 1;
      response.end(JSON.stringify({ items: [], links: { next: { uri: `/x?page=${pages}` } } }));
    });
    const roles = connect(server).customers.byId('c').users.byId('u').directoryRoles;
    await expect(roles.get()).rejects.toMatchObject({ code: 'unreadable-answer', effect: 'none' });
    expect(pages).toBe(100);
  });

  it('ends when the time of one operation is over, however many pages there were', async () => {
    const clock = createFakeClock();
    let pages = 0;
    const server = await serve((response) => {
      pages += 1;
      clock.pass(1_500_000);
      response.end(JSON.stringify({ items: [], links: { next: { uri: `/x?page=${pages}` } } }));
    });
    const roles = connect(server, { clock }).customers.byId('c').users.byId('u').directoryRoles;
    await expect(roles.get()).rejects.toMatchObject({ code: 'timed-out', effect: 'none' });
    expect(pages).toBe(3);
  });
});

describe('an answer of more than 64 MB', () => {
  it('is unreadable-answer, and is not asked for again', async () => {
    const megabyte = new Uint8Array(1024 * 1024).fill(0x20);
    let asked = 0;
    const fetch = (): Promise<Response> => {
      asked += 1;
      let left = 65;
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          left -= 1;
          controller.enqueue(megabyte);
          if (left === 0) {
            controller.close();
          }
        },
      });
      return Promise.resolve(new Response(body));
    };
    const { customers } = connect({ baseUrl: 'https://partner.invalid' }, { fetch });
    const read = readAll(customers.query(buildSimpleQuery()));
    await expect(read).rejects.toMatchObject({ code: 'unreadable-answer', httpStatus: 200, tries: 1 });
    expect(asked).toBe(1);
  });
});

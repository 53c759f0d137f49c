import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import { createPretendHaloPsa, pretendHaloSignIn } from '../../src/sandbox/halopsa/pretend-halopsa.ts';
import { createTicketAdapter, createTickets } from '../../src/tickets/create-tickets.ts';
import { autotaskSignIn, startFakeAutotask } from '../support/fake-autotask.ts';
import { connectWiseSignIn, startFakeConnectWise } from '../support/fake-connectwise.ts';
import { json, serveTickets, text } from '../support/fake-ticket-server.ts';
import { createHandClock } from '../support/hand-clock.ts';
import type { TicketLookUp } from '../../src/reset/ports/tickets.ts';
import { buildNote } from './ticket-houses.ts';

const { fetch } = globalThis;
const signal = new AbortController().signal;
let close: () => Promise<void> = () => Promise.resolve();
afterEach(() => close());

function addressOf(input: string | URL | Request): string {
  return input instanceof Request ? input.url : input.toString();
}

async function openHalo(given: { readonly noteOutcomeId?: number; readonly tenant?: string } = {}) {
  const clock = createHandClock();
  const pretend = createPretendHaloPsa({ clock });
  close = () => pretend.close();
  const { url } = await pretend.listen();
  const settings = {
    kind: 'halopsa',
    url,
    authUrl: `${url}/auth`,
    clientId: pretendHaloSignIn.clientId,
    clientSecret: new Secret(pretendHaloSignIn.clientSecret),
    tenant: given.tenant,
    noteOutcomeId: given.noteOutcomeId ?? 7,
  } as const;
  return { clock, pretend, settings, tickets: createTickets(settings, { fetch, clock }) };
}

describe('HaloPSA', () => {
  it('tells the tenant of a client and the object id of a contact', async () => {
    const { pretend, tickets } = await openHalo();
    const [contoso] = pretend.data.clients;
    const [adele] = pretend.data.contacts;
    expect(await tickets.lookUp?.('4711', signal)).toMatchObject({
      ticket: { company: { tenantIds: [contoso?.tenantId] }, contact: { objectId: adele?.objectId } },
    });
    expect(await tickets.lookUp?.('4717', signal)).toMatchObject({
      ticket: { company: { name: 'Walk-in customers', tenantIds: [] }, contact: { objectId: undefined } },
    });
  });

  it('tells a merged ticket', async () => {
    const { tickets } = await openHalo();
    expect(await tickets.lookUp?.('4714', signal)).toMatchObject({ ticket: { state: 'merged' } });
  });

  it('takes a ticket without an id for missing, and a deleted one, and a 404', async () => {
    const { pretend, tickets } = await openHalo();
    for (const answer of [json(200, {}), json(200, { id: 4711, deleted: true }), text(404, '')]) {
      pretend.plant(({ path }) => (path.startsWith('/api/Tickets/') ? { kind: 'answer', answer } : undefined));
      expect(await tickets.lookUp?.('4711', signal)).toStrictEqual({ kind: 'missing' });
    }
  });

  it('is read by name and address where the connections or the contact are forbidden', async () => {
    const { pretend, tickets } = await openHalo();
    pretend.plant(({ path }) =>
      /AzureADConnection|Users/.test(path) ? { kind: 'answer', answer: text(403, '') } : undefined,
    );
    expect(await tickets.lookUp?.('4711', signal)).toMatchObject({
      kind: 'found',
      ticket: {
        company: { name: 'Contoso Bikes', tenantIds: [] },
        contact: { address: expect.stringContaining('adele') },
      },
    });
  });

  it('reads connections in each of the forms that HaloPSA has sent', async () => {
    for (const connections of [[{ id: 1 }], { id: 1, name: 'one' }, { record_count: 1, connections: [{ id: 1 }] }]) {
      const { pretend, tickets } = await openHalo();
      pretend.plant(({ path }) =>
        path === '/api/AzureADConnection' ? { kind: 'answer', answer: json(200, connections) } : undefined,
      );
      const found = await tickets.lookUp?.('4711', signal);
      expect(found).toMatchObject({ ticket: { company: { tenantIds: [expect.any(String)] } } });
      await pretend.close();
      close = () => Promise.resolve();
    }
  });

  it('asks for one token and keeps it until shortly before its end', async () => {
    const { clock, pretend, tickets } = await openHalo();
    await Promise.all([tickets.lookUp?.('4711', signal), tickets.lookUp?.('4712', signal)]);
    clock.advance(58 * 60_000);
    await tickets.lookUp?.('4711', signal);
    const tokens = () => pretend.calls.filter((call) => call === 'POST /auth/token').length;
    expect(tokens()).toBe(1);
    clock.advance(61_000);
    await tickets.lookUp?.('4711', signal);
    expect(tokens()).toBe(2);
  });

  it('gets a new token once where one is not taken any more', async () => {
    const { pretend, tickets } = await openHalo();
    await tickets.lookUp?.('4711', signal);
    pretend.endTokens();
    expect(await tickets.lookUp?.('4712', signal)).toMatchObject({ kind: 'found' });
  });

  it.each([
    ['the token is not taken any more', undefined],
    ['a proxy answers in its place', '<html>Sign in'],
  ])(
    'writes a note once after a 401, and has a new token for the next try, which looks first: %s',
    async (_why, page) => {
      const { pretend, tickets } = await openHalo();
      const note = buildNote('4711');
      const writes = () => pretend.calls.filter((call) => call === 'POST /api/Actions').length;
      await tickets.lookUp?.('4711', signal);
      if (page === undefined) pretend.endTokens();
      else
        pretend.plant(({ method, path }) => {
          return method === 'POST' && path === '/api/Actions' ? { kind: 'answer', answer: text(401, page) } : undefined;
        });
      expect(await tickets.addNote(note)).toMatchObject({ kind: 'failed', code: 'unauthorised' });
      expect(writes()).toBe(1);
      pretend.plant(() => undefined);
      expect(await tickets.findNote?.(note)).toStrictEqual({ kind: 'not-there' });
      expect(await tickets.addNote(note)).toStrictEqual({ kind: 'taken' });
      expect(writes()).toBe(2);
    },
  );

  it('names the tenant of a hosted system when it asks for a token', async () => {
    const asked: string[] = [];
    const { pretend, tickets } = await openHalo({ tenant: 'a b' });
    pretend.plant(({ path, query }) => {
      if (path === '/auth/token') asked.push(query.get('tenant') ?? '');
      return undefined;
    });
    await tickets.lookUp?.('4711', signal);
    expect(asked).toStrictEqual(['a b']);
  });

  it('says that a wrong secret is no sign-in', async () => {
    const { settings, clock } = await openHalo();
    const tickets = createTickets({ ...settings, clientSecret: new Secret('CANARY') }, { fetch, clock });
    const found = await tickets.lookUp?.('4711', signal);
    expect(found).toStrictEqual({ kind: 'failed', code: 'unauthorised', httpStatus: 400, againAt: undefined });
  });

  it('refuses a note whose outcome it does not have, and doctor finds that', async () => {
    const { settings, clock, tickets } = await openHalo({ noteOutcomeId: 99 });
    expect(await tickets.addNote(buildNote('4711'))).toMatchObject({ kind: 'failed', code: 'refused' });
    const { checks } = createTicketAdapter(settings, { fetch, clock });
    await expect(checks.find(({ what }) => what === 'note')?.look()).rejects.toMatchObject({ code: 'not-found' });
  });

  it('takes no answer for a note that complains and names nothing that was made', async () => {
    const { pretend, tickets } = await openHalo();
    for (const answer of [
      [{ error: 'An Outcome must be entered' }],
      { message: 'x' },
      [{ id: 3 }, { errors: [] }],
      '<html>',
    ]) {
      pretend.plant(({ method, path }) =>
        method === 'POST' && path === '/api/Actions'
          ? { kind: 'answer', answer: typeof answer === 'string' ? text(200, answer) : json(200, answer) }
          : undefined,
      );
      expect(await tickets.addNote(buildNote('4711'))).toMatchObject({ kind: 'failed', code: 'unexpected-answer' });
    }
    pretend.plant(({ method }) => (method === 'POST' ? { kind: 'answer', answer: text(201, '') } : undefined));
    await tickets.lookUp?.('4711', signal);
    expect(pretend.actions).toStrictEqual([]);
  });

  it('does not say that a note is not there where it was told of another ticket, or not of all', async () => {
    const { pretend, tickets } = await openHalo();
    const action = { id: 1, ticket_id: 4711, note: 'x'.repeat(3000) };
    for (const actions of [[{ ...action, ticket_id: 4712 }], Array.from({ length: 1000 }, () => action)]) {
      pretend.plant(({ path }) =>
        path === '/api/Actions' ? { kind: 'answer', answer: json(200, { actions }) } : undefined,
      );
      expect(await tickets.findNote?.(buildNote('4711'))).toMatchObject({ code: 'unexpected-answer' });
    }
    // A list that says how many there are, and has fewer, is cut.
    const cut = { page_no: 1, page_size: 100, record_count: 121, actions: Array.from({ length: 100 }, () => action) };
    pretend.plant(({ path }) => (path === '/api/Actions' ? { kind: 'answer', answer: json(200, cut) } : undefined));
    expect(await tickets.findNote?.(buildNote('4711'))).toMatchObject({ code: 'unexpected-answer' });
    // More than any other answer may have.
    const actions = Array.from({ length: 999 }, () => action);
    pretend.plant(({ path }) =>
      path === '/api/Actions' ? { kind: 'answer', answer: json(200, { actions }) } : undefined,
    );
    expect(await tickets.findNote?.(buildNote('4711'))).toStrictEqual({ kind: 'not-there' });
  });

  it.each([
    [400, true],
    [403, true],
    [422, true],
    [404, false],
    [408, false],
    [409, false],
    [425, false],
  ])(
    'writes a note without its time after a %d: %s, because only some say that nothing was written',
    async (status, again) => {
      const { clock, pretend, settings } = await openHalo();
      let isFirst = true;
      const answering: typeof fetch = async (url, init) => {
        const isNote = init?.method === 'POST' && addressOf(url).endsWith('/api/Actions');
        if (!isNote || !isFirst) return fetch(url, init);
        isFirst = false;
        return new Response('', { status });
      };
      const tickets = createTickets(settings, { fetch: answering, clock });
      expect(await tickets.addNote({ ...buildNote('4711'), minutes: 5 })).toMatchObject(
        again ? { kind: 'taken', time: 'refused' } : { kind: 'failed', httpStatus: status },
      );
      expect(pretend.actions).toHaveLength(again ? 1 : 0);
    },
  );

  it('looks a ticket up where the connections of its clients hang or are throttled, and asks for them no more for a while', async () => {
    const { clock, pretend, settings } = await openHalo();
    for (const isSlow of [true, false]) {
      let asked = 0;
      const slow: typeof fetch = (url, init) => {
        if (!addressOf(url).includes('AzureADConnection')) return fetch(url, init);
        asked += 1;
        if (!isSlow) return Promise.resolve(new Response('', { status: 429 }));
        return new Promise((_, reject) => {
          init?.signal?.addEventListener('abort', () => {
            reject(new DOMException('over', 'AbortError'));
          });
        });
      };
      const tickets = createTickets(settings, { fetch: slow, clock });
      for (let look = 0; look < 3; look += 1) {
        const found: TicketLookUp[] = [];
        const looking = tickets.lookUp?.('4711', signal).then((one) => found.push(one));
        for (let tick = 0; found.length === 0 && tick < 200; tick += 1) {
          await new Promise((resolve) => {
            setImmediate(resolve);
          });
          if (tick > 100) clock.advance(20);
        }
        expect(found).toMatchObject([{ kind: 'found', ticket: { company: { name: 'Contoso Bikes', tenantIds: [] } } }]);
        await looking;
      }
      expect(asked).toBe(1);
      expect(await tickets.addNote(buildNote('4711'))).toStrictEqual({ kind: 'taken' });
      clock.advance(11 * 60_000);
      void tickets.lookUp?.('4711', signal);
      await Promise.resolve();
    }
    expect(pretend.actions).toHaveLength(2);
  });

  it('renders nothing of a note as markup but line breaks', async () => {
    const { pretend, tickets } = await openHalo();
    await tickets.addNote(buildNote('4711', { text: 'a <b>"bold"</b> & <script>\nsecond \'line\'' }));
    expect(pretend.actions[0]?.html).toBe(
      'a &lt;b&gt;&quot;bold&quot;&lt;/b&gt; &amp; &lt;script&gt;<br>second &#39;line&#39;',
    );
  });
});

describe('ConnectWise PSA', () => {
  async function openConnectWise() {
    const clock = createHandClock();
    const fake = await startFakeConnectWise();
    close = fake.close;
    const { privateKey, ...rest } = connectWiseSignIn;
    const settings = {
      kind: 'connectwise',
      url: `${fake.url}/v4_6_release`,
      privateKey: new Secret(privateKey),
      ...rest,
    } as const;
    return { fake, clock, settings, tickets: createTickets(settings, { fetch, clock }) };
  }

  it('tells a merged ticket', async () => {
    const { tickets } = await openConnectWise();
    expect(await tickets.lookUp?.('4713', signal)).toMatchObject({ ticket: { state: 'merged' } });
  });

  it('does not answer without the client id', async () => {
    const { settings, clock } = await openConnectWise();
    const tickets = createTickets({ ...settings, clientId: 'other' }, { fetch, clock });
    expect(await tickets.lookUp?.('4711', signal)).toMatchObject({ code: 'unauthorised' });
  });

  it('finds a note behind a thousand others', async () => {
    const { fake, tickets } = await openConnectWise();
    fake.fill(4711, 1200);
    const note = buildNote('4711');
    expect(await tickets.findNote?.(note)).toStrictEqual({ kind: 'not-there' });
    await tickets.addNote(note);
    expect(await tickets.findNote?.(note)).toStrictEqual({ kind: 'there' });
  });
});

describe('Autotask PSA', () => {
  async function openAutotask(url?: string) {
    const clock = createHandClock();
    const fake = await startFakeAutotask();
    close = fake.close;
    const settings = {
      kind: 'autotask',
      url: url ?? `${fake.url}/atservicesrest`,
      username: autotaskSignIn.username,
      secret: new Secret(autotaskSignIn.secret),
      integrationCode: new Secret(autotaskSignIn.integrationCode),
    } as const;
    return { fake, clock, settings, tickets: createTickets(settings, { fetch, clock }) };
  }

  it('reads the meaning of a state and of who sees a note from the picklists of the database, once', async () => {
    const { fake, tickets } = await openAutotask();
    await tickets.lookUp?.('T20261130.0013', signal);
    await tickets.lookUp?.('T20261130.0012', signal);
    await tickets.addNote(buildNote('T20261130.0012'));
    await tickets.addNote(buildNote('T20261130.0012'));
    const read = fake.calls.filter(({ path }) => path.endsWith('/entityInformation/fields')).map(({ path }) => path);
    expect(read).toHaveLength(2);
    expect(fake.notesOf(9001)[0]).toMatchObject({ publish: 4, noteType: 3 });
  });

  it('writes no note where none can be kept from the customer', async () => {
    const { fake, tickets } = await openAutotask();
    fake.setPublishLabels(['All Autotask Users', 'Customer Portal']);
    expect(await tickets.addNote(buildNote('T20261130.0012'))).toMatchObject({ code: 'no-internal-note' });
    expect(fake.notesOf(9001)).toStrictEqual([]);
  });

  it.each(['Internal & Co-Managed', 'Co-Managed Internal Project Team', 'Not internal', 'Internal and Customer'])(
    'takes no note for internal that is published to “%s”, wherever it stands in the list',
    async (label) => {
      const { fake, tickets } = await openAutotask();
      fake.setPublishLabels(['All Autotask Users', label]);
      expect(await tickets.addNote(buildNote('T20261130.0012'))).toMatchObject({ code: 'no-internal-note' });
      expect(fake.notesOf(9001)).toStrictEqual([]);
    },
  );

  it('passes over what the customer’s own IT reads, and takes the project team', async () => {
    const { fake, clock, settings } = await openAutotask();
    for (const label of ['Internal Project Team', 'internal only', 'Internal']) {
      fake.setPublishLabels([label, 'Internal & Co-Managed']);
      const refused = await createTickets(settings, { fetch, clock }).addNote(buildNote('T20261130.0012'));
      // The pretend one refuses any note that is not published to its second value.
      expect(refused).toMatchObject({ kind: 'failed', code: 'refused' });
      fake.setPublishLabels(['Internal & Co-Managed', label]);
      const taken = await createTickets(settings, { fetch, clock }).addNote(buildNote('T20261130.0012'));
      expect(taken).toStrictEqual({ kind: 'taken' });
    }
  });

  it('takes errors for errors though the status says success', async () => {
    const { fake, tickets } = await openAutotask();
    fake.plant(({ path }) =>
      path.endsWith('/Notes')
        ? { kind: 'answer', answer: json(200, { errors: ['The note type is inactive.'] }) }
        : undefined,
    );
    expect(await tickets.addNote(buildNote('T20261130.0012'))).toMatchObject({ kind: 'failed', code: 'refused' });
    fake.plant(({ path }) =>
      path.endsWith('/Tickets/query')
        ? { kind: 'answer', answer: json(200, { errors: [{ message: 'x' }] }) }
        : undefined,
    );
    expect(await tickets.lookUp?.('T20261130.0012', signal)).toMatchObject({ kind: 'failed', code: 'refused' });
  });

  it('does not choose among tickets where an invalid query answers with several', async () => {
    const { fake, tickets } = await openAutotask();
    const items = [
      { id: 1, ticketNumber: 'T20261130.0012' },
      { id: 2, ticketNumber: 'T20261130.0012' },
    ];
    fake.plant(({ path }) =>
      path.endsWith('/Tickets/query') ? { kind: 'answer', answer: json(200, { items }) } : undefined,
    );
    expect(await tickets.lookUp?.('T20261130.0012', signal)).toMatchObject({
      kind: 'failed',
      code: 'unexpected-answer',
    });
    expect(await tickets.addNote(buildNote('T20261130.0012'))).toMatchObject({ kind: 'failed' });
    expect(fake.notesOf(9001)).toStrictEqual([]);
  });

  it('does not say that a note is not there where the filter was passed over', async () => {
    const { fake, tickets } = await openAutotask();
    const note = buildNote('T20261130.0012');
    for (const item of [
      { ticketID: 9001, description: 'of somebody else' },
      { ticketID: 9002, description: note.text },
    ]) {
      fake.plant(({ path }) =>
        path.endsWith('/TicketNotes/query') ? { kind: 'answer', answer: json(200, { items: [item] }) } : undefined,
      );
      expect(await tickets.findNote?.(note)).toMatchObject({ kind: 'failed', code: 'unexpected-answer' });
    }
  });

  it('has at most three calls on their way at one time', async () => {
    const { fake, settings, clock } = await openAutotask();
    let running = 0;
    let most = 0;
    const counting: typeof fetch = async (input, init) => {
      running += 1;
      most = Math.max(most, running);
      const response = await fetch(input, init);
      running -= 1;
      return response;
    };
    const tickets = createTickets(settings, { fetch: counting, clock });
    await Promise.all(Array.from({ length: 10 }, async () => tickets.lookUp?.('T20261130.0012', signal)));
    expect(fake.calls.length).toBeGreaterThan(30);
    expect(most).toBe(3);
  });

  it.each([
    ['asks for its zone where no address is given', 'https://webservices5.autotask.net/atservicesrest/', true],
    ['sends its secret to no other host, whatever is answered', 'https://autotask.net.evil.example/', false],
  ])('%s', async (_name, zone, isTaken) => {
    const asked: string[] = [];
    const { settings, clock } = await openAutotask();
    const routed: typeof fetch = (input) => {
      const address = String(input instanceof Request ? input.url : input);
      asked.push(address);
      return Promise.resolve(
        Response.json(address.includes('zoneInformation') ? { zoneName: 'five', url: zone } : { items: [] }),
      );
    };
    const tickets = createTickets({ ...settings, url: undefined }, { fetch: routed, clock });
    const found = await tickets.lookUp?.('T20261130.0012', signal);
    expect(asked[0]).toBe(
      'https://webservices2.autotask.net/atservicesrest/v1.0/zoneInformation?user=api%40partner.example',
    );
    expect(found).toMatchObject(isTaken ? { kind: 'missing' } : { code: 'unexpected-answer' });
    expect(asked.slice(1)).toStrictEqual(isTaken ? [`${zone}v1.0/Tickets/query`] : []);
  });
});

describe('a webhook of one’s own', () => {
  it('gets the body and the headers that are promised, the same id in every try', async () => {
    const clock = createHandClock();
    const server = await serveTickets(() => text(200, 'whatever'));
    close = server.close;
    const settings = {
      kind: 'webhook',
      url: new Secret(`${server.url}/notes?key=1`),
      secret: new Secret('key'),
    } as const;
    const tickets = createTickets(settings, { fetch, clock });
    const note = buildNote('INC-7', { approvedBy: 'Sam Field' });
    expect(await tickets.addNote(note)).toStrictEqual({ kind: 'taken' });
    clock.advance(60_000);
    expect(await tickets.addNote(note)).toStrictEqual({ kind: 'taken' });
    const [first, second] = server.calls;
    expect(JSON.parse(first?.body ?? '')).toStrictEqual({
      id: note.id,
      ticket: 'INC-7',
      outcome: 'delivered',
      at: '2026-11-30T09:30:00.000Z',
      customer: { tenantId: note.customer.tenantId, name: 'Contoso Bikes' },
      user: { id: note.user.id, userPrincipalName: 'ann@contoso.example', displayName: 'Ann Lee' },
      technician: 'Robin Field',
      verification: 'In person',
      approvedBy: 'Sam Field',
      correlationId: note.correlationId,
      text: note.text,
    });
    expect(second?.body).toBe(first?.body);
    expect([first, second].map((call) => call?.headers['locksmith-note-id'])).toStrictEqual([note.id, note.id]);
    const [, seconds, signature] = /^t=(\d+),v1=(.+)$/.exec(first?.headers['locksmith-signature'] ?? '') ?? [];
    expect(signature).toBe(createHmac('sha256', 'key').update(`${seconds}.${first?.body}`).digest('hex'));
    expect(first?.headers['content-type']).toBe('application/json');
  });
});

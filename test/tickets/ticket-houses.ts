import { createHmac } from 'node:crypto';
import { asId, type CorrelationId, type CustomerId, type UserId } from '../../src/base/ids.ts';
import { Secret } from '../../src/base/secret.ts';
import type { Clock } from '../../src/base/clock.ts';
import type { TicketSettings } from '../../src/config/ticket-settings.ts';
import type { RenderedNote } from '../../src/reset/ports/tickets.ts';
import { createPretendHaloPsa, pretendHaloSignIn } from '../../src/sandbox/halopsa/pretend-halopsa.ts';
import type { Call, PlantedFault } from '../../src/sandbox/loopback-http.ts';
import { createTicketAdapter, createTickets } from '../../src/tickets/create-tickets.ts';
import { autotaskSignIn, startFakeAutotask } from '../support/fake-autotask.ts';
import { connectWiseSignIn, startFakeConnectWise } from '../support/fake-connectwise.ts';
import { json, serveTickets } from '../support/fake-ticket-server.ts';

/** One system with tickets in it: one open, one closed, and notes. */
export type TicketHouse = {
  readonly settings: TicketSettings;
  readonly openTicket: string;
  readonly closedTicket: string;
  readonly missingTicket: string;
  readonly plant: (fault: (call: Call) => PlantedFault | undefined) => void;
  readonly calls: () => number;
  /** The texts of the notes of the open ticket, and whether the customer sees none of them. */
  readonly notes: () => { readonly texts: readonly string[]; readonly areInternal: boolean };
  /** The minutes of the time entries of the open ticket. Undefined where a note and its time are not one write. */
  readonly minutes?: () => readonly (number | undefined)[];
  /** From now on notes are taken, and time is not. */
  readonly refuseTime?: () => void;
  readonly close: () => Promise<void>;
};

export const houses = {
  async halopsa(clock: Clock): Promise<TicketHouse> {
    const pretend = createPretendHaloPsa({ clock });
    const { url } = await pretend.listen();
    const { clientId, clientSecret } = pretendHaloSignIn;
    return {
      settings: {
        kind: 'halopsa',
        url,
        authUrl: `${url}/auth`,
        clientId,
        clientSecret: new Secret(clientSecret),
        tenant: undefined,
        noteOutcomeId: 7,
      },
      openTicket: '4711',
      closedTicket: '4713',
      missingTicket: '999999',
      plant: (fault) => {
        pretend.plant((call) => {
          const found = fault(call);
          // The pretend one ends the connection where others are silent: both are an answer that never comes.
          if (found === undefined || found.kind === 'answer') return found;
          return { kind: found.kind === 'after' ? 'after' : 'lost' };
        });
      },
      calls: () => pretend.calls.length,
      notes: () => {
        const own = pretend.actions.filter(({ ticketId }) => ticketId === 4711);
        return { texts: own.map(({ html }) => html), areInternal: own.every((one) => one.isHiddenFromUser) };
      },
      minutes: () => pretend.actions.flatMap(({ minutes }) => minutes ?? []),
      refuseTime: () => {
        pretend.refuseTime();
      },
      close: () => pretend.close(),
    };
  },
  async connectwise(): Promise<TicketHouse> {
    const fake = await startFakeConnectWise();
    const { privateKey, ...rest } = connectWiseSignIn;
    return {
      settings: { kind: 'connectwise', url: `${fake.url}/v4_6_release`, privateKey: new Secret(privateKey), ...rest },
      openTicket: '4711',
      closedTicket: '4712',
      missingTicket: '999999',
      plant: (fault) => {
        fake.plant(fault);
      },
      calls: () => fake.calls.length,
      notes: () => {
        const own = fake.notesOf(4711);
        const timed = fake.timeOf(4711);
        return {
          texts: [...own.map(({ text }) => text), ...timed.map(({ notes }) => notes)].map((text) =>
            JSON.stringify(text),
          ),
          areInternal:
            own.every(
              (note) =>
                note['internalAnalysisFlag'] === true &&
                note['detailDescriptionFlag'] === false &&
                note['resolutionFlag'] === false &&
                note['processNotifications'] === false,
            ) &&
            timed.every(
              (entry) =>
                entry['billableOption'] === 'DoNotBill' &&
                entry['addToInternalAnalysisFlag'] === true &&
                entry['addToDetailDescriptionFlag'] === false &&
                entry['addToResolutionFlag'] === false &&
                entry['emailContactFlag'] === false &&
                entry['emailResourceFlag'] === false &&
                entry['emailCcFlag'] === false,
            ),
        };
      },
      minutes: () =>
        fake.timeOf(4711).map(({ timeStart, timeEnd }) => {
          const [begin, end] = [timeStart, timeEnd].map((one) => (typeof one === 'string' ? Date.parse(one) : 0));
          return ((end ?? 0) - (begin ?? 0)) / 60_000;
        }),
      refuseTime: () => {
        fake.refuseTime();
      },
      close: fake.close,
    };
  },
  async autotask(): Promise<TicketHouse> {
    const fake = await startFakeAutotask();
    const { secret, integrationCode, username } = autotaskSignIn;
    return {
      settings: {
        kind: 'autotask',
        url: `${fake.url}/atservicesrest`,
        username,
        secret: new Secret(secret),
        integrationCode: new Secret(integrationCode),
      },
      openTicket: 'T20261130.0012',
      closedTicket: 'T20261130.0013',
      missingTicket: 'T20261130.9999',
      plant: (fault) => {
        fake.plant(fault);
      },
      calls: () => fake.calls.length,
      notes: () => {
        const own = fake.notesOf(9001);
        return {
          texts: own.map((note) => JSON.stringify(note['description'])),
          areInternal: own.every((one) => one['publish'] === 4),
        };
      },
      close: fake.close,
    };
  },
  async webhook(): Promise<TicketHouse> {
    const texts: string[] = [];
    const server = await serveTickets((call) => {
      const [, seconds = '', sent = ''] =
        /^t=(\d+),v1=([0-9a-f]{64})$/.exec(call.headers['locksmith-signature'] ?? '') ?? [];
      const made = createHmac('sha256', 'CANARY-key').update(`${seconds}.${call.body}`).digest('hex');
      if (made !== sent) return json(401, {});
      texts.push(call.body);
      return { status: 204, body: { kind: 'none' } };
    });
    return {
      settings: {
        kind: 'webhook',
        url: new Secret(`${server.url}/hook?key=CANARY-url`),
        secret: new Secret('CANARY-key'),
      },
      openTicket: 'anything 1',
      closedTicket: '',
      missingTicket: '',
      plant: (fault) => {
        server.plant(fault);
      },
      calls: () => server.calls.length,
      notes: () => ({ texts, areInternal: true }),
      close: server.close,
    };
  },
} as const;

/** Opens a system and the port to it. */
export async function openTicketHouse(system: keyof typeof houses, clock: Clock) {
  const house = await houses[system](clock);
  const { fetch } = globalThis;
  const dependencies = { fetch, clock };
  return {
    ...house,
    tickets: createTickets(house.settings, dependencies),
    adapter: createTicketAdapter(house.settings, dependencies),
  };
}

export function buildNote(ticket: string, given: Partial<RenderedNote> = {}): RenderedNote {
  return {
    id: '0f0e0d0c-0000-4000-8000-000000000001',
    ticket,
    outcome: 'delivered',
    at: Date.UTC(2026, 10, 30, 9, 30),
    customer: { tenantId: asId<CustomerId>('c0c0c0c0-0000-4000-8000-000000000001'), name: 'Contoso Bikes' },
    user: {
      id: asId<UserId>('e5000000-0000-4000-8000-000000000001'),
      userPrincipalName: 'ann@contoso.example',
      displayName: 'Ann Lee',
    },
    technician: 'Robin Field',
    verification: 'In person',
    approvedBy: undefined,
    correlationId: asId<CorrelationId>('c0440000-0000-4000-8000-000000000001'),
    text: 'Password reset by Locksmith\nUser: <b>Ann</b> & Lee\nNote: 0f0e0d0c-0000-4000-8000-000000000001',
    ...given,
  };
}

import { describe, expect, it } from '@jest/globals';
import { assert, constantFrom, property } from 'fast-check';
import { needsApproval, ticketNeedsApproval } from '../../../src/reset/policy/approval.ts';
import { concernsOf, type Ticket, type TicketConcern, type TicketLookUp } from '../../../src/reset/ports/tickets.ts';
import { findTicketRefusal, lookUpTicket, readTicketFacts } from '../../../src/reset/tickets/ticket-check.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { createHandClock } from '../../support/hand-clock.ts';

const { target } = buildResetRequest();

const { customer, user } = target;

const otherTenant = 'c5000000-0000-4000-8000-0000000000ff';

const ownDomain = user.userPrincipalName.split('@')[1] ?? '';

/** Each part of a ticket with what it says of the target: `own`, `other`, or nothing that can be compared. */
const tenants = constantFrom(
  { ids: [], says: undefined },
  { ids: [customer.id], says: 'own' as const },
  { ids: [otherTenant, customer.id], says: 'own' as const },
  { ids: [otherTenant], says: 'other' as const },
);

const names = constantFrom(
  { name: undefined, isOwn: false },
  { name: customer.name, isOwn: true },
  { name: `The ${customer.name.toUpperCase()}, Inc.`, isOwn: true },
  { name: `${customer.name} GmbH & Co. KG`, isOwn: true },
  { name: 'Northwind Traders', isOwn: false },
  { name: `${customer.name} Repairs`, isOwn: false },
);

const contacts = constantFrom(
  { contact: undefined, domain: undefined, says: undefined },
  { contact: { name: 'Ann', address: undefined, objectId: undefined }, domain: undefined, says: undefined },
  {
    contact: { name: 'Ann', address: user.userPrincipalName.toUpperCase(), objectId: undefined },
    domain: ownDomain,
    says: 'own' as const,
  },
  {
    contact: { name: 'Bob', address: `bob@${ownDomain}`, objectId: undefined },
    domain: ownDomain,
    says: 'other' as const,
  },
  {
    contact: { name: 'Ann', address: 'ann@private.example', objectId: user.id },
    domain: 'private.example',
    says: 'own' as const,
  },
  {
    contact: { name: 'Ann', address: user.userPrincipalName, objectId: otherTenant },
    domain: ownDomain,
    says: 'other' as const,
  },
);

const states = constantFrom('open', 'closed', 'merged' as const);

const mismatches = constantFrom('warn', 'approve', 'deny' as const);

describe('a ticket held against the person whose password is asked for', () => {
  it('warns of exactly what does not fit, and the policy alone decides what follows', () => {
    assert(
      property(tenants, names, contacts, states, mismatches, (tenant, named, contact, state, ticketMismatch) => {
        const ticket: Ticket = {
          number: '4711',
          subject: 'x',
          state,
          company: { name: named.name, tenantIds: tenant.ids, domains: [] },
          contact: contact.contact,
        };
        const facts = readTicketFacts({ named: '4711', lookUp: { kind: 'found', ticket } }, target);
        const isComparable = named.name !== undefined || contact.domain !== undefined;
        const fitsByName = named.isOwn || contact.domain === ownDomain;
        const isOtherCustomer = tenant.says === undefined ? isComparable && !fitsByName : tenant.says === 'other';
        const expected: TicketConcern[] = [
          ...(state === 'open' ? [] : [state]),
          ...(isOtherCustomer ? (['other-customer'] as const) : []),
          ...(contact.says === 'other' ? (['other-contact'] as const) : []),
        ];
        expect(concernsOf(facts)).toStrictEqual(expected);
        const isMismatch = expected.length > 0;
        const policy = { ticketMismatch, approval: 'never' } as const;
        expect(findTicketRefusal(policy, facts)?.kind).toBe(
          isMismatch && ticketMismatch === 'deny' ? 'ticket-mismatch' : undefined,
        );
        expect(ticketNeedsApproval(policy, facts)).toBe(isMismatch && ticketMismatch === 'approve');
        // A ticket that fits never spares an approval, whatever the policy says of tickets.
        expect(needsApproval({ ticketMismatch, approval: 'always' }, { roles: [] }, facts)).toBe(true);
        expect(needsApproval(policy, { roles: 'unknown' }, facts)).toBe(true);
        expect(needsApproval(policy, { roles: [] }, facts)).toBe(isMismatch && ticketMismatch === 'approve');
      }),
      { numRuns: 3000 },
    );
  });

  it.each(['warn', 'approve', 'deny'] as const)('is missing, with %s', (ticketMismatch) => {
    const facts = readTicketFacts({ named: '4711', lookUp: { kind: 'missing' } }, target);
    expect(concernsOf(facts)).toStrictEqual(['missing']);
    expect(findTicketRefusal({ ticketMismatch }, facts)).toStrictEqual(
      ticketMismatch === 'deny' ? { kind: 'ticket-mismatch', concerns: ['missing'] } : undefined,
    );
    expect(ticketNeedsApproval({ ticketMismatch }, facts)).toBe(ticketMismatch === 'approve');
  });

  it.each(['warn', 'approve', 'deny'] as const)('that could not be read stops nothing, with %s', (ticketMismatch) => {
    const lookUp: TicketLookUp = { kind: 'failed', code: 'timeout', httpStatus: undefined, againAt: undefined };
    const facts = readTicketFacts({ named: '4711', lookUp }, target);
    expect(facts).toStrictEqual({ kind: 'not-checked', named: '4711', why: 'timeout' });
    expect(findTicketRefusal({ ticketMismatch }, facts)).toBeUndefined();
    expect(ticketNeedsApproval({ ticketMismatch }, facts)).toBe(false);
  });
});

describe('looking a ticket up', () => {
  const clock = createHandClock();
  const base = {
    system: 'halopsa',
    readNumber: (typed: string) => (/^\d+$/.test(typed) ? typed : undefined),
    addNote: () => Promise.resolve({ kind: 'taken' } as const),
    findNote: undefined,
  } as const;

  it('is given up after two seconds, and ends the call', async () => {
    let given: AbortSignal | undefined;
    const lookUp = (_number: string, signal: AbortSignal) => {
      given = signal;
      return new Promise<never>(() => undefined);
    };
    const looked = lookUpTicket({ tickets: { ...base, lookUp }, clock }, '4711');
    clock.advance(1999);
    expect(given?.aborted).toBe(false);
    clock.advance(1);
    expect(await looked).toMatchObject({ lookUp: { kind: 'failed', code: 'timeout' } });
    expect(given?.aborted).toBe(true);
  });

  it('asks nothing for a number that the system cannot have, without a ticket, and where nothing can be read', async () => {
    const asked: string[] = [];
    const lookUp = (number: string): Promise<TicketLookUp> => {
      asked.push(number);
      return Promise.resolve({ kind: 'missing' });
    };
    expect(await lookUpTicket({ tickets: { ...base, lookUp }, clock }, 'INC0012345')).toBeUndefined();
    expect(await lookUpTicket({ tickets: { ...base, lookUp }, clock }, undefined)).toBeUndefined();
    expect(await lookUpTicket({ tickets: { ...base, lookUp: undefined }, clock }, '4711')).toBeUndefined();
    expect(await lookUpTicket({ clock }, '4711')).toBeUndefined();
    expect(asked).toStrictEqual([]);
  });
});

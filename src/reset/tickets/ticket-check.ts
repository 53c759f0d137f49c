import {
  asId,
  callWithTimeout,
  type Clock,
  type CustomerId,
  isLegalForm,
  shortLegalForm,
  ticketTunables,
} from '../../base/index.ts';
import type { Technician } from '../identity.ts';
import type { Policy } from '../policy/policy.ts';
import { findReach } from '../policy/reach.ts';
import {
  concernsOf,
  type Ticket,
  type TicketConcern,
  type TicketFacts,
  type TicketLookUp,
  type Tickets,
} from '../ports/tickets.ts';
import type { Refusal } from '../refusal.ts';
import type { CallerVerification, ResetRequest } from '../request.ts';
import type { AuditEntry } from '../audit-entry.ts';
import type { Target } from '../target.ts';

/** The refusal of a ticket that does not fit, where the policy denies that. */
export function findTicketRefusal(
  { ticketMismatch }: Pick<Policy, 'ticketMismatch'>,
  facts: TicketFacts | undefined,
): Refusal | undefined {
  const concerns = concernsOf(facts);
  return ticketMismatch === 'deny' && concerns.length > 0 ? { kind: 'ticket-mismatch', concerns } : undefined;
}

/** What a record says of a look-up, in codes: nothing where nothing was looked up. */
export function describeTicketCheck(facts: TicketFacts | undefined): AuditEntry['facts'] {
  if (facts === undefined) return {};
  const concerns = concernsOf(facts);
  return { ticketCheck: facts.kind, ...(concerns.length > 0 && { ticketConcerns: concerns.join(' ') }) };
}

/** What a look-up came to, before it is held against the target. */
type Found = { readonly named: string; readonly lookUp: TicketLookUp };

/**
 * Looks a ticket up, for two seconds at most. Undefined where there is nothing to look up: no ticket, no system that can be read,
 * or a number that the system cannot have. It never rejects.
 */
export async function lookUpTicket(
  { tickets, clock }: { readonly tickets?: Tickets | undefined; readonly clock: Clock },
  named: string | undefined,
): Promise<Found | undefined> {
  const lookUp = tickets?.lookUp;
  const number = named === undefined ? undefined : tickets?.readNumber(named);
  if (named === undefined || lookUp === undefined || number === undefined) return undefined;
  const timed = await callWithTimeout(clock, ticketTunables.lookUpTimeoutMilliseconds, (signal) =>
    lookUp(number, signal),
  );
  if (timed.kind === 'answered') return { named, lookUp: timed.result };
  const code = timed.kind === 'timeout' ? 'timeout' : 'unexpected-answer';
  return { named, lookUp: { kind: 'failed', code, httpStatus: undefined, againAt: undefined } };
}

/** Holds what was looked up against the person whose password is asked for. */
export function readTicketFacts(found: Found | undefined, target: Target): TicketFacts | undefined {
  if (found === undefined) return undefined;
  const { named, lookUp } = found;
  switch (lookUp.kind) {
    case 'missing':
      return { kind: 'missing', named };
    case 'failed':
      return { kind: 'not-checked', named, why: lookUp.code };
    case 'found': {
      const { subject, state, company, contact } = lookUp.ticket;
      const concerns = findConcerns(lookUp.ticket, target);
      return {
        kind: 'found',
        named,
        subject,
        customer: company?.name,
        contact: describeContact(contact, concerns.includes('other-contact')),
        state,
        concerns,
      };
    }
  }
}

/**
 * Looks a ticket up for a person, and gives what it says beside the one whose password is asked for. Of a ticket of another customer
 * it says no more than that and its state, unless the person may reset there. It never rejects.
 */
export async function lookUpFor(
  dependencies: LookUpDependencies,
  named: string | undefined,
  person: Technician,
): Promise<(target: Target) => TicketFacts | undefined> {
  const looked = await lookUpTicket(dependencies, named);
  if (looked?.lookUp.kind !== 'found') return (target) => readTicketFacts(looked, target);
  const { company } = looked.lookUp.ticket;
  const found = await findReach(dependencies, person);
  const isTheirs = (id: string): boolean => found.kind === 'reach' && found.reach.permits(asId<CustomerId>(id));
  const isSeen = (found.kind === 'reach' && found.reach.isEverything) || company?.tenantIds.some(isTheirs) === true;
  return (target) => {
    const facts = readTicketFacts(looked, target);
    const isOther = facts?.kind === 'found' && facts.concerns.includes('other-customer');
    return isOther && !isSeen ? { ...facts, subject: '', customer: undefined, contact: undefined } : facts;
  };
}

type LookUpDependencies = Parameters<typeof lookUpTicket>[0] & Parameters<typeof findReach>[0];

/**
 * Looks up at the press what the technician named there, unless it is what the card has shown. It may run beside the look-up of the
 * person; what it gives holds the ticket against them. It never rejects.
 */
export async function lookUpTicketAtPress(
  dependencies: LookUpDependencies,
  { proof, ticketFacts: shown, technician }: Pick<ResetRequest, 'proof' | 'ticketFacts' | 'technician'>,
): Promise<(target: Target) => TicketFacts | undefined> {
  const named = proof?.ticket;
  if (shown !== undefined && shown.named === named && shown.kind !== 'not-checked') return () => shown;
  return lookUpFor(dependencies, named, technician);
}

/**
 * Looks up a ticket that the card has not shown yet, while a press of the button is held for it. Gives the request as it is where
 * there is nothing new to know. It never rejects.
 */
export async function lookUpUnshown(
  dependencies: LookUpDependencies,
  request: ResetRequest,
  { ticket }: CallerVerification,
): Promise<ResetRequest> {
  const { ticketFacts: shown, target } = request;
  if (ticket === undefined) return shown === undefined ? request : withTicketFacts(request, undefined);
  const number = (named: string): string => dependencies.tickets?.readNumber(named) ?? named;
  const isShown = shown !== undefined && number(shown.named) === number(ticket);
  if (isShown && shown.kind !== 'not-checked') return request;
  const readFacts = await lookUpFor(dependencies, ticket, request.technician);
  return withTicketFacts(request, readFacts(target));
}

/** The request with what is known of its ticket now. */
export function withTicketFacts(request: ResetRequest, facts: TicketFacts | undefined): ResetRequest {
  const { ticketFacts: _before, ...rest } = request;
  return facts === undefined ? rest : { ...rest, ticketFacts: facts };
}

/** Somebody else is named with the address, because they may be called like the person. */
function describeContact(contact: Ticket['contact'], isOther: boolean): string | undefined {
  const { name, address } = contact ?? {};
  return isOther && name !== undefined && address !== undefined ? `${name} (${address})` : (name ?? address);
}

function findConcerns({ state, company, contact }: Ticket, target: Target): readonly TicketConcern[] {
  return [
    ...(state === 'open' ? [] : [state]),
    ...(company !== undefined && isOtherCustomer({ company, contact }, target) ? (['other-customer'] as const) : []),
    ...(contact !== undefined && isOtherContact(contact, target) ? (['other-contact'] as const) : []),
  ];
}

/** By tenant id where the system knows one, and otherwise by name or by domain. A company of which nothing is known is no other. */
function isOtherCustomer(
  { company, contact }: { readonly company: NonNullable<Ticket['company']>; readonly contact: Ticket['contact'] },
  { customer, user }: Target,
): boolean {
  if (company.tenantIds.length > 0) return !company.tenantIds.includes(customer.id.toLowerCase());
  const domains = [...company.domains, readDomain(company.name), domainOf(contact?.address)].flatMap(
    (domain) => domain?.toLowerCase() ?? [],
  );
  if (company.name === undefined && domains.length === 0) return false;
  const own = new Set([customer.domain, domainOf(user.userPrincipalName)].map((domain) => domain?.toLowerCase()));
  const isSameName = company.name !== undefined && isSameCompany(company.name, customer.name);
  return !isSameName && !domains.some((domain) => own.has(domain));
}

/** By object id where the system knows one, and otherwise by address. Somebody without either is no other. */
function isOtherContact({ objectId, address }: NonNullable<Ticket['contact']>, { user }: Target): boolean {
  if (objectId !== undefined) return objectId !== user.id.toLowerCase();
  return address !== undefined && address.trim().toLowerCase() !== user.userPrincipalName.toLowerCase();
}

function domainOf(address: string | undefined): string | undefined {
  const at = address?.lastIndexOf('@') ?? -1;
  return at < 0 ? undefined : address?.slice(at + 1).trim();
}

/** A company that is called by its domain. */
function readDomain(name = ''): string | undefined {
  return /^(?:www\.)?([a-z\d-]+(?:\.[a-z\d-]+)+)$/i.exec(name.trim())?.[1];
}

/** How letters are written where a keyboard or a system does not have them. */
const spelledOut: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa', æ: 'ae' };

/** Letter case, accents, punctuation, "and", a leading "The" and a legal form that one of them leaves out make no other company. */
function isSameCompany(one: string, other: string): boolean {
  return [one, spellOut(one)].some((typed) =>
    [other, spellOut(other)].some((known) => {
      const [first, second] = [foldCompany(typed), foldCompany(known)];
      if (first.name !== second.name) return false;
      return first.forms === second.forms || first.forms === '' || second.forms === '';
    }),
  );
}

function spellOut(name: string): string {
  return name.normalize('NFC').replaceAll(/[äöüøåæ]/gi, (letter) => spelledOut[letter.toLowerCase()] ?? letter);
}

function foldCompany(typed: string): { readonly name: string; readonly forms: string } {
  const plain = typed.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const words = plain
    .replaceAll('ß', 'ss')
    .replaceAll(/(?<!\S)and(?!\S)/g, '&')
    // `B. V.` and `A/S` are one word each.
    .replaceAll(/(?<!\p{L})(\p{L})(?:\.\s*|\/)(?=\p{L}(?!\p{L}))/gu, '$1')
    .replaceAll(/(?<=\p{L})\.(?=\p{L})/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^the /, '')
    .split(' ');
  const forms: string[] = [];
  for (let last = words.at(-1); words.length > 1 && last !== undefined && isLegalForm(last); last = words.at(-1)) {
    forms.unshift(shortLegalForm(last));
    words.pop();
  }
  // A name of nothing but signs is itself.
  return { name: words.join(' ') || plain, forms: forms.join(' ') };
}

import type { Finding, Reading } from '../reset/index.ts';
import type { ReadingFinding } from './find-reading.ts';
import type { NearOnes } from './judge-typed.ts';
import { everyWordThere } from './names/rank-near.ts';

type Of<Kind extends ReadingFinding['kind']> = Extract<ReadingFinding, { kind: Kind }>;
type NoCustomer = Of<'no-customer'>;

/**
 * The finding where no reading means a user. It is, in this order: a reading that names a known customer, first one with a
 * similar user; a similar user of the customer that the chat was about; a similar customer; what is missing.
 * Words that were only cut in two, to see whether one part names a customer, count as one name.
 */
export function sayNobody(findings: readonly ReadingFinding[], readings: readonly Reading[]): Finding {
  const noUser = findings.filter((finding) => finding.kind === 'no-user');
  const noCustomer = findings.filter((finding) => finding.kind === 'no-customer');
  const typed = noCustomer.filter((finding) => wholeOf(finding, readings) === undefined);
  const ofContext = noUser.filter(({ customerInferred }) => customerInferred === 'context');
  const cutLong = noCustomer.filter((finding) => (wholeOf(finding, readings) ?? '').split(' ').length > 2);
  const mayNameCustomer = readings.some(({ customer }) => customer !== undefined);
  return (
    sayNoUser(noUser.filter(({ customerInferred }) => customerInferred !== 'context')) ??
    sayNearUser(ofContext, mayNameCustomer ? everyWordThere : undefined) ??
    sayNearCustomer([...typed, ...cutLong]) ??
    sayDomain(findings.filter((finding) => finding.kind === 'unknown-domain')) ??
    sayNoUser(ofContext, everyWordThere) ??
    typed.map((finding) => sayNoCustomer(finding, { items: [], more: 0 }))[0] ?? {
      kind: 'customer-missing',
      typed: readings.find(({ customer }) => customer === undefined)?.user ?? readings[0]?.user ?? '',
    }
  );
}

/** The reading without a customer whose words these are, cut in two and nothing else. */
function wholeOf({ user, typed }: NoCustomer, readings: readonly Reading[]): string | undefined {
  const wholes = readings.filter(({ customer }) => customer === undefined).map((reading) => plain(reading.user));
  return wholes.find((whole) => whole === plain(`${user} ${typed}`) || whole === plain(`${typed} ${user}`));
}

function plain(text: string): string {
  return text.toLowerCase().split(/\s+/).join(' ').trim();
}

function sayNoUser(findings: readonly Of<'no-user'>[], furthest?: number): Finding | undefined {
  const [first] = findings;
  return sayNearUser(findings, furthest) ?? (first && toNoUser(first, { items: [], more: 0 }));
}

function sayNearUser(findings: readonly Of<'no-user'>[], furthest?: number): Finding | undefined {
  for (const finding of findings) {
    const near = finding.near(furthest);
    if (near.items.length > 0) return toNoUser(finding, near);
  }
  return undefined;
}

function toNoUser(
  { typed, customer, customerInferred }: Of<'no-user'>,
  { items, more }: NearOnes<Extract<Finding, { kind: 'no-user' }>['near'][number]>,
): Finding {
  return { kind: 'no-user', typed, customer, customerInferred, near: items, more };
}

function sayNearCustomer(findings: readonly NoCustomer[]): Finding | undefined {
  for (const finding of findings) {
    const near = finding.near();
    if (near.items.length > 0) return sayNoCustomer(finding, near);
  }
  return undefined;
}

function sayNoCustomer(
  { typed }: NoCustomer,
  { items, more }: ReturnType<NoCustomer['near']>,
): Extract<Finding, { kind: 'no-customer' }> {
  return { kind: 'no-customer', typed, near: items, more };
}

function sayDomain([first]: readonly Of<'unknown-domain'>[]): Finding | undefined {
  if (first === undefined) return undefined;
  const { items, more } = first.near();
  return { kind: 'unknown-domain', typed: first.typed, elsewhere: first.elsewhere, near: items, more };
}

import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { formatExportLine } from '../../src/audit/export-trail.ts';
import { verifyChain } from '../../src/audit/verify-chain.ts';
import { systemClock } from '../../src/base/clock.ts';
import { asId, type CorrelationId } from '../../src/base/ids.ts';
import { Secret } from '../../src/base/secret.ts';
import type { AuditEntry, AuditKind } from '../../src/reset/audit-entry.ts';
import { makeReference } from '../../src/reset/reference.ts';
import { openTrail } from '../../src/store/audit-trail/open-trail.ts';
import { openStore } from '../../src/store/open-store.ts';
import { buildSqliteAuditHouse } from '../commands/audit/audit-house.ts';
import { auditKey } from '../support/audit-key.ts';
import { buildNumberedRequest } from '../support/build-numbered-request.ts';
import { own } from '../support/own.ts';
import { chain } from './build-trail.ts';

const key = Buffer.alloc(32, 9);
const kinds: readonly AuditKind[] = ['proposed', 'click-refused', 'revealed', 'try-ended', 'hidden'];
const text = fc.string({ unit: 'binary', maxLength: 20 });
const anyText = fc.oneof(text, fc.constantFrom('\ud800', 'a\udfff', '"},{"', '\\u0041', 'ß\u2028', ',"actor":"x"'));
const entries: fc.Arbitrary<AuditEntry> = fc.record({
  at: fc.nat(4_000_000_000_000),
  kind: fc.constantFrom(...kinds),
  actor: anyText.filter((actor) => !actor.includes('\0')),
  facts: fc.dictionary(
    anyText,
    fc.oneof(
      anyText,
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    ),
  ),
});

/** What anybody can do who knows the key and what is written about the lines, without any of our code. */
function verifyLines(lines: readonly string[]): number {
  let previous = '0'.repeat(64);
  let number = 0;
  for (const line of lines) {
    const read: unknown = JSON.parse(line);
    const event = canonical(own(read, 'event'));
    const hash = createHmac('sha256', key).update(previous).update(event).digest('hex');
    if (own(read, 'previousHash') !== previous || own(read, 'hash') !== hash) return number;
    previous = hash;
    number += 1;
  }
  return number;
}

function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(own(value, name))}`).join(',')}}`;
}

describe('any sequence of events', () => {
  it('is whole in the store, and each exported line can be checked by whoever has the key and a JSON parser, with the reference of a request beside it', async () => {
    const house = buildSqliteAuditHouse();
    const store = await openStore({ url: new Secret(house.url), clock: systemClock, instance: 'a "b" ü', auditKey });
    const trail = await openTrail(new Secret(house.url));
    const request = buildNumberedRequest(1, { correlationId: asId<CorrelationId>('\udc00 half') });
    await store.resets.add(request, { at: 1, kind: 'proposed', actor: 'robin', facts: {} });
    await fc.assert(
      fc.asyncProperty(fc.array(entries, { maxLength: 8 }), async (sequence) => {
        for (const [index, entry] of sequence.entries()) {
          await store.resets.record(entry, index % 2 === 0 ? request.id : undefined);
        }
      }),
      { numRuns: 20 },
    );
    await expect(verifyChain({ trail, chain })).resolves.toMatchObject({ kind: 'whole' });
    const rows = await trail.rows(undefined, 10_000);
    const lines = rows.map((row, index) =>
      formatExportLine(row, { number: index, hash: rows[index - 1]?.hash ?? '0'.repeat(64) }),
    );
    expect(lines.length).toBeGreaterThan(10);
    expect(verifyLines(lines.map(String))).toBe(lines.length);
    const references = lines.map((line) => {
      const read: unknown = JSON.parse(String(line));
      return [own(own(read, 'event'), 'requestId'), own(read, 'reference')];
    });
    const named = references.filter(([id]) => id !== undefined);
    expect(named.length).toBeGreaterThan(1);
    expect(named).toEqual(named.map(() => [request.id, makeReference(request.id)]));
    expect(references.filter(([id]) => id === undefined).every(([, reference]) => reference === undefined)).toBe(true);
    await trail.close();
    await store.close();
    await house.remove();
  });
});

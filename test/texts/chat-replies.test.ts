import { describe, expect, it } from '@jest/globals';
import { asId, type CorrelationId } from '../../src/base/ids.ts';
import type { Finding } from '../../src/reset/ports/partner-center.ts';
import { StoreError } from '../../src/store/database/store-error.ts';
import { formatTurnFailure } from '../../src/texts/chat-replies.ts';
import { sanitizePlainText } from '../../src/texts/formatting.ts';
import { formatFinding } from '../../src/texts/search-results.ts';
import { formatRefusal } from '../../src/texts/refusals.ts';
import { buildResetRequest } from '../support/build-reset-request.ts';

const correlationId = asId<CorrelationId>('c0000000-0000-4000-8000-000000000001');
const { target } = buildResetRequest();
const { customer, user } = target;
const trouble = {
  code: 'x',
  signInCode: undefined,
  httpStatus: 503,
  partnerCode: undefined,
  storedWording: { problem: 'No answer.', advice: 'Wait a little.' },
};

describe('an answer in plain text', () => {
  it.each<[Exclude<Finding, { kind: 'found' | 'not-a-reset' }>, readonly string[]]>([
    [
      { kind: 'customer-missing', typed: 'Ann Lee', people: [] },
      ['At which customer is “Ann Lee”', 'domain or tenant id'],
    ],
    [
      { kind: 'no-customer', typed: 'Contso', people: [], near: [customer], more: 12_345 },
      ['“Contso”', 'Contoso Bikes', customer.domain, 'and 12,345 more'],
    ],
    [{ kind: 'no-customer', typed: 'Contso', people: [], near: [], more: 0 }, ['“Contso”', 'domain']],
    [
      { kind: 'unknown-domain', typed: 'contso.example', people: [], elsewhere: false, near: [], more: 0 },
      ['“contso.example”', 'tenant id', 'onmicrosoft.com', 'typing error'],
    ],
    [
      { kind: 'unknown-domain', typed: 'rival.example', people: [], elsewhere: true, near: [], more: 0 },
      ['“rival.example”', 'none of your customers'],
    ],
    [
      { kind: 'which-customer', typed: 'Contoso', people: [], choices: [customer, customer] },
      [customer.domain, customer.id],
    ],
    [
      { kind: 'no-user', typed: 'Anne', customer, customerInferred: false, near: [user], more: 0 },
      ['“Anne”', 'Contoso Bikes', user.userPrincipalName],
    ],
    [
      { kind: 'no-user', typed: 'Anne', customer, customerInferred: false, near: [], more: 0 },
      ['“Anne”', 'full address'],
    ],
    [
      { kind: 'no-user', typed: 'Anne', customer, customerInferred: 'context', near: [], more: 0 },
      ['“Anne”', 'the customer of your last reset here', 'Type the customer that you mean'],
    ],
    [
      { kind: 'which-user', typed: 'Ann', customerInferred: false, choices: [target] },
      [user.userPrincipalName, customer.domain, 'never pick'],
    ],
    [{ kind: 'trouble', trouble }, ['No answer.', 'Wait a little.', correlationId, 'Nothing was changed']],
  ])('asks back with what there is to choose from: %j', (finding, parts) => {
    const answer = formatFinding(finding, correlationId);
    for (const part of parts) expect(answer).toContain(part);
  });

  it('does not deny a name that stands in the one it offers', () => {
    const finding = { kind: 'no-user', typed: user.displayName.split(' ')[0] ?? '', customer, near: [user], more: 0 };
    const answer = formatFinding({ ...finding, kind: 'no-user', customerInferred: false }, correlationId);
    expect(answer).toContain('could be:');
    expect(answer).not.toMatch(/There is no|Did you mean/);
  });

  it('says why something is refused, what to do, and the reference where there is one', () => {
    expect(formatRefusal({ kind: 'own-account' }, correlationId)).toMatch(/own account.*Ask a colleague.*c0000000/s);
    expect(formatRefusal({ kind: 'not-a-technician' }, undefined)).not.toContain('Reference');
  });

  it('holds no mention, tag, link or line break from a name', () => {
    const name = '<at>Everyone</at>\nhttps://evil.example\u202E {{DATE(2020-01-01T00:00:00Z)}}';
    expect(sanitizePlainText(name)).toBe('‹at›Everyone‹/at› https: //evil.example { {DATE(2020-01-01T00:00:00Z)}}');
    for (const answer of [
      formatFinding({ kind: 'no-customer', typed: name, people: [], near: [], more: 0 }, correlationId),
      formatRefusal({ kind: 'under-way', by: name }, correlationId),
      formatRefusal({ kind: 'administrator', roles: [name] }, correlationId),
    ]) {
      expect(answer).not.toMatch(/<at|:\/\/|\{\{|\n|\u202E/);
    }
  });
});

describe('an apology', () => {
  it('says that no password was changed where the store refused to write', () => {
    for (const code of ['full', 'read-only', 'locked'] as const) {
      const text = formatTurnFailure(new StoreError(code), 'R-1');
      expect(text).toContain('no password was changed');
      expect(text).toContain('R-1');
    }
  });

  it('does not claim that where the answer of the store was lost: it may have been written, and done', () => {
    for (const code of ['unreachable', 'unexpected'] as const) {
      const text = formatTurnFailure(new StoreError(code), 'R-1');
      expect(text).not.toContain('no password was changed');
      expect(text).toContain('type status');
    }
  });

  it('claims nothing of the kind for anything else that failed, and tells nothing of it', () => {
    for (const failure of [new TypeError('CANARY-1'), 'CANARY-2', undefined, { name: 'Other', message: 'CANARY-3' }]) {
      const text = formatTurnFailure(failure, 'R-1');
      expect(text).not.toContain('changed');
      expect(text).not.toContain('CANARY');
      expect(text).toContain('R-1');
    }
  });
});

import { describe, expect, it } from '@jest/globals';
import type { Policy } from '../../../src/reset/policy/policy.ts';
import { checkVerification } from '../../../src/reset/use-cases/caller-verification.ts';

const methods = ['In person', 'Called back'];
const check = (
  verification: string,
  ticket: string,
  { required = true, tickets = 'optional' }: { required?: boolean; tickets?: Policy['ticket'] } = {},
) => checkVerification({ verification, ticket }, { verification: { required, methods }, ticket: tickets });
const lacking = (lack: string) => ({ kind: 'lacking', lack });
const enough = (verification: string | undefined, ticket: string | undefined) => ({
  kind: 'enough',
  proof: { verification, ticket },
});

describe('how the caller was verified', () => {
  it('is taken where the policy names it, without the spaces around it', () => {
    expect(check('In person', '')).toEqual(enough('In person', undefined));
    expect(check('  Called back\n', ' T-1 ')).toEqual(enough('Called back', 'T-1'));
  });

  it('has to be said where the policy requires it', () => {
    expect(check('', 'T-1')).toEqual(lacking('verification-missing'));
    expect(check('  ', 'T-1')).toEqual(lacking('verification-missing'));
    expect(check('', 'T-1', { required: false })).toEqual(enough(undefined, 'T-1'));
  });

  it.each(['in person', 'She sounded right', 'In person, Called back'])(
    'is no way that the policy does not name, required or not: %s',
    (said) => {
      expect(check(said, '')).toEqual(lacking('verification-unknown'));
      expect(check(said, '', { required: false })).toEqual(lacking('verification-unknown'));
    },
  );
});

describe('the ticket', () => {
  it('has to be said where the policy requires it', () => {
    expect(check('In person', '', { tickets: 'required' })).toEqual(lacking('ticket-missing'));
    expect(check('In person', ' \t', { tickets: 'required' })).toEqual(lacking('ticket-missing'));
    expect(check('In person', 'T-1', { tickets: 'required' })).toEqual(enough('In person', 'T-1'));
  });

  it('is not kept where the policy has none, however long it is', () => {
    expect(check('In person', 'T-1', { tickets: 'off' })).toEqual(enough('In person', undefined));
    expect(check('In person', 'T'.repeat(65), { tickets: 'off' })).toEqual(enough('In person', undefined));
  });

  it('has 64 characters at most', () => {
    const most = 'T'.repeat(64);
    expect(check('In person', ` ${most} `)).toEqual(enough('In person', most));
    expect(check('In person', `${most}T`)).toEqual(lacking('ticket-too-long'));
  });
});

import type { PartnerErrorCode } from '../../src/partner-center/index.ts';
import type { PretendFault } from '../../src/sandbox/partner-center/index.ts';

/** What a fault means: to a read its code and number of calls; to a write its code, and whether the password was set. */
type FaultRow = {
  readonly fault: PretendFault;
  readonly read: readonly [PartnerErrorCode | undefined, number];
  readonly write: readonly [PartnerErrorCode | undefined, number];
  readonly sets: boolean;
};

const unclear = (fault: Extract<PretendFault, { readonly effect: 'none' | 'applied' }>): readonly FaultRow[] =>
  (['none', 'applied'] as const).map((effect) => ({
    fault: Object.assign({}, fault, { effect }),
    read: [fault.kind === 'disconnect' ? 'no-answer' : 'service-fault', 4],
    write: ['unknown-result', 1],
    sets: effect === 'applied',
  }));
const definite = (fault: PretendFault, code: PartnerErrorCode, times = 1): FaultRow => ({
  fault,
  read: [code, times],
  write: [code, times],
  sets: false,
});
const throttled = (fault: Extract<PretendFault, { kind: 'throttled' }>): FaultRow => ({
  fault,
  read: ['throttled', 4],
  write: ['throttled', 1],
  sets: false,
});
/** What something in between says, in a form that Partner Center does not have. */
const foreign = (fault: Extract<PretendFault, { kind: 'proxy-page' }>): FaultRow => ({
  fault,
  read: ['foreign-answer', 1],
  write: ['unknown-result', 1],
  sets: fault.effect === 'applied',
});
/** A 200 in JSON that is not what was asked for. */
const unproven = (fault: PretendFault): FaultRow => ({
  fault,
  read: ['unreadable-answer', 1],
  write: ['unknown-result', 1],
  sets: !('effect' in fault && fault.effect === 'none'),
});
/** Every fault of the pretend Partner Center but its own errors, `hang` and what changes only pages. */
export const faultRows: readonly FaultRow[] = [
  ...unclear({ kind: 'server-fault', status: 500, effect: 'none' }),
  ...unclear({ kind: 'server-fault', status: 502, effect: 'none' }),
  ...unclear({ kind: 'server-fault', status: 503, effect: 'none' }),
  ...unclear({ kind: 'server-fault', status: 504, effect: 'none' }),
  ...unclear({ kind: 'disconnect', effect: 'none' }),
  ...unclear({ kind: 'proxy-page', status: 502, effect: 'none' }),
  ...unclear({ kind: 'plain-text', status: 503, text: 'busy', effect: 'none' }),
  ...unclear({ kind: 'empty', status: 500, effect: 'none' }),
  {
    fault: { kind: 'server-fault', status: 408, effect: 'applied' },
    read: ['service-fault', 1],
    write: ['unknown-result', 1],
    sets: true,
  },
  throttled({ kind: 'throttled', retryAfter: 'absent' }),
  throttled({ kind: 'throttled', retryAfter: { seconds: 57 } }),
  throttled({ kind: 'throttled', retryAfter: { at: Date.parse('2026-03-01T12:01:00Z') } }),
  definite({ kind: 'route-unknown', status: 404 }, 'route-unknown'),
  definite({ kind: 'route-unknown', status: 405 }, 'route-unknown'),
  definite({ kind: 'route-unknown', status: 501 }, 'route-unknown'),
  definite({ kind: 'empty', status: 404, effect: 'none' }, 'route-unknown'),
  foreign({ kind: 'proxy-page', status: 451, effect: 'none' }),
  foreign({ kind: 'proxy-page', status: 403, effect: 'applied' }),
  foreign({ kind: 'proxy-page', status: 200, effect: 'none' }),
  foreign({ kind: 'proxy-page', status: 200, effect: 'applied' }),
  foreign({ kind: 'proxy-page', status: 404, effect: 'none' }),
  unproven({ kind: 'empty', status: 200, effect: 'none' }),
  unproven({ kind: 'empty', status: 200, effect: 'applied' }),
  unproven({ kind: 'as-list' }),
  definite({ kind: 'plain-text', status: 403, text: 'The supplied role does not …', effect: 'none' }, 'missing-role'),
  definite({ kind: 'empty', status: 401, effect: 'none' }, 'token-refused', 2),
  {
    fault: { kind: 'redirect', location: 'http://127.0.0.1:9/v1/customers' },
    read: ['redirected', 1],
    write: ['unknown-result', 1],
    sets: false,
  },
  { fault: { kind: 'cut-off' }, read: ['no-answer', 4], write: ['unknown-result', 1], sets: true },
  unproven({ kind: 'not-json' }),
  { fault: { kind: 'bom' }, read: [undefined, 1], write: [undefined, 1], sets: true },
  { fault: { kind: 'pascal-case' }, read: [undefined, 1], write: [undefined, 1], sets: true },
  {
    fault: { kind: 'held', until: Promise.resolve(), effect: 'before' },
    read: [undefined, 1],
    write: [undefined, 1],
    sets: true,
  },
];

/** The code of each documented error: HTTP status and Partner Center's code. */
export const documentedCodes: Readonly<Record<string, PartnerErrorCode>> = {
  '401 900421': 'mfa-required',
  '401 900420': 'wrong-audience',
  '401 400': 'token-refused',
  '401 800001': 'token-refused',
  '403 900329': 'app-only-token',
  '403 900308': 'missing-privilege',
  '403 900309': 'conditional-access',
  '403 90000': 'token-issuance-failed',
  '403 2032': 'missing-role',
  '403 20002': 'no-relationship',
  '403 900150': 'missing-role',
  '404 1000': 'not-found',
  '404 3000': 'not-found',
  '404 60002': 'user-not-found',
  '404 60003': 'customer-not-found',
  '400 3000': 'invalid-property',
  '400 2000': 'bad-request',
  '400 2001': 'bad-request',
  '400 900118': 'bad-request',
  '400 2055': 'stale-etag',
};

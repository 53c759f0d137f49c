import { asId, type CustomerId, Secret } from '../../base/index.ts';
import type { Approval, PartnerTrouble, PrivateFacts, Refusal, ResetRequest } from '../../reset/index.ts';
import { sampleNow, sampleRequest } from './sample-request.ts';

const { target } = sampleRequest();

const confirmed: Partial<ResetRequest> = {
  confirmedAt: sampleNow - 20_000,
  proof: { verification: 'Called back on a number on file', ticket: 'INC-40213' },
};

const finished: Partial<ResetRequest> = {
  ...confirmed,
  resetAt: sampleNow - 15_000,
  endedAt: sampleNow - 14_000,
  deliveredAt: sampleNow - 14_000,
  sealedPassword: { keyId: '', nonce: '', ciphertext: '' },
  hideAt: sampleNow + 15 * 60_000,
};

/** A trouble at Partner Center, in words of an older version. */
const sampleTrouble: PartnerTrouble = {
  code: 'unavailable',
  signInCode: undefined,
  httpStatus: 503,
  partnerCode: undefined,
  storedWording: { problem: 'Partner Center did not answer.', advice: 'Try again in a few minutes.' },
};

/** A refusal of every kind. */
export const everyRefusal: readonly Refusal[] = [
  { kind: 'not-a-technician' },
  { kind: 'groups-unknown' },
  { kind: 'own-account' },
  { kind: 'deleted' },
  { kind: 'federated' },
  { kind: 'synchronised' },
  { kind: 'guest' },
  { kind: 'management-restricted' },
  { kind: 'protection-unknown', facts: ['roles', 'eligible-roles'], code: 'forbidden', httpStatus: 403 },
  { kind: 'administrator', roles: ['User Administrator', 'Helpdesk Administrator'] },
  { kind: 'roles-unknown' },
  { kind: 'approval-not-possible', approvers: ['Adele Vance', 'Lee Gu'] },
  { kind: 'target-changed' },
  { kind: 'approval-needed' },
  { kind: 'approver-without-right', by: 'Adele Vance' },
  { kind: 'frozen', by: 'Adele Vance', at: sampleNow - 30_000, everything: true },
  { kind: 'under-way', by: 'Lee Gu' },
  { kind: 'over-limit', limit: 'technician', most: 10, againAt: sampleNow + 12 * 60_000 },
  { kind: 'no-direct-message', why: 'not-installed' },
  { kind: 'no-direct-message', why: 'blocked' },
  { kind: 'no-direct-message', why: 'unreachable' },
  { kind: 'too-old' },
  { kind: 'restored' },
  { kind: 'seal-broken' },
  { kind: 'no-progress' },
  { kind: 'partner-center', trouble: sampleTrouble },
];

const attention = { kind: 'unclear', trouble: sampleTrouble } as const;

/** A name with every trick that a name can play. */
const hostileName =
  '[Megan](https://evil.example) **Bowen** <at>Everyone</at> ${password} {{DATE(2020-01-01T00:00:00Z)}}';

const careful: Partial<ResetRequest> = {
  customerInferred: 'context',
  resetBefore: { at: sampleNow - 3 * 60 * 60_000, by: 'Adele Vance' },
  target: {
    ...target,
    user: {
      ...target.user,
      synchronised: true,
      domainType: 'federated',
      roles: [
        { id: '62e90394-69f5-4237-9190-012177145e10', name: 'Global Administrator' },
        { id: 'fe930be7-5e62-47db-91af-98c3a49a38b1', name: 'User Administrator' },
      ],
    },
  },
};

const awkward: Partial<ResetRequest> = {
  technician: { ...sampleRequest().technician, name: '‮xela‬ “Lex” Wilber-Montgomery the Third of Somewhere' },
  target: {
    customer: {
      id: asId<CustomerId>('9a4e2b70-51c8-4d36-b0f7-e8c35a91d264'),
      name: 'Сontoso Bäckerei & Söhne Gesellschaft mit beschränkter Haftung und Compagnie Kommanditgesellschaft',
      domain: 'a-domain-that-goes-on-and-on-and-on-without-any-mercy.contosobakery.example',
    },
    user: {
      ...target.user,
      displayName: hostileName,
      userPrincipalName: 'wolfeschlegelsteinhausenbergerdorff.maximilian-alexander@contosobakery.example',
      state: 'unknown',
      domainType: 'unknown',
      roles: 'unknown',
    },
  },
};

const asked: Approval = {
  askedAt: sampleNow - 20_000,
  approveBy: sampleNow + 60 * 60_000,
  places: [{ where: { kind: 'chat', conversation: sampleRequest().askedIn }, card: undefined, isClosed: false }],
  putOff: 0,
  decision: undefined,
  isShown: true,
  isTold: false,
  mentioned: [
    { member: '29:adele', name: 'Adele Vance' },
    { member: '29:lee', name: 'Lee Gu' },
  ],
};
const decided = {
  by: { ...sampleRequest().technician, name: 'Adele Vance', userPrincipalName: 'adele@fabrikam-it.example' },
  at: sampleNow - 10_000,
  right: 'person',
} as const;
const approved: Approval = { ...asked, decision: { kind: 'approved', ...decided } };
const declined: Approval = { ...asked, decision: { kind: 'declined', ...decided } };

/** What Microsoft Graph tells of a person for the requester alone. */
export const sampleToldFacts: PrivateFacts = {
  lastPasswordChange: sampleNow - 20 * 60_000,
  methods: ['authenticator', 'phone', 'passkey'],
  numbers: [new Secret('+31 20 000 0147'), new Secret('+31 6 0000 0147')],
};

const toldOf: Partial<ResetRequest> = {
  askedIn: { ...sampleRequest().askedIn, kind: 'personal' },
  target: {
    ...target,
    user: {
      ...target.user,
      roles: [
        { id: 'e8611ab8-c189-46e8-94e1-60213ab1f814', name: 'Privileged Role Administrator', by: 'eligible' },
        { id: '5c0f1d52-9a40-4f3b-b0a5-3f6c0f3e1c11', name: 'Tier 0 administrators', by: 'role-assignable-group' },
      ],
      graph: { isBlocked: true },
    },
  },
};

/** Requests to look at, by what there is to see. */
export const sampleStates = {
  ordinary: sampleRequest(),
  careful: sampleRequest(careful),
  toldOf: sampleRequest(toldOf),
  toldOfAtThePress: sampleRequest({ ...toldOf, doubtedAt: sampleNow - 60_000 }),
  withoutWayToGraph: sampleRequest({
    target: { ...target, user: { ...target.user, graph: { closed: { code: 'conditional-access' } } } },
  }),
  toldOfAmongOthers: sampleRequest({ ...toldOf, askedIn: sampleRequest().askedIn }),
  waitingToldOf: sampleRequest({ ...toldOf, ...confirmed, state: 'awaiting-approval', approval: asked }),
  awkward: sampleRequest(awkward),
  working: sampleRequest({ ...confirmed, state: 'resetting' }),
  waiting: sampleRequest({ ...confirmed, state: 'awaiting-approval', approval: asked }),
  waitingForNobody: sampleRequest({
    ...confirmed,
    state: 'awaiting-approval',
    approval: { ...asked, mentioned: [] },
  }),
  waitingCareful: sampleRequest({ ...careful, ...confirmed, state: 'awaiting-approval', approval: asked }),
  waitingAwkward: sampleRequest({ ...awkward, ...confirmed, state: 'awaiting-approval', approval: asked }),
  approved: sampleRequest({ ...careful, ...confirmed, state: 'approved', approval: approved }),
  approvedReset: sampleRequest({ ...careful, ...finished, state: 'delivered', approval: approved }),
  notApproved: sampleRequest({ ...confirmed, state: 'expired', approval: asked, endedAt: sampleNow }),
  takenBack: sampleRequest({
    ...confirmed,
    state: 'cancelled',
    approval: asked,
    endedAt: sampleNow,
    endedBy: 'Alex Wilber',
  }),
  frozenWhileWaiting: sampleRequest({
    ...confirmed,
    state: 'refused',
    approval: asked,
    endedAt: sampleNow,
    refusal: { kind: 'frozen', by: 'Adele Vance', at: sampleNow - 30_000, everything: false },
  }),
  resetting: sampleRequest({ ...confirmed, state: 'message-open' }),
  reset: sampleRequest({ ...finished, state: 'reset', deliveredAt: undefined }),
  delivered: sampleRequest({ ...finished, state: 'delivered' }),
  passMade: sampleRequest({
    ...finished,
    state: 'delivered',
    accessPass: {
      at: sampleNow,
      outcome: 'made',
      code: undefined,
      lifetimeInMinutes: 60,
      sealed: undefined,
      toldAt: sampleNow,
      mayBeMade: 1,
    },
  }),
  hidden: sampleRequest({ ...finished, state: 'hidden', hiddenAt: sampleNow, sealedPassword: undefined }),
  cancelled: sampleRequest({ state: 'cancelled', endedAt: sampleNow, endedBy: 'Alex Wilber' }),
  declined: sampleRequest({
    ...confirmed,
    state: 'declined',
    approval: declined,
    endedAt: sampleNow,
    endedBy: 'Adele Vance',
  }),
  expired: sampleRequest({ state: 'expired', endedAt: sampleNow }),
  unclear: sampleRequest({ ...confirmed, state: 'needs-attention', attention, endedAt: sampleNow }),
  unclearDelivered: sampleRequest({ ...finished, state: 'delivered', attention, resetAt: undefined }),
  sealBroken: sampleRequest({
    ...confirmed,
    state: 'needs-attention',
    attention: { kind: 'seal-broken', trouble: undefined },
    endedAt: sampleNow,
  }),
  refused: everyRefusal.map((refusal) =>
    sampleRequest({ ...confirmed, state: 'refused', refusal, endedAt: sampleNow }),
  ),
} as const;

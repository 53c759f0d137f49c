import { z } from 'zod';
import { asId, type CorrelationId, type OperationId } from '../../base/index.ts';
import {
  type AccessPassState,
  type Approval,
  type AskedPlace,
  type Attention,
  type CallerVerification,
  type Decision,
  type ResetAttempt,
  type ResetRequest,
  type SealedPassword,
  type SigningOutState,
  ticketConcerns,
  type TicketFacts,
  ticketFailures,
  type WhereToAsk,
} from '../../reset/index.ts';
import { oneOf, shapes } from '../rows/row-shapes.ts';
import { createStoredTrouble, refusalShape, troubleShape } from './refusal-shape.ts';

/** What of a request stands in no column of its own. */
export type ResetRequestDetails = Omit<
  ResetRequest,
  | 'id'
  | 'version'
  | 'state'
  | 'askedBy'
  | 'cardIsOwed'
  | 'proposedAt'
  | 'confirmedAt'
  | 'sealedPassword'
  | 'lease'
  | 'dueAt'
>;

const { instant, perhaps, conversation, messageAddress, technician, target } = shapes;

const proof: z.ZodType<CallerVerification> = z.strictObject({
  verification: perhaps(z.string()),
  ticket: perhaps(z.string()),
});

const resetTry: z.ZodType<ResetAttempt> = z.strictObject({
  number: z.int(),
  at: instant,
  deadline: instant,
  outcome: oneOf<ResetAttempt['outcome']>({
    pending: true,
    applied: true,
    refused: true,
    'not-tried': true,
    unknown: true,
  }),
  httpStatus: perhaps(z.int()),
  partnerCode: perhaps(z.string()),
});

const attention: z.ZodType<Attention> = z.strictObject({
  kind: oneOf<Attention['kind']>({ unclear: true, 'seal-broken': true }),
  trouble: perhaps(troubleShape),
});

const signOut: z.ZodType<SigningOutState> = z
  .strictObject({
    at: instant,
    begunAt: perhaps(instant),
    validFrom: perhaps(instant),
    outcome: oneOf<SigningOutState['outcome']>({
      pending: true,
      done: true,
      'not-asked': true,
      refused: true,
      unknown: true,
    }),
    code: perhaps(z.string()),
  })
  // An older program wrote one instant alone.
  .transform((read) => ({ ...read, begunAt: read.begunAt ?? read.at }));

const sealed: z.ZodType<SealedPassword> = z.strictObject({
  keyId: z.string(),
  nonce: z.string(),
  ciphertext: z.string(),
});

/** What an older program did not count is none. */
const count = perhaps(z.int().nonnegative()).transform((times) => times ?? 0);

const accessPass: z.ZodType<AccessPassState> = z
  .strictObject({
    at: instant,
    outcome: oneOf<AccessPassState['outcome']>({
      pending: true,
      made: true,
      unseen: true,
      unusable: true,
      exists: true,
      'not-asked': true,
      refused: true,
      unknown: true,
    }),
    code: perhaps(z.string()),
    lifetimeInMinutes: perhaps(z.int()),
    sealed: perhaps(sealed),
    toldAt: perhaps(instant),
    mayBeMade: count,
    // An older program wrote it.
    putsOwed: perhaps(z.int().nonnegative()),
  })
  .transform(({ putsOwed: _putsOwed, ...read }) => read);

const whereToAsk: z.ZodType<WhereToAsk> = z.union([
  z.strictObject({ kind: z.literal('chat'), conversation }),
  z.strictObject({ kind: z.literal('person'), from: conversation, member: z.string(), name: perhaps(z.string()) }),
]);

const askedPlace: z.ZodType<AskedPlace> = z.strictObject({
  where: whereToAsk,
  card: perhaps(messageAddress),
  isClosed: z.boolean(),
});

const decision: z.ZodType<Decision> = z.strictObject({
  kind: oneOf<Decision['kind']>({ approved: true, declined: true }),
  by: technician,
  at: instant,
  right: z.string(),
});

const approval: z.ZodType<Approval> = z.strictObject({
  askedAt: instant,
  approveBy: instant,
  places: z.array(askedPlace),
  putOff: z.int().nonnegative(),
  decision: perhaps(decision),
  isShown: z.boolean(),
  isTold: perhaps(z.boolean()).transform((told) => told ?? false),
  // Written only where there are any, as is the next.
  mentioned: z.array(z.strictObject({ member: z.string(), name: z.string() })).optional(),
  remindedAt: instant.optional(),
  isRequesterApprover: z.literal(true).optional(),
});

const ticketFacts: z.ZodType<TicketFacts> = z.union([
  z.strictObject({
    kind: z.literal('found'),
    named: z.string(),
    subject: z.string(),
    customer: perhaps(z.string()),
    contact: perhaps(z.string()),
    state: z.literal(['open', 'closed', 'merged']),
    concerns: z.array(z.literal(ticketConcerns)),
  }),
  z.strictObject({ kind: z.literal('missing'), named: z.string() }),
  z.strictObject({ kind: z.literal('not-checked'), named: z.string(), why: z.literal(ticketFailures) }),
]);

/** The text of the JSON column of a request. What is undefined is written as `null`. */
export function formatRequestDetails(details: ResetRequestDetails): string {
  const { refusal: reason, attention: cause } = details;
  const stored = {
    ...details,
    refusal: reason?.kind === 'partner-center' ? { ...reason, trouble: createStoredTrouble(reason.trouble) } : reason,
    attention: cause && { ...cause, trouble: cause.trouble && createStoredTrouble(cause.trouble) },
  };
  return JSON.stringify(stored, (_key, value: unknown) => (value === undefined ? null : value));
}

/** The JSON column of a request. Anything that is missing, misshapen or too much is refused. */
export const resetRequestDetails: z.ZodType<ResetRequestDetails> = z.strictObject({
  correlationId: z.string().transform(asId<CorrelationId>),
  operationId: z.string().transform(asId<OperationId>),
  technician,
  askedIn: conversation,
  card: perhaps(messageAddress),
  target,
  customerInferred: z.union([
    z.literal([false, 'address', 'context']),
    // Rows from before the two were told apart.
    z.literal(true).transform(() => 'context' as const),
  ]),
  // Rows from before this was told have no `isCertain`.
  resetBefore: perhaps(z.strictObject({ at: instant, by: z.string(), isCertain: z.literal(true).optional() })),
  // Written only where there is one, as are the next two.
  outsiders: z.union([z.int().nonnegative(), z.literal('unknown')]).optional(),
  replaces: instant.optional(),
  confirmBy: instant,
  // Written only where it was, so that an older program can read every other row, as is the next.
  doubtedAt: instant.optional(),
  stated: proof.optional(),
  proof: perhaps(proof),
  // Written only where a ticket was looked up.
  ticketFacts: ticketFacts.optional(),
  approval: perhaps(approval),
  directMessage: perhaps(messageAddress),
  heldBy: perhaps(z.array(messageAddress)).transform((messages) => messages ?? []),
  tries: z.array(resetTry),
  endedBy: perhaps(z.string()),
  endedAt: perhaps(instant),
  refusal: perhaps(refusalShape),
  attention: perhaps(attention),
  resetAt: perhaps(instant),
  deliveredAt: perhaps(instant),
  deliverBy: perhaps(instant),
  putOff: z.int().nonnegative(),
  timesGone: count,
  revealedAt: perhaps(instant),
  views: count,
  // Written only where the password is written back.
  writeBack: z
    .strictObject({ isUsed: z.boolean(), location: perhaps(z.string()), acceptedAt: perhaps(instant) })
    .optional(),
  // Written only where somebody pressed it, so that an older program can read every other row.
  signOut: signOut.optional(),
  // The same, where a pass was asked for.
  accessPass: accessPass.optional(),
  // Written only where it was owed once.
  messageOwed: perhaps(z.int().nonnegative()).optional(),
  hideAt: perhaps(instant),
  hiddenAt: perhaps(instant),
  // Written only where there is one.
  replacedAt: instant.optional(),
  // The same.
  latePut: z
    .strictObject({ into: z.array(messageAddress), hidings: z.int().nonnegative(), hideAgainAt: perhaps(instant) })
    .optional(),
  takeOvers: count,
});

import { z } from 'zod';
import { asId, type CorrelationId, type QuestionId, type ResetRequestId } from '../base/index.ts';
import type { Asks, Choice, Closed, OpenQuestion } from '../reset/index.ts';
import type { QuestionRow } from './database/database.ts';
import { StoreError } from './database/store-error.ts';
import { formatJsonColumn, oneOf, readJsonColumn, shapes } from './rows/row-shapes.ts';

const { instant, perhaps, conversation, messageAddress, technician, customer, target, deletedUser } = shapes;

/** One kind of an ending, also where several are written as one. */
type ClosedAs<Kind extends Closed['kind']> = Closed & { readonly kind: Kind };

const closingShapes = {
  // Deleted people are written only where there are some, so that an older program can read every other row.
  gone: z.strictObject({ kind: z.literal('gone'), target, deleted: z.array(deletedUser).optional() }),
  changed: z.strictObject({ kind: z.literal('changed'), target }),
  nobody: z.strictObject({
    kind: z.literal('nobody'),
    typed: z.string(),
    customer,
    deleted: z.array(deletedUser).optional(),
  }),
  'customer-gone': z.strictObject({ kind: z.literal('customer-gone'), customer }),
  'said-in-words': z.strictObject({ kind: z.literal('said-in-words') }),
  'answered-elsewhere': z.strictObject({ kind: z.literal('answered-elsewhere') }),
  'not-a-technician': z.strictObject({ kind: z.literal('not-a-technician') }),
  'groups-unknown': z.strictObject({ kind: z.literal('groups-unknown') }),
} satisfies { readonly [Kind in Closed['kind']]: z.ZodType<ClosedAs<Kind>> };

const closingShape: z.ZodType<Closed> = z.union(Object.values(closingShapes));

const choiceShape: z.ZodType<Choice> = z.union([
  z.strictObject({ kind: z.literal('customer'), key: z.string(), customer }),
  z.strictObject({ kind: z.literal('user'), key: z.string(), target }),
]);

const questionShape: z.ZodType<OpenQuestion> = z.strictObject({
  id: z.string().transform(asId<QuestionId>),
  version: z.int(),
  state: oneOf<OpenQuestion['state']>({
    open: true,
    chosen: true,
    answered: true,
    closed: true,
    cancelled: true,
    expired: true,
  }),
  correlationId: z.string().transform(asId<CorrelationId>),
  technician,
  askedIn: conversation,
  askedBy: z.string(),
  readings: z.array(z.strictObject({ user: z.string(), customer: perhaps(z.string()) })),
  asks: z.strictObject({
    kind: oneOf<Asks['kind']>({
      'which-customer': true,
      'near-customer': true,
      'near-domain': true,
      'which-user': true,
      'near-user': true,
      'missing-customer': true,
      'missing-user': true,
      'which-confirmation': true,
    }),
    typed: z.string(),
    more: perhaps(z.int().nonnegative()).transform((more) => more ?? 0),
    customer: customer.optional(),
    deleted: z.array(deletedUser).optional(),
  }),
  choices: z.array(choiceShape),
  customerChosen: z.boolean(),
  chosen: perhaps(z.string()),
  // A row is written without them where there is nothing to write, so that an older program can read it.
  typedAnswers: z.array(z.strictObject({ activityId: z.string(), name: z.string() })).optional(),
  typedUntil: instant.optional(),
  inferredFrom: z.literal(['address', 'context']).optional(),
  stated: z.strictObject({ verification: perhaps(z.string()), ticket: perhaps(z.string()) }).optional(),
  becomes: z.string().transform(asId<ResetRequestId>),
  closing: perhaps(closingShape),
  askedAt: instant,
  expiresAt: instant,
  endedAt: perhaps(instant),
  card: perhaps(messageAddress),
  cardIsOwed: z.boolean(),
  putOff: z.int().nonnegative(),
  worker: perhaps(z.string()),
  dueAt: perhaps(instant),
});

/** A question as a row, and back. A row that does not hold one is a `StoreError` `row-unreadable`: nothing is guessed. */
export const questionRow = {
  make(given: OpenQuestion): QuestionRow {
    return {
      id: given.id,
      version: given.version,
      state: given.state,
      technician_id: given.technician.objectId,
      technician_tenant_id: given.technician.tenantId,
      asked_in: given.askedIn.id,
      asked_by: given.askedBy,
      due_at: given.dueAt ?? null,
      ended_at: given.endedAt ?? null,
      details: formatJsonColumn(given),
    };
  },

  read(row: QuestionRow): OpenQuestion {
    const data = readJsonColumn(questionShape, row.details);
    const agrees =
      data.id === row.id &&
      data.version === row.version &&
      data.state === row.state &&
      data.technician.objectId === row.technician_id &&
      data.technician.tenantId === row.technician_tenant_id &&
      data.askedIn.id === row.asked_in &&
      data.askedBy === row.asked_by &&
      (data.endedAt ?? null) === row.ended_at;
    if (!agrees) throw new StoreError('row-unreadable');
    return { ...data, dueAt: row.due_at ?? undefined };
  },
} as const;

import { z } from 'zod';
import { asId, type CorrelationId, type ResetRequestId, type UserId } from '../base/index.ts';
import {
  type FollowUpNote,
  type NoteOutcome,
  type QueuedNote,
  ticketFailures,
  type TicketSystem,
} from '../reset/index.ts';
import type { NoteRow } from './database/database.ts';
import { StoreError } from './database/store-error.ts';
import { refusalShape } from './requests/refusal-shape.ts';
import { formatJsonColumn, oneOf, readJsonColumn, shapes } from './rows/row-shapes.ts';

const { instant, perhaps, customer } = shapes;

const person = z.strictObject({ name: z.string(), userPrincipalName: perhaps(z.string()) });

const detailsShape = z.strictObject({
  id: z.guid(),
  request: z.string().transform(asId<ResetRequestId>),
  ticket: z.string(),
  system: oneOf<TicketSystem>({ halopsa: true, connectwise: true, autotask: true, webhook: true }).optional(),
  outcome: oneOf<NoteOutcome>({
    delivered: true,
    undelivered: true,
    refused: true,
    declined: true,
    expired: true,
    'followed-up': true,
  }),
  // Written only where it is another thing than a sign-out that is done.
  followUp: oneOf<FollowUpNote>({
    'access-pass': true,
    'access-pass-unclear': true,
    'access-pass-unusable': true,
    'sign-out-unclear': true,
  }).optional(),
  // Written only where time is entered.
  minutes: z.int().positive().optional(),
  at: instant,
  correlationId: z.string().transform(asId<CorrelationId>),
  customer,
  user: z.strictObject({
    id: z.string().transform(asId<UserId>),
    displayName: z.string(),
    userPrincipalName: z.string(),
  }),
  technician: person,
  verification: perhaps(z.string()),
  approvedBy: perhaps(person),
  declinedBy: perhaps(person),
  refusal: perhaps(refusalShape),
  isUnclear: z.boolean(),
  // Of its sending, and written only once there is something to say.
  trouble: z.strictObject({ code: z.literal(ticketFailures), httpStatus: perhaps(z.int()) }).optional(),
  resentAt: instant.optional(),
  firstTriedAt: instant.optional(),
});

/** A note as a row, and back. A row that does not hold one is a `StoreError` `row-unreadable`. */
export const noteRow = {
  make({ note, version, state, tries, lease, dueAt, trouble, resentAt, firstTriedAt }: QueuedNote): NoteRow {
    return {
      id: note.id,
      version,
      state,
      ticket: note.ticket,
      happened_at: note.at,
      tries,
      lease_owner: lease?.owner ?? null,
      lease_until: lease?.until ?? null,
      due_at: dueAt ?? null,
      details: formatJsonColumn({
        ...note,
        ...(trouble && { trouble }),
        ...(resentAt !== undefined && { resentAt }),
        ...(firstTriedAt !== undefined && { firstTriedAt }),
      }),
    };
  },

  read(row: NoteRow): QueuedNote {
    const { trouble, resentAt, firstTriedAt, ...note } = readJsonColumn(detailsShape, row.details);
    const { lease_owner: owner, lease_until: until, state } = row;
    const agrees = note.id === row.id && note.ticket === row.ticket && note.at === row.happened_at;
    if (!agrees || (state !== 'waiting' && state !== 'given-up')) throw new StoreError('row-unreadable');
    const lease = owner === null || until === null ? undefined : { owner, until };
    return {
      note,
      version: row.version,
      state,
      tries: row.tries,
      lease,
      dueAt: row.due_at ?? undefined,
      ...(trouble && { trouble }),
      ...(resentAt !== undefined && { resentAt }),
      ...(firstTriedAt !== undefined && { firstTriedAt }),
    };
  },
} as const;

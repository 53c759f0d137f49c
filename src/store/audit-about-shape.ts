import { z } from 'zod';
import type { ResetAttempt } from '../reset/request.ts';
import type { AuditAbout } from './audit-about.ts';
import { oneOf } from './one-of.ts';

const person = z.strictObject({
  id: z.string(),
  tenantId: z.string(),
  name: z.string(),
  userPrincipalName: z.string().optional(),
});

/** The JSON column that says what a record is about. */
export const auditAboutShape: z.ZodType<AuditAbout> = z.strictObject({
  actor: person.optional(),
  requester: person.optional(),
  approver: person.optional(),
  target: z
    .strictObject({
      customerName: z.string(),
      customerDomain: z.string(),
      userName: z.string(),
      userPrincipalName: z.string(),
      roles: z.union([z.literal('unknown'), z.array(z.strictObject({ id: z.string(), name: z.string() }))]),
    })
    .optional(),
  verification: z.string().optional(),
  ticket: z.string().optional(),
  lastTry: z
    .strictObject({
      number: z.int(),
      outcome: oneOf<ResetAttempt['outcome']>({
        pending: true,
        applied: true,
        refused: true,
        'not-tried': true,
        unknown: true,
      }),
      httpStatus: z.int().optional(),
      partnerCode: z.string().optional(),
    })
    .optional(),
});

import {
  asId,
  type CorrelationId,
  type CustomerId,
  type ObjectId,
  type OperationId,
  type ResetRequestId,
  type TenantId,
  type UserId,
} from '../../src/base/ids.ts';
import type { Conversation } from '../../src/reset/identity.ts';
import type { ResetRequest } from '../../src/reset/request.ts';
import { untouchedRequest } from '../../src/reset/use-cases/new-request.ts';

const askedIn: Conversation = {
  id: 'a:1-conversation-with-robin',
  kind: 'personal',
  serviceUrl: 'https://smba.example/emea/',
  channelId: 'msteams',
  tenantId: asId<TenantId>('9a1f2c52-2a0e-4f6b-9d5c-3d3b6f7f0001'),
  botId: '28:7d2c0e4c-0000-4000-8000-00000000b07a',
};

/**
 * A whole request as it is when it has just been proposed, at 2026-07-01T08:00Z; whatever a test is about is given. Two
 * requests of one test need ids of their own: give `id` and `askedBy`.
 */
export function buildResetRequest(given: Partial<ResetRequest> = {}): ResetRequest {
  const proposedAt = given.proposedAt ?? Date.UTC(2026, 6, 1, 8);
  return {
    ...untouchedRequest,
    id: asId<ResetRequestId>('00000000000000000000000000000001'),
    version: 1,
    state: 'proposed',
    correlationId: asId<CorrelationId>('c0000000-0000-4000-8000-000000000001'),
    operationId: asId<OperationId>('d0000000-0000-4000-8000-000000000001'),
    technician: {
      objectId: asId<ObjectId>('b0b00000-0000-4000-8000-000000000001'),
      tenantId: askedIn.tenantId,
      teamsUserId: '29:robin',
      name: 'Robin Sharp',
      userPrincipalName: 'robin@partner.example',
    },
    askedIn,
    askedBy: 'f:activity-1',
    target: {
      customer: {
        id: asId<CustomerId>('c5000000-0000-4000-8000-000000000001'),
        name: 'Contoso Bikes',
        domain: 'contosobikes.example',
      },
      user: {
        id: asId<UserId>('e5000000-0000-4000-8000-000000000001'),
        displayName: 'Ann Lee',
        userPrincipalName: 'ann.lee@contosobikes.example',
        state: 'active',
        domainType: 'managed',
        synchronised: false,
        roles: [],
      },
    },
    customerInferred: false,
    proposedAt,
    confirmBy: proposedAt + 10 * 60_000,
    dueAt: proposedAt + 10 * 60_000,
    ...given,
  };
}

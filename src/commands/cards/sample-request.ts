import {
  asId,
  type CorrelationId,
  type CustomerId,
  type ObjectId,
  type OperationId,
  type ResetRequestId,
  type TenantId,
  type UserId,
} from '../../base/index.ts';
import { type ResetRequest, untouchedRequest } from '../../reset/index.ts';

/** When everything in the samples happens. */
export const sampleNow = Date.UTC(2026, 10, 23, 14, 5);

/** A believable request, proposed a minute ago, with what a sample has to change. */
export function sampleRequest(changes: Partial<ResetRequest> = {}): ResetRequest {
  return {
    ...untouchedRequest,
    id: asId<ResetRequestId>('kq3Zr0h1T2mX9vB7cW5yNA'),
    version: 1,
    state: 'proposed',
    correlationId: asId<CorrelationId>('3f8e6a52-6c1b-4f0e-9a57-0d7c1f6f2b11'),
    operationId: asId<OperationId>('b7a1c5de-2f64-4a70-8f3f-3ad2c0f5a9e4'),
    technician: {
      objectId: asId<ObjectId>('5d0c9f1e-7f0d-4d0e-8a25-2f0f4a3c9b60'),
      tenantId: asId<TenantId>('0f4b1c2d-8d5a-4c3e-9b21-6a7e8f901234'),
      teamsUserId: '29:1sample',
      name: 'Alex Wilber',
      userPrincipalName: 'alex@fabrikam-it.example',
    },
    askedIn: {
      id: '19:sample@thread.v2',
      kind: 'group-chat',
      serviceUrl: 'https://smba.trafficmanager.net/emea/',
      channelId: 'msteams',
      tenantId: asId<TenantId>('0f4b1c2d-8d5a-4c3e-9b21-6a7e8f901234'),
      botId: '28:sample',
    },
    askedBy: '1764000000000',
    target: {
      customer: {
        id: asId<CustomerId>('9a4e2b70-51c8-4d36-b0f7-e8c35a91d264'),
        name: 'Contoso Bakery',
        domain: 'contosobakery.example',
      },
      user: {
        id: asId<UserId>('c2f1a0b9-3d48-4e5f-9c67-1b2a3d4e5f60'),
        displayName: 'Megan Bowen',
        userPrincipalName: 'megan.bowen@contosobakery.example',
        state: 'active',
        domainType: 'managed',
        synchronised: false,
        roles: [],
      },
    },
    customerInferred: false,
    proposedAt: sampleNow - 60_000,
    confirmBy: sampleNow + 9 * 60_000,
    dueAt: undefined,
    ...changes,
  };
}

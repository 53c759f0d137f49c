/** An error that Partner Center documents or was seen to answer with. */
export type PartnerErrorRow = {
  readonly status: number;
  readonly code: number;
  readonly description: string;
};

/** Every documented error that has a code. https://learn.microsoft.com/partner-center/developer/error-codes */
export const partnerErrorRows: readonly PartnerErrorRow[] = [
  { status: 401, code: 900_421, description: 'The token was not issued with multi-factor authentication.' },
  { status: 401, code: 900_420, description: 'The audience of the token is not valid.' },
  { status: 401, code: 400, description: 'Access denied' },
  { status: 401, code: 800_001, description: 'Partner Token missing in request context' },
  { status: 403, code: 900_329, description: 'The resource doesn&#39;t support application-only authentication' },
  { status: 403, code: 900_308, description: 'Insufficient privileges to complete the operation' },
  { status: 403, code: 900_309, description: 'Access was blocked by Conditional Access' },
  { status: 403, code: 90_000, description: 'Microsoft Entra returned an error during token issuance' },
  { status: 403, code: 2032, description: 'Access denied' },
  { status: 403, code: 20_002, description: 'The partner id has no commerce relationship with the customer id' },
  {
    status: 403,
    code: 900_150,
    description: 'The supplied role does not have the rights to perform the requested operation',
  },
  { status: 404, code: 1000, description: 'Not found' },
  { status: 404, code: 3000, description: 'Not found' },
  { status: 404, code: 60_002, description: 'User object Id is not found' },
  { status: 404, code: 60_003, description: 'Tenant not found' },
  { status: 400, code: 3000, description: 'Invalid property' },
  { status: 400, code: 2000, description: 'Customer search only allows starts with and equals operation.' },
  { status: 400, code: 2001, description: 'Missing input' },
  { status: 400, code: 900_118, description: 'Invalid Customer Id' },
  { status: 400, code: 2055, description: 'Etag is no longer valid' },
  { status: 500, code: 800_003, description: 'Unexpected service error' },
];

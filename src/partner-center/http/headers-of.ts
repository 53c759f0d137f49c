import type { Operation } from './operation.ts';
import type { Transport } from './transport.ts';

/** The headers of one try. Ours win over the operation's own, however those are spelled. */
export function headersOf(transport: Transport, operation: Operation, authorization: string): Record<string, string> {
  const ours: Record<string, string> = {
    Authorization: authorization,
    Accept: 'application/json',
    'MS-RequestId': operation.requestId,
    'MS-CorrelationId': operation.correlationId,
    'X-Locale': operation.locale,
    'MS-Contract-Version': 'v1',
    ...(operation.writeBody === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(transport.applicationName === undefined ? {} : { 'MS-PartnerCenter-Application': transport.applicationName }),
    ...(transport.validateMfa ? { ValidateMfa: 'true' } : {}),
    ...(operation.freshConnection ? { Connection: 'close' } : {}),
  };
  const taken = new Set(Object.keys(ours).map((name) => name.toLowerCase()));
  const others = Object.entries(operation.headers).filter(([name]) => !taken.has(name.toLowerCase()));
  return { ...Object.fromEntries(others), ...ours };
}

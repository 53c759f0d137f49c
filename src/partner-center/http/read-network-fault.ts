import type { Fault } from './fault.ts';

/**
 * What `fetch` threw → whether the request can have left. Only where no connection came about did it certainly not.
 * The error itself goes no further: it may name addresses and headers.
 */
export function readNetworkFault(error: unknown): Fault {
  return isNeverConnected(error)
    ? { code: 'not-connected', effect: 'none', passing: true }
    : { code: 'no-answer', effect: 'unknown', passing: true };
}

function isNeverConnected(error: unknown): boolean {
  try {
    return neverConnected(error);
  } catch {
    // A proxy or the like, which no connection that did not come about throws.
    return false;
  }
}

function neverConnected(error: unknown, depth = 0): boolean {
  if (!Error.isError(error) || depth > 3) {
    return false;
  }
  const syscall = own(error, 'syscall');
  const code = own(error, 'code');
  if (
    syscall === 'connect' ||
    syscall === 'getaddrinfo' ||
    (typeof code === 'string' && codesBeforeSending.has(code))
  ) {
    return true;
  }
  const attempts = own(error, 'errors');
  return Array.isArray(attempts) && attempts.length > 0
    ? attempts.every((attempt) => neverConnected(attempt, depth + 1))
    : neverConnected(own(error, 'cause'), depth + 1);
}

function own(error: Error, name: string): unknown {
  return Object.getOwnPropertyDescriptor(error, name)?.value;
}

const codesBeforeSending: ReadonlySet<string> = new Set([
  'ERR_NEVER_SENT',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

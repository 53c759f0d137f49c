import type { Fault } from './fault.ts';

/**
 * What `fetch` threw → whether the request can have left. Only where no connection came about did it certainly not.
 * The error itself goes no further: it may name addresses and headers.
 */
export function readNetworkFault(error: unknown): Fault {
  return neverConnected(error)
    ? { code: 'not-connected', effect: 'none', passing: true }
    : { code: 'no-answer', effect: 'unknown', passing: true };
}

function neverConnected(error: unknown): boolean {
  if (!Error.isError(error)) {
    return false;
  }
  const code = textOf(error, 'code');
  const happened = textOf(error, 'syscall') === 'connect' || textOf(error, 'syscall') === 'getaddrinfo';
  if (happened || code === 'UND_ERR_CONNECT_TIMEOUT' || certificateCodes.has(code)) {
    return true;
  }
  if (error instanceof AggregateError && error.errors.length > 0) {
    return error.errors.every(neverConnected);
  }
  return neverConnected(error.cause);
}

function textOf(error: Error, name: string): string {
  const value: unknown = Object.getOwnPropertyDescriptor(error, name)?.value;
  return typeof value === 'string' ? value : '';
}

const certificateCodes: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

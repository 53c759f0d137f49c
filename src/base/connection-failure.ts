/** Whether an error of `fetch` or of `node:http` says that no connection was established, so that nothing was sent. Keeps nothing of it. */
export function isNeverConnected(error: unknown): boolean {
  try {
    return neverConnected(error);
  } catch {
    // Reading the error threw, as a Proxy can. A failed connection never gives such an error.
    return false;
  }
}

/** Looks into causes and into the errors of an `AggregateError`, three levels deep. */
function neverConnected(error: unknown, depth = 0): boolean {
  if (!Error.isError(error) || depth > 3) {
    return false;
  }
  const syscall = readOwnProperty(error, 'syscall');
  const code = readOwnProperty(error, 'code');
  if (
    syscall === 'connect' ||
    syscall === 'getaddrinfo' ||
    (typeof code === 'string' && codesBeforeSending.has(code))
  ) {
    return true;
  }
  const attempts = readOwnProperty(error, 'errors');
  return Array.isArray(attempts) && attempts.length > 0
    ? attempts.every((attempt) => neverConnected(attempt, depth + 1))
    : neverConnected(readOwnProperty(error, 'cause'), depth + 1);
}

function readOwnProperty(error: Error, name: string): unknown {
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

import { ListenError, type ListenErrorCode, type ListenSettings } from './listen-error.ts';

/** https://nodejs.org/docs/latest-v24.x/api/errors.html#common-system-errors */
const codes: Readonly<Record<string, ListenErrorCode>> = {
  EADDRINUSE: 'taken',
  EADDRNOTAVAIL: 'no-address',
  ENOTFOUND: 'no-address',
  EAI_AGAIN: 'no-address',
  EACCES: 'not-allowed',
  EPERM: 'not-allowed',
};

/** Listens; what the system refuses leaves as a `ListenError` that knows which settings mend it. */
export async function beginListening<Listening>(
  settings: ListenSettings,
  listen: () => Promise<Listening>,
): Promise<Listening> {
  try {
    return await listen();
  } catch (failure) {
    const systemCode = Error.isError(failure) && 'code' in failure ? String(failure.code) : 'defect';
    throw new ListenError(codes[systemCode] ?? 'unexpected', settings, systemCode);
  }
}

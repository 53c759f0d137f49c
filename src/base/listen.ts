import { readErrorCode } from './errors.ts';

/** Why the process cannot listen at an address. */
export type ListenErrorCode = 'taken' | 'no-address' | 'not-allowed' | 'unexpected';

/** The names of the settings that hold the address. */
export type ListenSettings = { readonly host: 'HOST' | 'METRICS_HOST'; readonly port: 'PORT' | 'METRICS_PORT' };

/** A failure to listen, of the bot's server or of the metrics server. */
export class ListenError extends Error {
  readonly code: ListenErrorCode;
  readonly settings: ListenSettings;
  /** The operating system's code, such as `EADDRINUSE`. */
  readonly systemCode: string;

  constructor(code: ListenErrorCode, settings: ListenSettings, systemCode: string) {
    super(`Nobody can listen at ${settings.host} and ${settings.port}.`);
    this.name = 'ListenError';
    this.code = code;
    this.settings = settings;
    this.systemCode = systemCode;
  }
}

/** https://nodejs.org/docs/latest-v24.x/api/errors.html#common-system-errors */
const listenErrorCodes: Readonly<Record<string, ListenErrorCode>> = {
  EADDRINUSE: 'taken',
  EADDRNOTAVAIL: 'no-address',
  ENOTFOUND: 'no-address',
  EAI_AGAIN: 'no-address',
  EACCES: 'not-allowed',
  EPERM: 'not-allowed',
};

/** Calls `listen`, and turns its failure into a `ListenError` that names the settings to change. */
export async function startListening<Listening>(
  settings: ListenSettings,
  listen: () => Promise<Listening>,
): Promise<Listening> {
  try {
    return await listen();
  } catch (failure) {
    const systemCode = readErrorCode(failure) ?? 'defect';
    throw new ListenError(listenErrorCodes[systemCode] ?? 'unexpected', settings, systemCode);
  }
}

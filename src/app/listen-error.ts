/** Why nobody can listen at an address of ours. */
export type ListenErrorCode = 'taken' | 'no-address' | 'not-allowed' | 'unexpected';

/** The settings that say where. */
export type ListenSettings = { readonly host: 'HOST' | 'METRICS_HOST'; readonly port: 'PORT' | 'METRICS_PORT' };

/** A failure to listen, for the bot or for its metrics. */
export class ListenError extends Error {
  readonly code: ListenErrorCode;
  readonly settings: ListenSettings;
  /** The system's own name of it. */
  readonly systemCode: string;

  constructor(code: ListenErrorCode, settings: ListenSettings, systemCode: string) {
    super(`Nobody can listen at ${settings.host} and ${settings.port}.`);
    this.name = 'ListenError';
    this.code = code;
    this.settings = settings;
    this.systemCode = systemCode;
  }
}

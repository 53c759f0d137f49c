import type { Settings } from './config.ts';

const keepAndCompare =
  'Keep the files of the database and the logs as they are, run "npm run audit -- verify --heads LOG" with the log of the bot, and compare with a backup, or go back to one.';

/** Says in a sentence why the bot did not start, by the setting that mends it where there is one. */
export function explainStartFailure(failure: unknown, settings: Pick<Settings, 'port' | 'host'>): string {
  const code = Error.isError(failure) && 'code' in failure ? String(failure.code) : 'defect';
  switch (code) {
    case 'EADDRINUSE':
      return `PORT ${settings.port} is taken. Set PORT to another one, or end what listens there.`;
    case 'ENOTFOUND':
      return `HOST ${settings.host} is no address of this machine. Set HOST to one that is. (${code})`;
    case 'EACCES':
    case 'EADDRNOTAVAIL':
      return `It may not listen on ${settings.host}:${settings.port}. Set HOST and PORT to what this machine allows. (${code})`;
    case 'wrong-key':
      return 'SEALING_KEY does not open what is sealed in this database. Give the key it was sealed with; it may stand after a comma.';
    case 'audit-beginning-missing':
      return `Somebody removed from the database what says where its audit trail begins. ${keepAndCompare} If nothing else is wrong, the setting audit-check is missing: its value is the "check" of the line audit-chain-begun in the log of the first start.`;
    case 'audit-end-altered':
      return `Somebody changed the end of the audit trail in the database: its head and its last record do not agree. ${keepAndCompare}`;
    case 'ENOENT':
    case 'ENOTDIR':
      return `A file or folder that a setting names is not there. (${code})`;
    case 'unexpected':
      if (Error.isError(failure) && 'databaseCode' in failure && failure.databaseCode === '26') {
        return 'DATABASE_URL names a file that is no database. Name another one, or put a backup in its place.';
      }
      return `${Error.isError(failure) ? failure.message : ''} (${code})`;
    default:
      return `${Error.isError(failure) ? failure.message : 'For a reason nobody foresaw.'} (${code})`;
  }
}

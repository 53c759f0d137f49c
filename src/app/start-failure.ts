import { ListenError, readErrorCode } from '../base/index.ts';
import type { Settings } from '../config/index.ts';
import { StoreError } from '../store/index.ts';

const preserveEvidenceAdvice =
  'Keep the files of the database and the logs as they are, run "npm run audit -- verify --heads LOG" with the log of the bot, and compare with a backup, or go back to one.';

type ListenAddresses = Pick<Settings, 'host' | 'port' | 'metricsHost' | 'metricsPort'>;

/** Says in a sentence why the bot did not start, by the setting that mends it where there is one. */
export function explainStartFailure(failure: unknown, settings: ListenAddresses): string {
  if (failure instanceof ListenError) return explainListenError(failure, settings);
  const code = readErrorCode(failure) ?? 'defect';
  switch (code) {
    case 'wrong-key':
      return 'SEALING_KEY does not open what is sealed in this database. Give the key it was sealed with; it may stand after a comma.';
    case 'audit-beginning-missing':
      return `Somebody removed from the database what says where its audit trail begins. ${preserveEvidenceAdvice} If nothing else is wrong, the setting audit-check is missing: its value is the "check" of the line audit-chain-begun in the log of the first start.`;
    case 'audit-end-altered':
      return `Somebody changed the end of the audit trail in the database: its head and its last record do not agree. ${preserveEvidenceAdvice}`;
    case 'ENOENT':
    case 'ENOTDIR':
      return `A file or folder that a setting names is not there. (${code})`;
    case 'unexpected':
      if (Error.isError(failure) && 'databaseCode' in failure && failure.databaseCode === '26') {
        return 'DATABASE_URL names a file that is no database. Name another one, or put a backup in its place.';
      }
      return `${Error.isError(failure) ? failure.message : ''} (${formatErrorCodes(failure, code)})`;
    default:
      return `${Error.isError(failure) ? failure.message : 'For a reason nobody foresaw.'} (${formatErrorCodes(failure, code)})`;
  }
}

/** Ours, and the database's own where there is one: PostgreSQL's are called SQLSTATE in its documents. */
function formatErrorCodes(failure: unknown, code: string): string {
  if (!(failure instanceof StoreError) || failure.databaseCode === undefined) return code;
  const isSqlState = /^(?=.*\d)[0-9A-Z]{5}$/.test(failure.databaseCode);
  return `${code}, ${isSqlState ? 'SQLSTATE ' : ''}${failure.databaseCode}`;
}

function explainListenError({ code, settings, systemCode }: ListenError, addresses: ListenAddresses): string {
  const [host, port] =
    settings.port === 'PORT' ? [addresses.host, addresses.port] : [addresses.metricsHost, addresses.metricsPort];
  switch (code) {
    case 'taken':
      return `${settings.port} ${port} is taken. Set ${settings.port} to another one, or end what listens there.`;
    case 'no-address':
      return `${settings.host} ${host} is no address of this machine. Set ${settings.host} to one that is. (${systemCode})`;
    case 'not-allowed':
    case 'unexpected':
      return `It may not listen on ${host}:${port}. Set ${settings.host} and ${settings.port} to what this machine allows. (${systemCode})`;
  }
}

import { ListenError, readErrorCode } from '../base/index.ts';
import type { Settings } from '../config/index.ts';
import { StoreError } from '../store/index.ts';
import { startFailureTexts } from '../texts/index.ts';

type ListenAddresses = Pick<Settings, 'host' | 'port' | 'metricsHost' | 'metricsPort'>;

/** SQLite's result code for a file that is no database: https://sqlite.org/rescode.html#notadb */
const sqliteNotADatabase = '26';

/** Says in a sentence why the bot did not start, by the setting to change where there is one. */
export function explainStartFailure(failure: unknown, settings: ListenAddresses): string {
  if (failure instanceof ListenError) return explainListenError(failure, settings);
  const code = readErrorCode(failure) ?? 'defect';
  switch (code) {
    case 'wrong-key':
    case 'audit-beginning-missing':
    case 'audit-chain-missing':
    case 'audit-end-altered':
      return startFailureTexts[code];
    case 'ENOENT':
    case 'ENOTDIR':
      return startFailureTexts.fileMissing(code);
  }
  const databaseCode = failure instanceof StoreError ? failure.databaseCode : undefined;
  if (code === 'unexpected' && databaseCode === sqliteNotADatabase) return startFailureTexts.noDatabase;
  const sentence = Error.isError(failure) ? failure.message : startFailureTexts.unforeseen;
  return `${sentence} (${formatErrorCodes(code, databaseCode)})`;
}

/** Our own code, and the database's where there is one. PostgreSQL's are called SQLSTATE in its documents. */
function formatErrorCodes(code: string, databaseCode: string | undefined): string {
  if (databaseCode === undefined) return code;
  const isSqlState = /^(?=.*\d)[0-9A-Z]{5}$/.test(databaseCode);
  return `${code}, ${isSqlState ? 'SQLSTATE ' : ''}${databaseCode}`;
}

function explainListenError({ code, settings, systemCode }: ListenError, addresses: ListenAddresses): string {
  const [host, port] =
    settings.port === 'PORT' ? [addresses.host, addresses.port] : [addresses.metricsHost, addresses.metricsPort];
  return startFailureTexts.listen[code]({ settings, systemCode, host, port });
}

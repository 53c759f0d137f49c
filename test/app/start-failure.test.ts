import { describe, expect, it } from '@jest/globals';
import { explainStartFailure } from '../../src/app/start-production.ts';
import { ListenError } from '../../src/base/listen.ts';
import { StoreError } from '../../src/store/database/store-error.ts';

const settings = { port: 3978, host: '999.1.1.1', metricsPort: 9464, metricsHost: '888.1.1.1' };
const [bot, metrics] = [
  { host: 'HOST', port: 'PORT' },
  { host: 'METRICS_HOST', port: 'METRICS_PORT' },
] as const;

describe('why the bot does not start', () => {
  it.each([
    [new ListenError('no-address', bot, 'ENOTFOUND'), 'HOST 999.1.1.1 is no address of this machine'],
    [new ListenError('no-address', metrics, 'ENOTFOUND'), 'METRICS_HOST 888.1.1.1 is no address of this machine'],
    [new ListenError('taken', bot, 'EADDRINUSE'), 'PORT 3978 is taken'],
    [new ListenError('taken', metrics, 'EADDRINUSE'), 'METRICS_PORT 9464 is taken'],
    [new ListenError('not-allowed', metrics, 'EACCES'), 'Set METRICS_HOST and METRICS_PORT'],
  ])('names the setting that mends it: %s', (failure, says) => {
    expect(explainStartFailure(failure, settings)).toContain(says);
  });

  it('gives the database’s own code, by the name it has there', () => {
    const says = (failure: StoreError) => explainStartFailure(failure, settings);
    expect(says(new StoreError('not-let-in', '28P01'))).toMatch(/the password .*\(not-let-in, SQLSTATE 28P01\) [A-Z]/);
    expect(says(new StoreError('unreachable', 'ECONNREFUSED'))).toMatch(/\(unreachable, ECONNREFUSED\) [A-Z]/);
    expect(says(new StoreError('no-tls'))).toMatch(/\(no-tls\) [A-Z]/);
  });

  it('says that a file is another user’s', () => {
    const failure = Object.assign(new Error('CANARY'), { code: 'EACCES' });
    const says = explainStartFailure(failure, settings);
    expect(says).toMatch(/^A file or folder .* may not be used by this user\. .*\(EACCES\)$/);
    expect(says).not.toContain('CANARY');
  });

  it('says that a file is no database', () => {
    expect(explainStartFailure(new StoreError('unexpected', '26'), settings)).toContain('a file that is no database');
    expect(explainStartFailure(new StoreError('unexpected', '1'), settings)).toContain('no one foresaw');
  });

  it('says what to keep and to compare where somebody has changed the audit trail', () => {
    for (const code of ['audit-beginning-missing', 'audit-end-altered'] as const) {
      expect(explainStartFailure(new StoreError(code), settings)).toMatch(/Keep .* verify --heads .* backup/);
    }
  });
});

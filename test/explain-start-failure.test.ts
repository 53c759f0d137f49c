import { describe, expect, it } from '@jest/globals';
import { explainStartFailure } from '../src/explain-start-failure.ts';
import { StoreError } from '../src/store/store-error.ts';

const settings = { port: 3978, host: '999.1.1.1' };

describe('why the bot does not start', () => {
  it('names HOST where it is no address', () => {
    const failure = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
    expect(explainStartFailure(failure, settings)).toContain('HOST 999.1.1.1 is no address');
  });

  it('says that a file is no database', () => {
    expect(explainStartFailure(new StoreError('unexpected', '26'), settings)).toContain('a file that is no database');
    expect(explainStartFailure(new StoreError('unexpected', '1'), settings)).toContain('nobody foresaw');
  });

  it('says what to keep and to compare where somebody has changed the audit trail', () => {
    for (const code of ['audit-beginning-missing', 'audit-end-altered'] as const) {
      expect(explainStartFailure(new StoreError(code), settings)).toMatch(/Keep .* verify --heads .* backup/);
    }
  });
});

import { describe, expect, it } from '@jest/globals';
import { StoreError } from '../../src/store/database/store-error.ts';
import { apologyFor } from '../../src/teams/apology-for.ts';

describe('an apology', () => {
  it('says that no password was changed where the store refused to write', () => {
    for (const code of ['full', 'read-only', 'locked'] as const) {
      const text = apologyFor(new StoreError(code), 'R-1');
      expect(text).toContain('no password was changed');
      expect(text).toContain('R-1');
    }
  });

  it('does not claim that where the answer of the store was lost: it may have been written, and done', () => {
    for (const code of ['unreachable', 'unexpected'] as const) {
      const text = apologyFor(new StoreError(code), 'R-1');
      expect(text).not.toContain('no password was changed');
      expect(text).toContain('type status');
    }
  });

  it('claims nothing of the kind for anything else that failed, and tells nothing of it', () => {
    for (const failure of [new TypeError('CANARY-1'), 'CANARY-2', undefined, { name: 'Other', message: 'CANARY-3' }]) {
      const text = apologyFor(failure, 'R-1');
      expect(text).not.toContain('changed');
      expect(text).not.toContain('CANARY');
      expect(text).toContain('R-1');
    }
  });
});

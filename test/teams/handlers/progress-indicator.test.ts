import { beforeEach, describe, expect, it } from '@jest/globals';
import { createLog } from '../../../src/base/log.ts';
import { createProgressIndicator, type ProgressIndicator } from '../../../src/teams/handlers/progress-indicator.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { createHandClock, type HandClock } from '../../support/hand-clock.ts';

const { askedIn } = buildResetRequest();
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the progress indicator', () => {
  let clock: HandClock;
  let progress: ProgressIndicator;
  let said: string[];
  let logged: string[];
  let refuses: boolean;

  beforeEach(() => {
    clock = createHandClock();
    said = [];
    logged = [];
    refuses = false;
    progress = createProgressIndicator({
      clock,
      messages: {
        reply: (_conversation, text) => {
          said.push(text);
          return refuses ? Promise.reject(new Error('no')) : Promise.resolve();
        },
      },
      newReference: () => 'R-1',
      log: createLog({ write: (line) => logged.push(line), clock, level: 'debug' }),
    });
  });

  describe('with the work of a message', () => {
    it('waits for what is done in time, and fails as it does', async () => {
      await expect(
        progress.runWithinTurn(askedIn, clock.now() + 9000, () => Promise.resolve()),
      ).resolves.toBeUndefined();
      await expect(
        progress.runWithinTurn(askedIn, clock.now() + 9000, () => Promise.reject(new Error('broken'))),
      ).rejects.toThrow('broken');
      expect(clock.waits).toStrictEqual([]);
      expect(said).toStrictEqual([]);
    });

    it('lets the turn end after nine seconds, and the work go on', async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      let over = false;
      const turn = progress
        .runWithinTurn(askedIn, clock.now() + 9000, () => promise)
        .finally(() => {
          over = true;
        });
      clock.advance(8999);
      await settled();
      expect(over).toBe(false);
      clock.advance(1);
      await turn;
      let rests = false;
      const resting = progress.drain().finally(() => {
        rests = true;
      });
      await settled();
      expect(rests).toBe(false);
      resolve();
      await resting;
      expect(said).toStrictEqual([]);
    });

    it('says in a sentence with a reference that work failed after its turn', async () => {
      const { promise, reject } = Promise.withResolvers<void>();
      const turn = progress.runWithinTurn(askedIn, clock.now() + 9000, () => promise);
      clock.advance(9000);
      await turn;
      reject(new Error('CANARY-secret'));
      await progress.drain();
      expect(said).toStrictEqual([expect.stringContaining('R-1')]);
      expect(logged.join('')).toContain('R-1');
      expect([...said, ...logged].join('')).not.toContain('CANARY');
    });

    it('does not fail if that cannot be sent either', async () => {
      refuses = true;
      progress.runInBackground(askedIn, Promise.reject(new Error('broken')));
      await expect(progress.drain()).resolves.toBeUndefined();
      expect(logged.join('')).toContain('not-said');
    });
  });

  describe('with a search', () => {
    it('says nothing of one that takes less than two seconds', async () => {
      const search = progress.start(askedIn);
      clock.advance(1999);
      await search.stop();
      clock.advance(60_000);
      expect(said).toStrictEqual([]);
    });

    it.each([
      [undefined, undefined, 'I am still looking, and will answer here when I am done.'],
      [12_000, undefined, 'So far I have read 12,000 people of this customer.'],
      [12_000, 100_000, 'So far I have read 12,000 of 100,000 people of this customer.'],
    ])('says once how far it is after %s of %s', async (read, total, sentence) => {
      const search = progress.start(askedIn);
      if (read !== undefined) search.report(read, total);
      clock.advance(2000);
      search.report(50_000, total);
      clock.advance(60_000);
      await search.stop();
      expect(said).toStrictEqual([expect.stringContaining(sentence)]);
    });
  });
});

import { describe, expect, it } from '@jest/globals';
import { runModel } from './run-model.ts';

describe('whatever is pressed, fails, dies and takes its time', () => {
  it('leaves one password, delivered and hidden, or none at all', async () => {
    expect(await runModel({ sequences: 30, seed: 20_260_701 })).toBeGreaterThan(150);
  }, 120_000);
});

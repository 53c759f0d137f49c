import { describe, expect, it } from '@jest/globals';
import { createHeadLog } from '../../src/audit/head-log.ts';
import { readHeadsInLine } from '../../src/audit/printed-heads.ts';
import { createLog } from '../../src/base/log.ts';
import type { AuditHead } from '../../src/store/audit-log/chain-head.ts';
import { createHandClock } from '../support/hand-clock.ts';

const hash = (digit: string): string => digit.repeat(64);

/** Resolves when whatever waits for nothing from outside is done. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

async function build(first: AuditHead | undefined) {
  const clock = createHandClock();
  const lines: string[] = [];
  let head: AuditHead | 'unreachable' | undefined = first;
  const heads = createHeadLog({
    head: () => (head === 'unreachable' ? Promise.reject(new Error('no database')) : Promise.resolve(head)),
    clock,
    log: createLog({ write: (line) => lines.push(line), clock, level: 'info' }),
  });
  await heads.start();
  return {
    clock,
    heads,
    lines,
    set: (next: AuditHead | 'unreachable') => {
      head = next;
    },
    printed: () => lines.map((line) => readHeadsInLine(line).heads[0]?.number),
  };
}

describe('the heads in the log', () => {
  it('are printed at start and at stop', async () => {
    const { heads, lines, printed } = await build({ number: 7, hash: hash('a') });
    expect(lines).toStrictEqual([
      `{"at":"2023-11-14T22:13:20.000Z","level":"info","event":"audit-head","number":7,"hash":"${hash('a')}"}\n`,
    ]);
    await heads.stop();
    expect(printed()).toStrictEqual([7, 7]);
  });

  it('are printed again after five minutes where something was written since', async () => {
    const { clock, heads, printed, set } = await build({ number: 7, hash: hash('a') });
    clock.advance(5 * 60_000);
    await settled();
    expect(printed()).toStrictEqual([7]);
    set({ number: 8, hash: hash('b') });
    clock.advance(5 * 60_000 - 1);
    await settled();
    expect(printed()).toStrictEqual([7]);
    clock.advance(1);
    await settled();
    expect(printed()).toStrictEqual([7, 8]);
    await heads.stop();
  });

  it('are printed soon where a trail begins, and once only', async () => {
    const { clock, heads, printed, set } = await build(undefined);
    heads.wrote(1);
    clock.advance(1000);
    await settled();
    // That transaction failed.
    expect(printed()).toStrictEqual([]);
    heads.wrote(1);
    set({ number: 1, hash: hash('a') });
    heads.wrote(1);
    clock.advance(1000);
    await settled();
    expect(printed()).toStrictEqual([1]);
    set({ number: 3, hash: hash('b') });
    heads.wrote(2);
    clock.advance(1000);
    await settled();
    expect(printed()).toStrictEqual([1]);
    await heads.stop();
    expect(printed()).toStrictEqual([1, 3]);
    heads.wrote(1);
    clock.advance(1000);
    await settled();
    expect(printed()).toStrictEqual([1, 3]);
  });

  it('are printed after a hundred records of this process, and not before', async () => {
    const { heads, printed, set } = await build(undefined);
    set({ number: 99, hash: hash('c') });
    heads.wrote(60);
    heads.wrote(39);
    await settled();
    expect(printed()).toStrictEqual([]);
    heads.wrote(1);
    await settled();
    expect(printed()).toStrictEqual([99]);
    await heads.stop();
    expect(printed()).toStrictEqual([99, 99]);
  });

  it('are left out while the database cannot be reached, and nothing else fails for that', async () => {
    const { heads, lines, set } = await build({ number: 7, hash: hash('a') });
    set('unreachable');
    await heads.stop();
    expect(lines.at(-1)).toContain('"event":"audit-head-unreadable"');
  });
});

import { describe, expect, it } from '@jest/globals';
import { createHeadLog, readHeadsInLine } from '../../src/audit/printed-heads.ts';
import { createLog } from '../../src/base/log.ts';
import type { AuditHead } from '../../src/store/audit-trail/chain-head.ts';
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

const printedHash = 'a'.repeat(64);
const at = '2026-07-01T10:00:00.000Z';
const event = (number: unknown, rest: object = { hash: printedHash }) => ({
  at,
  level: 'info',
  event: 'audit-head',
  number,
  ...rest,
});
const line = JSON.stringify(event(20));
const head = { number: 20, hash: printedHash, at: Date.parse(at) };
/** The text as a text of JSON, so many times over. */
const wrap = (text: string, times: number): string =>
  times === 0 ? text : wrap(JSON.stringify({ log: text }), times - 1);

describe('a line of the log', () => {
  it.each([
    ['as the bot prints it', line],
    ['behind what a collector writes', `2026-07-01 bot {x} "y | ${line}\r`],
    ['behind an object of the collector', `{"pod":"a"} ${line} {"more":1}`],
    ['in an object with a number of its own', JSON.stringify({ number: 7, hash: 'b'.repeat(64), msg: event(20) })],
    ['in a list of an object', JSON.stringify({ records: [{ number: 7 }, { properties: event(20) }] })],
    [
      'in a text of an object with a number of its own',
      JSON.stringify({ number: 7, log: `${line}\n`, stream: 'stdout' }),
    ],
    ['in a text of a text', wrap(line, 2)],
    ['in a text of a text of a text of a text', wrap(line, 4)],
    ['escaped, outside of any object', `time=x msg=${JSON.stringify(line)} number=7`],
    ['escaped twice, outside of any object', `msg=${JSON.stringify(JSON.stringify(line))}`],
    ['with a number that was made a text', JSON.stringify(event('20'))],
    ['with other names first', JSON.stringify({ hash: printedHash, number: 20, event: 'audit-head', at })],
  ])('gives the head: %s', (_what, text) => {
    expect(readHeadsInLine(text)).toStrictEqual({ heads: [head], isUnread: false });
  });

  it('gives each of the heads that stand in it', () => {
    const other = JSON.stringify(event(21));
    for (const text of [`${line}${other}`, `[${line},${other}]`, JSON.stringify({ a: line, b: { c: other } })]) {
      expect(readHeadsInLine(text)).toStrictEqual({ heads: [head, { ...head, number: 21 }], isUnread: false });
    }
  });

  it('gives a head without its time where there is none', () => {
    const { at: _at, ...bare } = event(20);
    expect(readHeadsInLine(JSON.stringify(bare)).heads).toStrictEqual([{ number: 20, hash: printedHash }]);
  });

  it.each([
    ['cut short', line.slice(0, -10)],
    ['with half a hash', JSON.stringify(event(20, { hash: 'a'.repeat(63) }))],
    ['without a hash', JSON.stringify(event(20, {}))],
    ['with a number that is none', JSON.stringify(event(2.5))],
    [
      'with a number and a hash elsewhere',
      JSON.stringify({ event: 'audit-head', fields: { number: 20, hash: printedHash } }),
    ],
    ['written another way', `event=audit-head number=20 hash=${printedHash}`],
    ['beside one that can be read', `${line} ${JSON.stringify(event(0))}`],
    ['in more texts than anybody makes', wrap(line, 9)],
  ])('says that it names a head that cannot be read: %s', (_what, text) => {
    expect(readHeadsInLine(text).isUnread).toBe(true);
  });

  it.each(['', 'nothing', '{"event":"audit-head-unreadable"}', '{"event":"step","number":20}', '{'])(
    'is none of the trail: %j',
    (text) => {
      expect(readHeadsInLine(text)).toStrictEqual({ heads: [], isUnread: false });
    },
  );

  it('is read in good time, however many braces are in it', () => {
    const begin = performance.now();
    expect(readHeadsInLine(`${'{'.repeat(100_000)}audit-head`)).toStrictEqual({ heads: [], isUnread: true });
    expect(readHeadsInLine(`${'{"a":'.repeat(100_000)}"audit-head"${'}'.repeat(100_000)}`).isUnread).toBe(true);
    expect(performance.now() - begin).toBeLessThan(10_000);
  });
});

import { describe, expect, it } from '@jest/globals';
import { readHeadsInLine } from '../../src/audit/printed-heads.ts';

const hash = 'a'.repeat(64);
const at = '2026-07-01T10:00:00.000Z';
const event = (number: unknown, rest: object = { hash }) => ({
  at,
  level: 'info',
  event: 'audit-head',
  number,
  ...rest,
});
const line = JSON.stringify(event(20));
const head = { number: 20, hash, at: Date.parse(at) };
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
    ['with other names first', JSON.stringify({ hash, number: 20, event: 'audit-head', at })],
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
    expect(readHeadsInLine(JSON.stringify(bare)).heads).toStrictEqual([{ number: 20, hash }]);
  });

  it.each([
    ['cut short', line.slice(0, -10)],
    ['with half a hash', JSON.stringify(event(20, { hash: 'a'.repeat(63) }))],
    ['without a hash', JSON.stringify(event(20, {}))],
    ['with a number that is none', JSON.stringify(event(2.5))],
    ['with a number and a hash elsewhere', JSON.stringify({ event: 'audit-head', fields: { number: 20, hash } })],
    ['written another way', `event=audit-head number=20 hash=${hash}`],
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

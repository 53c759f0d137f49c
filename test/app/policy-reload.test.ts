import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openPolicyFile, type PolicyFile, sandboxPolicy } from '../../src/app/watch-policy-file.ts';
import { createLog } from '../../src/base/log.ts';
import type { Alarm } from '../../src/reset/alarm.ts';
import { hashPolicy } from '../../src/reset/policy/policy.ts';
import { createHandClock, type HandClock } from '../support/hand-clock.ts';

const good = JSON.stringify({ ticket: 'required' });

describe('the policy file', () => {
  let folder: string;
  let path: string;
  let clock: HandClock;
  let lines: string[];
  let alarms: Alarm[];
  let opened: PolicyFile | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'locksmith-policy-'));
    path = join(folder, 'policy.json');
    clock = createHandClock();
    lines = [];
    alarms = [];
    opened = undefined;
    writeFileSync(path, good);
  });

  afterEach(async () => {
    await opened?.stop();
    expect(clock.waits).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  const open = async (): Promise<PolicyFile> => {
    const log = createLog({ write: (line) => lines.push(line), clock, level: 'info' });
    opened = await openPolicyFile({
      path,
      builtIn: sandboxPolicy,
      clock,
      log,
      raiseAlarm: (alarm) => alarms.push(alarm),
    });
    return opened;
  };
  /** One look at the file, to its end. */
  const look = async (): Promise<void> => {
    clock.advance(1000);
    await clock.waiting(() => true);
  };
  const looks = async (times: number): Promise<void> => {
    for (let done = 0; done < times; done += 1) await look();
  };

  it('is in force as it stands at the start, and its hash is in the log', async () => {
    const file = await open();
    expect(file.policy()).toMatchObject({ ticket: 'required', approval: sandboxPolicy.approval });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'info', event: 'policy-read', policy: hashPolicy(file.policy()) },
    ]);
  });

  it.each([
    ['{ "tecknicians": [], "ticket": "maybe" }', ['tecknicians', 'ticket']],
    ['{', ['the whole file']],
  ])('that is bad at the start keeps the bot from starting, every problem named: %s', async (text, paths) => {
    writeFileSync(path, text);
    const failure = await open().then(
      () => '',
      (error: unknown) => String(error),
    );
    for (const one of paths) expect(failure).toContain(`${one}: `);
  });

  it('that is not there keeps the bot from starting', async () => {
    rmSync(path);
    await expect(open()).rejects.toMatchObject({ code: 'bad-policy-file' });
  });

  it('is in force within three seconds after it was changed, by writing or by moving another into its place', async () => {
    const file = await open();
    writeFileSync(path, JSON.stringify({ ticket: 'off' }));
    await looks(3);
    expect(file.policy().ticket).toBe('off');
    expect(lines.join('')).toContain('"policy-changed"');
    expect(lines.join('')).toContain(hashPolicy(file.policy()));
    writeFileSync(`${path}.new`, JSON.stringify({ ticket: 'optional' }));
    renameSync(`${path}.new`, path);
    await looks(3);
    expect(file.policy().ticket).toBe('optional');
    expect(alarms).toEqual([]);
  });

  it('that becomes bad leaves the good one in force, and says every problem once, in the log and in an alarm', async () => {
    const file = await open();
    writeFileSync(path, '{ "limits": { "perUserPerDay": 0 }, "aprovers": ["*"] }');
    await looks(6);
    expect(file.policy().ticket).toBe('required');
    expect(alarms).toEqual([
      {
        kind: 'bad-policy-file',
        problems: ['limits.perUserPerDay: has to be 1 or more', expect.stringMatching(/^aprovers: /)],
      },
    ]);
    expect(lines.filter((line) => line.includes('policy-refused'))).toHaveLength(1);
    expect(lines.join('')).toContain('limits.perUserPerDay: has to be 1 or more; aprovers: ');
  });

  it('that is taken away leaves the good one in force, and is read again when it is back', async () => {
    const file = await open();
    rmSync(path);
    await looks(3);
    expect(file.policy().ticket).toBe('required');
    expect(alarms).toEqual([{ kind: 'bad-policy-file', problems: ['the whole file: cannot be read'] }]);
    writeFileSync(path, JSON.stringify({ ticket: 'off' }));
    await looks(3);
    expect(file.policy().ticket).toBe('off');
  });

  it('is not looked at any more once it is let go, even in the middle of a look', async () => {
    const file = await open();
    clock.advance(1000);
    await file.stop();
    expect(clock.waits).toEqual([]);
  });

  it('is not judged while it is being written', async () => {
    const file = await open();
    writeFileSync(path, '{ "ticket"');
    await look();
    writeFileSync(path, '{ "ticket": "off" }');
    await looks(2);
    expect(file.policy().ticket).toBe('off');
    expect(alarms).toEqual([]);
  });
});

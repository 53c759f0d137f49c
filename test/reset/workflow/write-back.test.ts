import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { WriteBack, WriteBackState } from '../../../src/reset/ports/graph-actions.ts';
import { findWaiting } from '../../../src/reset/workflow/waiting.ts';
import { buildGraphFinding } from '../../support/graph-findings.ts';
import { trouble } from '../../support/pretend-partner.ts';
import {
  askedIn,
  createResetWorld,
  type Process,
  type ResetWorld,
  robin,
  said,
  target,
} from '../../support/reset-world.ts';
import { closeUnbroken } from '../../support/started-world.ts';

const second = 1000;
const minute = 60 * second;
type Begun = Awaited<ReturnType<WriteBack['begin']>>;

/** A pretend write-back: what it answers next, and every password that it was given. */
function playWriteBack() {
  const begun: string[] = [];
  const polled: string[] = [];
  const begins: (Begun | Promise<Begun>)[] = [];
  let state: WriteBackState | (() => WriteBackState) = { kind: 'succeeded' };
  const writeBack: WriteBack = {
    async begin(_operation, password) {
      begun.push(password.reveal((text) => text));
      return (await begins.shift()) ?? { kind: 'accepted', location: `operation-${begun.length}` };
    },
    poll(_operation, location) {
      polled.push(location);
      return Promise.resolve(typeof state === 'function' ? state() : state);
    },
  };
  return {
    writeBack,
    begun,
    polled,
    next: (...given: (Begun | Promise<Begun>)[]) => begins.push(...given),
    become: (now: WriteBackState | (() => WriteBackState)) => {
      state = now;
    },
  };
}

describe('a synchronised user, where the policy says writeback', () => {
  let played: ReturnType<typeof playWriteBack>;
  let world: ResetWorld;
  let process: Process;

  beforeEach(async () => {
    played = playWriteBack();
    world = await createResetWorld({ writeBack: played.writeBack, policy: { synchronisedUsers: 'writeback' } });
    world.partner.change({ synchronised: true });
    world.partner.tellGraph(buildGraphFinding({ isSynchronised: true }));
    process = world.boot('first');
    process.resets.start();
  });

  afterEach(async () => {
    expect(world.partner.tries).toEqual([]);
    expect(world.chats.broken).toEqual([]);
    expect(new Set(played.begun).size).toBeLessThanOrEqual(1);
    await closeUnbroken(world);
  });

  async function press() {
    const { id } = await world.ask(process);
    const confirmed = await process.resets.confirm(id, robin, said);
    if (confirmed.kind === 'begun') confirmed.done.catch(() => undefined);
    await world.settle();
    return id;
  }

  it('gets the password through Graph, and it is delivered once the operation has succeeded', async () => {
    const id = await press();
    expect((await world.stands(id)).state).toBe('delivered');
    expect(world.chats.delivered).toEqual(played.begun);
    const trail = (await world.readTrail()).map(({ kind }) => kind);
    expect(trail.indexOf('write-back-accepted')).toBeGreaterThan(trail.indexOf('try-started'));
    expect(trail.indexOf('write-back-accepted')).toBeLessThan(trail.indexOf('delivery-begun'));
  });

  it('is polled until it has succeeded, without a second operation, and the card says what it waits for', async () => {
    played.become({ kind: 'running' });
    const id = await press();
    await world.pass(40 * second);
    expect(await world.stands(id)).toMatchObject({ state: 'resetting', writeBack: { location: 'operation-1' } });
    expect(world.chats.delivered).toEqual([]);
    played.become({ kind: 'succeeded' });
    await world.pass(30 * second);
    expect((await world.stands(id)).state).toBe('delivered');
    expect(played.begun).toHaveLength(1);
  });

  it('is refused where the local directory refuses it, and nothing is delivered', async () => {
    played.become({ kind: 'failed', trouble: { ...trouble('write-back-failed'), detail: 'PolicyViolation' } });
    const id = await press();
    expect(await world.stands(id)).toMatchObject({
      state: 'refused',
      refusal: { kind: 'partner-center', trouble: { code: 'write-back-failed', detail: 'PolicyViolation' } },
    });
    expect(world.chats.delivered).toEqual([]);
  });

  it('is refused after it ran for a while as well: the one operation has said so', async () => {
    played.become({ kind: 'running' });
    const id = await press();
    await world.pass(40 * second);
    played.become({ kind: 'failed', trouble: trouble('write-back-failed') });
    await world.pass(30 * second);
    expect((await world.stands(id)).state).toBe('refused');
  });

  it('is unclear after five minutes, and the password is delivered as one that may be in force', async () => {
    played.become({ kind: 'running' });
    const id = await press();
    await world.pass(7 * minute);
    expect(await world.stands(id)).toMatchObject({ attention: { kind: 'unclear' } });
    expect(world.chats.delivered).toEqual(played.begun);
    expect(played.begun).toHaveLength(1);
  });

  it('is polled on by another process after the first one died, with the address that was kept', async () => {
    played.become({ kind: 'running' });
    const id = await press();
    process.power.cut();
    world.boot('second').resets.start();
    await world.pass(60 * second);
    played.become({ kind: 'succeeded' });
    await world.pass(60 * second);
    expect((await world.stands(id)).state).toBe('delivered');
    expect(played.begun).toHaveLength(1);
    expect(new Set(played.polled)).toEqual(new Set(['operation-1']));
  });

  it('is asked for again with the same password alone where the answer was lost', async () => {
    played.next({ kind: 'unknown', trouble: trouble('graph-unknown-result') });
    const id = await press();
    await world.pass(20 * second);
    expect((await world.stands(id)).state).toBe('delivered');
    expect(played.begun).toHaveLength(2);
    expect(new Set(played.begun).size).toBe(1);
  });

  it('is asked for again with the same password where the process died before the answer', async () => {
    played.next(new Promise(() => undefined));
    const id = await press();
    process.power.cut();
    world.boot('second').resets.start();
    await world.pass(2 * minute);
    expect((await world.stands(id)).state).toBe('delivered');
    expect(played.begun).toHaveLength(2);
  });

  it('needs attention where a refusal comes after a lost answer', async () => {
    played.next(
      { kind: 'unknown', trouble: trouble('graph-unknown-result') },
      { kind: 'refused', trouble: trouble('graph-password-refused') },
    );
    const id = await press();
    await world.pass(20 * second);
    expect(await world.stands(id)).toMatchObject({ attention: { kind: 'unclear' } });
  });

  it('is written back where the policy says it of their customer alone, and refused where of another one', async () => {
    const writeBack = { synchronisedUsers: 'writeback' } as const;
    world.change({ synchronisedUsers: 'deny', customers: { [target.customer.id]: writeBack } });
    const id = await press();
    expect((await world.stands(id)).state).toBe('delivered');
    expect(played.begun).toHaveLength(1);
    world.change({ customers: { '0a1b2c3d-0000-4000-8000-0000000000ff': writeBack } });
    const text = 'reset password for Ann Lee at Contoso Bikes';
    const proposal = await process.resets.propose({
      technician: robin,
      conversation: askedIn,
      activityId: 'f:elsewhere',
      text,
    });
    expect(proposal).toMatchObject({ kind: 'refused', request: { refusal: { kind: 'synchronised' } } });
  });

  it('stays on its way where the policy changes after the first attempt', async () => {
    played.next({ kind: 'unknown', trouble: trouble('graph-unknown-result') });
    const id = await press();
    world.change({ synchronisedUsers: 'warn' });
    await world.pass(20 * second);
    expect((await world.stands(id)).state).toBe('delivered');
    expect(played.begun).toHaveLength(2);
  });

  it('is polled less and less often, and its card and its trail are not filled', async () => {
    played.become({ kind: 'running' });
    await press();
    const before = world.journal.filter((one) => one === 'put card').length;
    await world.pass(4 * minute);
    expect(played.polled.length).toBeGreaterThan(8);
    expect(played.polled.length).toBeLessThan(18);
    const running = (await world.readTrail()).filter(({ kind }) => kind === 'write-back-running');
    expect(running.length).toBeLessThan(12);
    expect(world.journal.filter((one) => one === 'put card').length - before).toBeLessThan(4);
  });

  it('is polled as late as Graph asks for', async () => {
    played.become({ kind: 'running', retryAfterMilliseconds: 20 * second });
    await press();
    await world.pass(18 * second);
    expect(played.polled).toHaveLength(1);
    await world.pass(4 * second);
    expect(played.polled).toHaveLength(2);
  });

  it('is unclear where the local directory took the password and the cloud did not', async () => {
    played.become({ kind: 'half-done', trouble: trouble('write-back-half-done') });
    const id = await press();
    expect(await world.stands(id)).toMatchObject({ attention: { kind: 'unclear' } });
    expect(world.chats.delivered).toEqual(played.begun);
  });

  it.each<[how: string, say: (password: string) => string]>([
    ['whole', (password) => `refused: ${password}`],
    ['in other case', (password) => `refused: ${password.toUpperCase()}`],
    ['as an address has it', (password) => `refused: ${encodeURIComponent(password)}&x=1`],
    ['with each character escaped', (password) => [...password].map((sign) => `&#${sign.charCodeAt(0)};`).join('')],
    ['where the text would be cut', (password) => `${'x'.repeat(290)}${password} and more`],
    ['cut by Graph itself', (password) => `refused: ${password.slice(0, 6)}`],
  ])('never keeps what Graph says of a failure where the password stands in it: %s', async (_how, say) => {
    played.become(() => ({
      kind: 'failed',
      trouble: { ...trouble('write-back-failed'), detail: say(played.begun[0] ?? '') },
    }));
    const id = await press();
    const { refusal } = await world.stands(id);
    expect(refusal).toMatchObject({ trouble: { code: 'write-back-failed' } });
    expect(refusal).not.toHaveProperty('trouble.detail');
  });

  it('keeps the first part of what Graph says of a failure for the card, and none of it in the trail or the log', async () => {
    const said = `SSPR_0029: ${'Your organization has not set this up. '.repeat(20)}`;
    played.become({ kind: 'failed', trouble: { ...trouble('write-back-failed'), detail: said } });
    const id = await press();
    const { refusal, tries } = await world.stands(id);
    expect(refusal).toMatchObject({ trouble: { code: 'write-back-failed', detail: said.slice(0, 300) } });
    expect([JSON.stringify([tries, await world.readTrail()]), ...world.logged].join('\n')).not.toContain('SSPR_0029');
  });

  const throttled: Begun = {
    kind: 'not-tried',
    trouble: { ...trouble('graph-throttled'), httpStatus: 429 },
    retryAfterMilliseconds: 60 * second,
  };
  const silent: Begun = { kind: 'unknown', trouble: { ...trouble('graph-unknown-result'), httpStatus: 503 } };
  it.each([
    ['throttled', throttled, 'graph-throttled'],
    ['silent', silent, 'graph-outage'],
  ] as const)('waits for Microsoft Graph, and not for Partner Center, where it is %s', async (_how, answer, kind) => {
    played.next(...Array.from({ length: 6 }, () => answer));
    const id = await press();
    await world.pass(15 * second);
    expect(findWaiting(await world.stands(id), world.clock.now())?.kind).toBe(kind);
  });

  it('is not written back where Graph calls the account one of the cloud', async () => {
    world.partner.tellGraph(buildGraphFinding({ isSynchronised: false }));
    const proposal = await process.resets.propose({
      technician: robin,
      conversation: askedIn,
      activityId: 'f:asked',
      text: 'reset password for Ann Lee at Contoso Bikes',
    });
    expect(proposal).toMatchObject({ kind: 'refused', request: { refusal: { kind: 'synchronised' } } });
    expect(played.begun).toEqual([]);
  });

  it('is refused as synchronised where the customer has not consented', async () => {
    world.partner.tellGraph({ kind: 'not-asked' });
    const proposal = await process.resets.propose({
      technician: robin,
      conversation: askedIn,
      activityId: 'f:asked',
      text: 'reset password for Ann Lee at Contoso Bikes',
    });
    expect(proposal).toMatchObject({ kind: 'refused', request: { refusal: { kind: 'synchronised' } } });
    expect(played.begun).toEqual([]);
  });
});

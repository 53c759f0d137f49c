import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/base/secret.ts';
import type { MakeAccessPass, SignOut } from '../../../src/reset/ports/graph-actions.ts';
import { createTrailCheck } from '../../crash/check-trail.ts';
import { createResetWorld, robin, said } from '../../support/reset-world.ts';

const followUps = { signOut: 'allow', accessPass: 'allow' } as const;
const pass = 'CANARY-PASS-1';

/** Has a reset delivered, kills the process at a call of the press, and lets another one go on. Says what came of it. */
async function die(
  button: 'signOut' | 'getAccessPass',
  at: { readonly call: number; readonly when: 'before' | 'after' },
) {
  const sent: string[] = [];
  const signOut: SignOut = () => {
    sent.push('revocation');
    return Promise.resolve({ kind: 'done' });
  };
  const accessPass: MakeAccessPass = ({ replaces }) => {
    sent.push(replaces ? 'another pass' : 'pass');
    return Promise.resolve({ kind: 'made', pass: new Secret(pass), lifetimeInMinutes: 60 });
  };
  const world = await createResetWorld({ signOut, accessPass, policy: { followUps } });
  try {
    const first = world.boot('first');
    const { id } = await world.ask(first);
    const confirmed = await first.resets.confirm(id, robin, said);
    if (confirmed.kind === 'begun') await confirmed.done;
    const before = first.power.calls;
    first.power.cutAt(before + at.call, at.when);
    let isAnswered = false;
    void first.resets[button](id, robin).then(
      () => (isAnswered = true),
      () => undefined,
    );
    await world.settle();
    const calls = first.power.calls - before;
    first.power.cut();
    const atDeath = sent.length;
    const second = world.boot('second');
    second.resets.start();
    await world.pass(60_000);
    const unasked = sent.length - atDeath;
    const pressed = await second.resets[button](id, robin);
    await world.pass(2000);
    const shown = world.chats.shown();
    await second.resets.acknowledge(id, robin);
    await world.settle();
    const stands = await world.stands(id);
    const trail = createTrailCheck(world.url.reveal((url) => url));
    const wrongInTrail = await trail.check([]);
    await trail.close();
    return {
      isAnswered,
      calls,
      sent,
      unasked,
      pressed,
      shown,
      hidden: world.chats.shown(),
      stands,
      leaks: (await world.readEverySink()).includes('CANARY'),
      broken: world.chats.broken,
      passwords: world.made.length,
      wrongInTrail,
    };
  } finally {
    await world.close();
  }
}

describe.each(['signOut', 'getAccessPass'] as const)('a process that is killed at any call of %s', (button) => {
  it('sends it once for one press, shows what it has, and leaves nothing after the hiding', async () => {
    const whole = await die(button, { call: 1000, when: 'before' });
    expect(whole.isAnswered).toBe(true);
    expect(whole.calls).toBeGreaterThan(4);
    let deaths = 0;
    for (let call = 1; call <= whole.calls; call += 1) {
      for (const when of ['before', 'after'] as const) {
        const { sent, unasked, pressed, shown, hidden, leaks, broken, passwords, stands, wrongInTrail } = await die(
          button,
          {
            call,
            when,
          },
        );
        deaths += 1;
        // No one goes on with it by themself, and the press after the death tells of what is unclear before it makes another.
        expect({ call, when, unasked, sent: sent.length <= 1, passwords }).toEqual({
          call,
          when,
          unasked: 0,
          sent: true,
          passwords: 1,
        });
        expect(pressed.kind).toBe('pressed');
        if (button === 'getAccessPass') {
          const isMade = pressed.kind === 'pressed' && pressed.outcome.outcome === 'made';
          expect(JSON.stringify(shown).includes(pass)).toBe(isMade);
          expect(stands.accessPass?.sealed).toBeUndefined();
        }
        expect(JSON.stringify(hidden)).not.toContain('CANARY');
        expect(leaks).toBe(false);
        expect(broken).toEqual([]);
        expect(wrongInTrail).toEqual([]);
      }
    }
    expect(deaths).toBe(2 * whole.calls);
  }, 120_000);
});

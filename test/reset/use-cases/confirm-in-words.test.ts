import nodeProcess from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type UserId } from '../../../src/base/ids.ts';
import type { Finding } from '../../../src/reset/ports/partner-center.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import {
  askedIn,
  createResetWorld,
  type Process,
  type ResetWorld,
  robin,
  sam,
  target,
} from '../../support/reset-world.ts';

describe('what a sentence says of the caller', () => {
  let world: ResetWorld;
  let process: Process;
  let said = 0;

  beforeEach(async () => {
    world = await createResetWorld();
    process = world.boot('first');
  });
  afterEach(() => world.close());

  const ask = async (
    facts: { readonly verification?: string; readonly ticket?: string },
    user = target.user,
  ): Promise<ResetRequest> => {
    const finding: Finding = { kind: 'found', target: { ...target, user }, customerInferred: false, facts };
    world.partner.find(finding);
    said += 1;
    const asking = { technician: robin, conversation: askedIn, activityId: `f:said-${said}`, text: 'x' };
    const proposal = await process.resets.propose(asking);
    if (proposal.kind !== 'proposed') throw new Error(`not proposed: ${proposal.kind}`);
    await process.resets.rememberCard(proposal.request.id, world.chats.postCard());
    return proposal.request;
  };
  const nothing = { verification: '', ticket: '' };

  it('is kept with the request, over a restart, and counts at the press', async () => {
    const { id } = await ask({ verification: 'In person', ticket: '4711' });
    process.power.cut();
    process = world.boot('second');
    await expect(process.resets.confirm(id, robin, nothing)).resolves.toMatchObject({ kind: 'begun' });
    await expect(world.stands(id)).resolves.toMatchObject({ proof: { verification: 'In person', ticket: '4711' } });
  });

  it('yields to an input that is there', async () => {
    const { id } = await ask({ verification: 'In person', ticket: '4711' });
    await process.resets.confirm(id, robin, { verification: 'Authenticator approval', ticket: '' });
    await expect(world.stands(id)).resolves.toMatchObject({
      proof: { verification: 'Authenticator approval', ticket: '4711' },
    });
  });

  it('is missing at the press where the policy has the method no more, and the card shows that', async () => {
    const { id } = await ask({ verification: 'In person' });
    world.change({ verification: { required: true, methods: ['Called back'] } });
    await expect(process.resets.confirm(id, robin, nothing)).resolves.toStrictEqual({
      kind: 'proof-lacking',
      lack: 'verification-missing',
    });
    await process.resets.refreshStatedCard(id);
    expect(world.journal.at(-1)).toBe('put card');
    await expect(process.resets.confirm(id, robin, { ...nothing, verification: 'Called back' })).resolves.toMatchObject(
      {
        kind: 'begun',
      },
    );
  });

  describe('and is confirmed by words', () => {
    const rest =
      (verification?: string, ticket?: string, name = '') =>
      () => ({ verification, ticket, name });
    const confirm = (readRest: ReturnType<typeof rest>, technician = robin, activityId = `f:confirm-${(said += 1)}`) =>
      process.resets.confirmInWords({ technician, conversation: askedIn, activityId, readRest });

    it('with what the sentence said and what the words add', async () => {
      const { id } = await ask({ ticket: '4711' });
      await expect(confirm(rest('In person'))).resolves.toMatchObject({
        kind: 'confirmed',
        confirmation: { kind: 'begun' },
      });
      await expect(world.stands(id)).resolves.toMatchObject({ proof: { verification: 'In person', ticket: '4711' } });
    });

    it('changes nothing where something lacks, or a word is left over, or it is somebody else', async () => {
      const { id } = await ask({});
      await expect(confirm(rest())).resolves.toMatchObject({
        confirmation: { kind: 'proof-lacking', lack: 'verification-missing' },
      });
      await expect(confirm(rest('In person', undefined, 'not yet'))).resolves.toMatchObject({ kind: 'not-understood' });
      await expect(confirm(rest('In person'), sam)).resolves.toStrictEqual({ kind: 'nothing-open' });
      await expect(world.stands(id)).resolves.toMatchObject({ state: 'proposed', proof: undefined });
    });

    it('takes no confirmation whose time is over', async () => {
      await ask({ verification: 'In person' });
      world.clock.advance(11 * 60_000);
      await expect(confirm(rest())).resolves.toStrictEqual({ kind: 'nothing-open' });
    });

    it('once, where the message is delivered twice, also to another process', async () => {
      await ask({ verification: 'In person' });
      const other = world.boot('second');
      const asking = { technician: robin, conversation: askedIn, activityId: 'f:twice', readRest: rest() };
      const done = await Promise.all([process, other, process].map(({ resets }) => resets.confirmInWords(asking)));
      expect(done.filter(({ kind }) => kind === 'confirmed')).toHaveLength(1);
    });

    const henrietta = {
      ...target.user,
      id: asId<UserId>('4e4e0000-0000-4000-8000-00000000000e'),
      displayName: 'Henrietta Mueller',
      userPrincipalName: 'henrietta@contosobikes.example',
    };

    it.each(['henrietta', 'the same person'])(
      'not for %s too, where the same words come again under a new id',
      async (who) => {
        await ask({});
        await expect(confirm(rest('In person'))).resolves.toMatchObject({ kind: 'confirmed' });
        await world.settle();
        const { id } = await ask({}, who === 'henrietta' ? henrietta : target.user);
        const asked = await confirm(rest('In person'));
        expect(asked).toMatchObject({ kind: 'which', question: { choices: [{ key: id }] } });
        await expect(confirm(rest('In person'))).resolves.toMatchObject({ kind: 'which' });
        await expect(world.stands(id)).resolves.toMatchObject({ state: 'proposed' });
        const { displayName } = (await world.stands(id)).target.user;
        const answer = { technician: robin, conversation: askedIn, activityId: 'f:answer', name: displayName };
        const named = await process.resets.answer(answer);
        if (named.kind !== 'confirmation') throw new Error(`not named: ${named.kind}`);
        await process.resets.confirmChosen(named.question, robin, named.choice);
        await expect(world.stands(id)).resolves.toMatchObject({ proof: { verification: 'In person' } });
      },
    );

    it('not for one that was asked for after the same words confirmed nothing', async () => {
      await expect(confirm(rest('In person'))).resolves.toStrictEqual({ kind: 'nothing-open' });
      const { id } = await ask({});
      await expect(confirm(rest('In person'))).resolves.toMatchObject({ kind: 'which' });
      await expect(world.stands(id)).resolves.toMatchObject({ state: 'proposed' });
    });

    it('also for the next person, where the words differ, name the person, or come two minutes later', async () => {
      await ask({});
      await confirm(rest('In person'));
      await world.settle();
      const { displayName } = (await ask({}, henrietta)).target.user;
      await expect(confirm(rest('In person', undefined, displayName))).resolves.toMatchObject({
        confirmation: { kind: 'begun' },
      });
      await world.settle();
      await ask({});
      await expect(confirm(rest('In person', '4711'))).resolves.toMatchObject({ confirmation: { kind: 'begun' } });
      await world.settle();
      world.clock.advance(2 * 60_000);
      await ask({}, henrietta);
      await expect(confirm(rest('In person'))).resolves.toMatchObject({ confirmation: { kind: 'begun' } });
    });

    it('for the same person again, where it lacked something', async () => {
      const { id } = await ask({});
      await expect(confirm(rest())).resolves.toMatchObject({ confirmation: { kind: 'proof-lacking' } });
      await expect(confirm(rest())).resolves.toMatchObject({ confirmation: { kind: 'proof-lacking' } });
      await expect(confirm(rest('In person'))).resolves.toMatchObject({ confirmation: { kind: 'begun' } });
      await expect(world.stands(id)).resolves.toMatchObject({ proof: { verification: 'In person' } });
    });
  });
});

describe('a store that fails while a press is carried out', () => {
  it.each(['confirm', 'decideApproval'] as const)(
    'leaves no rejection unread that would end the bot: %s',
    async (press) => {
      const unhandled: unknown[] = [];
      const note = (failure: unknown): void => void unhandled.push(failure);
      nodeProcess.on('unhandledRejection', note);
      const world = await createResetWorld({
        policy: {
          approval: press === 'confirm' ? 'never' : 'always',
          approvers: [{ kind: 'person', objectId: sam.objectId }],
        },
      });
      const process = world.boot('first');
      const { id } = await world.ask(process);
      const said = { verification: 'In person', ticket: 'T-1' };
      if (press === 'decideApproval') {
        const asked = await process.resets.confirm(id, robin, said);
        if (asked.kind === 'begun') await asked.done;
      }
      const chat = (await world.stands(id)).approval?.places[0]?.card?.conversation ?? askedIn;
      process.power.failSteps('approved', 'message-opened');
      const pressed =
        press === 'confirm'
          ? await process.resets.confirm(id, robin, said)
          : await process.resets.decideApproval(id, sam, chat, 'approved');
      await world.settle();
      nodeProcess.off('unhandledRejection', note);
      expect(unhandled).toStrictEqual([]);
      if (pressed.kind !== 'begun') throw new Error(pressed.kind);
      await expect(pressed.done).rejects.toThrow('a store that cannot write');
      await world.close();
    },
  );
});

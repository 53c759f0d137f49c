import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
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

  const ask = async (facts: { readonly verification?: string; readonly ticket?: string }): Promise<ResetRequest> => {
    const finding: Finding = { kind: 'found', target, customerInferred: false, facts };
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
  });
});

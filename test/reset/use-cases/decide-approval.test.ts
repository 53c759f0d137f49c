import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type ObjectId, type ResetRequestId, type TenantId } from '../../../src/base/ids.ts';
import type { Conversation, Technician } from '../../../src/reset/identity.ts';
import type { Policy } from '../../../src/reset/policy/policy.ts';
import type { CustomerUser } from '../../../src/reset/target.ts';
import { formatApprovalOutcome } from '../../../src/texts/approvals.ts';
import { askedIn, type Process, type ResetWorld, robin, said, sam } from '../../support/reset-world.ts';
import { closeUnbroken, startResetWorld } from '../../support/started-world.ts';

const minute = 60_000;
const group: Conversation = { ...askedIn, id: '19:group@thread.v2', kind: 'group-chat' };
const administrator: Partial<CustomerUser> = {
  roles: [{ id: '62e90394-69f5-4237-9190-012177145e10', name: 'Global Administrator' }],
};
const kim: Technician = {
  ...sam,
  objectId: asId<ObjectId>('c1c00000-0000-4000-8000-000000000003'),
  teamsUserId: '29:kim',
  name: 'Kim Approver',
  userPrincipalName: 'kim@partner.example',
};
const team = 'de500000-0000-4000-8000-00000000000c';
const person = ({ objectId }: Technician) => ({ kind: 'person', objectId }) as const;

describe('a reset that needs a second person', () => {
  let world: ResetWorld;
  let process: Process;

  beforeEach(async () => {
    ({ world, process } = await startResetWorld({ policy: { approval: 'always' } }));
  });

  afterEach(() => closeUnbroken(world));

  /** Asked and confirmed in the group chat; gives the id of the request that waits. */
  const wait = async (chat = group): Promise<ResetRequestId> => {
    const { id } = await world.ask(process, robin, chat);
    await process.resets.confirm(id, robin, said);
    await world.settle();
    return id;
  };
  const decide = async (
    id: ResetRequestId,
    by: Technician = sam,
    verdict: 'approved' | 'declined' = 'approved',
    chat = group,
  ) => {
    const taken = await process.resets.decideApproval(id, by, chat, verdict);
    await world.settle();
    return taken;
  };
  const trail = async (id: ResetRequestId) => (await world.readTrail()).filter(({ requestId }) => requestId === id);
  const refusedClicks = async (id: ResetRequestId) =>
    (await trail(id)).filter(({ kind }) => kind === 'click-refused').map(({ facts }) => facts['reason']);

  it('waits, with a card in the chat where it was asked, and nothing is made or sent', async () => {
    const id = await wait();
    await world.pass(2 * minute);
    expect(await world.stands(id)).toMatchObject({ state: 'awaiting-approval', lease: undefined });
    expect(world.chats.shownApprovals()).toMatchObject([{ state: 'awaiting-approval' }]);
    expect(world.chats.shownCards()).toMatchObject([{ state: 'awaiting-approval' }]);
    expect([world.made, world.partner.tries, world.chats.shown()]).toStrictEqual([[], [], []]);
    expect((await trail(id)).map(({ kind }) => kind)).toStrictEqual([
      'proposed',
      'card-posted',
      'confirmed',
      'approval-wanted',
      'approval-asked',
      'card-answered',
    ]);
  });

  it('is reset once an approver approves, the password goes to the requester, and every card says so', async () => {
    const id = await wait();
    expect(await decide(id)).toMatchObject({ kind: 'begun' });
    await world.pass(2000);
    expect(await world.stands(id)).toMatchObject({ state: 'delivered', approval: { decision: { by: sam } } });
    expect(world.chats.shown()).toMatchObject([{ state: 'delivered', password: world.partner.passwordInForce }]);
    expect(world.chats.shownApprovals()).toMatchObject([{ state: 'delivered' }]);
    expect(world.chats.shownCards()).toMatchObject([{ state: 'delivered' }]);
    const kinds = (await trail(id)).map(({ kind, actor, facts }) => ({ kind, actor, right: facts['right'] }));
    expect(kinds).toContainEqual({ kind: 'approval-given', actor: sam.objectId, right: 'everyone' });
    expect(kinds).toContainEqual({ kind: 'approved', actor: sam.objectId, right: 'everyone' });
  });

  it('is over when an approver declines, and every card says so', async () => {
    const id = await wait();
    await decide(id, sam, 'declined');
    await world.pass(2000);
    expect(await world.stands(id)).toMatchObject({ state: 'declined', endedBy: sam.name, dueAt: undefined });
    expect(world.chats.shownApprovals()).toMatchObject([{ state: 'declined' }]);
    expect(world.chats.shownCards()).toMatchObject([{ state: 'declined' }]);
    expect(world.chats.ended).toStrictEqual([id]);
    expect(await decide(id, kim)).toMatchObject({ kind: 'as-it-stands', request: { state: 'declined' } });
    expect(world.partner.tries).toHaveLength(0);
  });

  it('expires by itself, and every card says so', async () => {
    const id = await wait();
    await world.pass(60 * minute + 2000);
    expect((await world.stands(id)).state).toBe('expired');
    expect(world.chats.ended).toStrictEqual([id]);
    expect(world.chats.shownApprovals()).toMatchObject([{ state: 'expired' }]);
    expect(world.chats.shownCards()).toMatchObject([{ state: 'expired' }]);
  });

  it('may be approved until the last millisecond, and not at the tick of its end', async () => {
    const id = await wait();
    const { approval } = await world.stands(id);
    await process.resets.stop();
    process = world.boot('second');
    world.clock.advance((approval?.approveBy ?? 0) - world.clock.now() - 1);
    expect(await decide(id)).toMatchObject({ kind: 'begun' });
    process.resets.start();
    await world.pass(20 * minute);
    const late = await wait();
    await process.resets.stop();
    process = world.boot('third');
    world.clock.advance(60 * minute);
    expect(await decide(late)).toMatchObject({ kind: 'as-it-stands', request: { state: 'expired' } });
    expect(await refusedClicks(late)).toStrictEqual(['expired']);
  });

  it('can be taken back by the requester while it waits', async () => {
    const id = await wait();
    expect(await process.resets.close(robin, undefined)).toMatchObject({ kind: 'closed', request: { id } });
    await world.pass(2000);
    expect(world.chats.shownApprovals()).toMatchObject([{ state: 'cancelled' }]);
    expect(await decide(id)).toMatchObject({ kind: 'as-it-stands', request: { state: 'cancelled' } });
  });

  it.each<[string, Partial<Technician>, string]>([
    ['themselves', {}, 'own-request'],
    ['their id in capitals', { objectId: asId(robin.objectId.toUpperCase()) }, 'own-request'],
    ['their id in braces', { objectId: asId(`{${robin.objectId}}`) }, 'own-request'],
    [
      'another object id, with the id of Teams that holds theirs',
      { objectId: kim.objectId, teamsUserId: `8:orgid:${robin.objectId}` },
      'own-request',
    ],
    ['another object id and the same account of Teams', { objectId: kim.objectId }, 'own-request'],
    ['another account with their address', { ...kim, userPrincipalName: 'ROBIN@partner.example' }, 'own-request'],
    ['a guest made of them', { ...kim, userPrincipalName: 'robin_partner.example#EXT#@other.example' }, 'own-request'],
    [
      'themselves, of another tenant',
      { tenantId: asId<TenantId>('0ff00000-0000-4000-8000-000000000003') },
      'own-request',
    ],
    ['the person whose account it is', { ...kim, userPrincipalName: 'ann.lee@contosobikes.example' }, 'own-account'],
    [
      'a guest made of that person',
      { ...kim, userPrincipalName: 'ann.lee_contosobikes.example#EXT#@partner.example' },
      'own-account',
    ],
    ['the object id of that person', { ...kim, objectId: asId('E5000000-0000-4000-8000-000000000001') }, 'own-account'],
    [
      'an approver of another tenant',
      { ...kim, tenantId: asId<TenantId>('0ff00000-0000-4000-8000-000000000003') },
      'another-tenant',
    ],
  ])('is never approved by the requester as %s', async (_form, form, why) => {
    const id = await wait();
    for (const verdict of ['approved', 'declined'] as const) {
      expect(await decide(id, { ...robin, ...form }, verdict)).toStrictEqual({ kind: 'not-allowed', why });
    }
    expect((await world.stands(id)).state).toBe('awaiting-approval');
    expect(await refusedClicks(id)).toStrictEqual([why, why]);
    expect(world.alarms.filter(({ kind }) => kind === 'foreign-press')).toHaveLength(2);
  });

  it('is not approved in another chat, or in one of another tenant', async () => {
    const id = await wait();
    const elsewhere = [
      { ...group, id: '19:copy@thread.v2' },
      { ...group, tenantId: asId<TenantId>('another') },
      askedIn,
    ];
    for (const chat of elsewhere) {
      expect(await decide(id, sam, 'approved', chat)).toStrictEqual({ kind: 'not-allowed', why: 'elsewhere' });
    }
    expect(await refusedClicks(id)).toStrictEqual(['elsewhere', 'elsewhere', 'elsewhere']);
    expect(await decide(id)).toMatchObject({ kind: 'begun' });
  });

  it('is decided once by twenty presses of two approvers at once, some of which decline', async () => {
    const id = await wait();
    const presses = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        process.resets.decideApproval(id, at % 2 ? sam : kim, group, at % 3 ? 'approved' : 'declined'),
      ),
    );
    await world.pass(2000);
    expect(presses.filter(({ kind }) => kind === 'begun')).toHaveLength(1);
    const { state } = await world.stands(id);
    expect(['declined', 'delivered']).toContain(state);
    expect(world.partner.tries).toHaveLength(state === 'declined' ? 0 : 1);
    const decisions = (await trail(id)).filter(({ kind }) => kind === 'approval-given' || kind === 'declined');
    expect(decisions).toHaveLength(1);
  });

  describe('is settled by what is true at the click:', () => {
    const approvers: Partial<Policy> = { approvers: [person(sam), { kind: 'group', objectId: team }] };

    it('somebody who left the group may not approve, and who came into it may', async () => {
      world.change(approvers);
      world.groups.put(kim.objectId, [team]);
      const id = await wait();
      world.groups.put(kim.objectId, []);
      expect(await decide(id, kim)).toStrictEqual({ kind: 'not-allowed', why: 'not-an-approver' });
      world.groups.answer('throws');
      expect(await decide(id, kim)).toStrictEqual({ kind: 'not-allowed', why: 'groups-unknown' });
      world.groups.answer('well');
      world.groups.put(kim.objectId, [team]);
      await decide(id, kim);
      expect(await world.stands(id)).toMatchObject({
        state: 'delivered',
        approval: { decision: { right: `group:${team}` } },
      });
    });

    it('somebody who left the group after they approved has not approved when the password is to be set', async () => {
      world.change(approvers);
      world.groups.put(kim.objectId, [team]);
      const id = await wait();
      process.power.onStep('message-opened', () => {
        world.groups.put(kim.objectId, []);
      });
      await decide(id, kim);
      expect(await world.stands(id)).toMatchObject({
        state: 'refused',
        refusal: { kind: 'approver-without-right', by: kim.name },
      });
      expect(world.partner.tries).toHaveLength(0);
    });

    it.each<[string, () => void, string]>([
      ['the requester lost their right', () => world.change({ technicians: [person(kim)] }), 'not-a-technician'],
      ['the approver loses theirs before the password is set', () => loseRightLater(), 'approver-without-right'],
      ['administrators may not be reset any more', () => world.change({ privilegedTargets: 'deny' }), 'administrator'],
      ['the person was given another name', () => world.partner.change({ displayName: 'Ann Li' }), 'target-changed'],
      ['the person was deleted', () => world.partner.answerLookUp({ kind: 'gone' }), 'target-changed'],
      ['the person became a Company Administrator too', () => promote(), 'target-changed'],
      ['the roles cannot be read any more', () => world.partner.change({ roles: 'unknown' }), 'roles-unknown'],
      ['the account is kept elsewhere now', () => world.partner.change({ synchronised: true }), 'synchronised'],
    ])('%s', async (_what, change, reason) => {
      world.partner.change(administrator);
      const id = await wait();
      change();
      await decide(id);
      await world.pass(2000);
      expect(await world.stands(id)).toMatchObject({ state: 'refused', refusal: { kind: reason } });
      expect(world.partner.tries).toHaveLength(0);
      expect(world.chats.shownApprovals()).toMatchObject([{ state: 'refused' }]);
      expect(world.chats.shownCards()).toMatchObject([{ state: 'refused' }]);
    });

    it.each<[string, Partial<CustomerUser>]>([
      ['is kept in a local directory now', { synchronised: true }],
      ['may be deleted by now', { state: 'unknown' }],
      ['signs in nobody knows where', { domainType: 'unknown' }],
    ])('the person whom the approver was shown otherwise %s', async (_what, change) => {
      world.change({ synchronisedUsers: 'warn' });
      const id = await wait();
      world.partner.change(change);
      await decide(id);
      await world.pass(2000);
      expect(await world.stands(id)).toMatchObject({ state: 'refused', refusal: { kind: 'target-changed' } });
      expect(world.partner.tries).toHaveLength(0);
      const shown = await wait();
      await decide(shown);
      expect((await world.stands(shown)).state).toBe('delivered');
    });

    it('an approver’s decision stands where the policy needs none any more, and one is still waited for', async () => {
      const id = await wait();
      world.change({ approval: 'never' });
      await world.pass(5000);
      expect((await world.stands(id)).state).toBe('awaiting-approval');
      await decide(id);
      expect((await world.stands(id)).state).toBe('delivered');
    });

    it('what the policy approved alone is refused where a second person is needed by the time of the reset', async () => {
      world.change({ approval: 'never' });
      process.power.onStep('message-opened', () => {
        world.change({ approval: 'always' });
      });
      const { id } = await world.ask(process, robin, group);
      await process.resets.confirm(id, robin, said);
      await world.pass(2000);
      expect(await world.stands(id)).toMatchObject({ state: 'refused', refusal: { kind: 'approval-needed' } });
      expect(world.partner.tries).toHaveLength(0);
    });

    function loseRightLater(): void {
      process.power.onStep('message-opened', () => {
        world.change({ approvers: [person(kim)] });
      });
    }

    function promote(): void {
      world.partner.change({
        roles: [
          { id: '62e90394-69f5-4237-9190-012177145e10', name: 'Global Administrator' },
          { id: 'another', name: 'Another' },
        ],
      });
    }
  });

  describe('that was asked for in the bot’s own chat', () => {
    const meet = (who: Technician, chat = `a:1-${who.teamsUserId}`) => {
      process.resets.onUserMessage(who, { ...askedIn, id: chat, serviceUrl: `https://smba.example/${who.name}/` });
      return world.settle();
    };
    const members = async (id: ResetRequestId) =>
      (await world.stands(id)).approval?.places.map(({ where }) =>
        where.kind === 'person' ? where.member : where.kind,
      );

    it('is refused at once, with the reason, where there is nobody to ask', async () => {
      world.change({ approvers: [person(robin)] });
      await expect(world.ask(process)).rejects.toThrow('refused');
      await expect(world.ask(process, robin, group)).rejects.toThrow('refused');
      expect(world.journal).not.toContain('ask');
    });

    it('goes to the approvers whom the policy names, by their object id where they never wrote', async () => {
      world.change({ approvers: [person(sam), person(robin), person(kim)] });
      await meet(kim);
      const id = await wait(askedIn);
      expect(await members(id)).toStrictEqual(['29:kim', sam.objectId]);
      expect((await world.stands(id)).approval?.places.map(({ card }) => card?.conversation.id)).toStrictEqual([
        'a:1-29:kim',
        `a:1-${sam.objectId}`,
      ]);
      await decide(id, kim, 'approved', { ...askedIn, id: 'a:1-29:kim' });
      await world.pass(2000);
      expect(world.chats.shownApprovals()).toMatchObject([{ state: 'delivered' }, { state: 'delivered' }]);
    });

    it('goes to members of its groups who have written to the bot, and to no others, ten at most', async () => {
      world.change({ approvers: [{ kind: 'group', objectId: team }] });
      for (let number = 0; number < 14; number += 1) {
        const digits = String(number).padStart(12, '0');
        const objectId = asId<ObjectId>(`aa000000-0000-4000-8000-${digits}`);
        if (number !== 5) world.groups.put(objectId, [team]);
        world.clock.advance(1);
        await meet({ ...kim, objectId, teamsUserId: `29:${number}`, userPrincipalName: `p${number}@partner.example` });
      }
      await meet(robin);
      world.groups.put(robin.objectId, [team]);
      const asked = await members(await wait(askedIn));
      expect(asked).toStrictEqual([13, 12, 11, 10, 9, 8, 7, 6, 4, 3].map((number) => `29:${number}`));
    });

    const numbered = (number: number): Technician => ({
      ...kim,
      objectId: asId<ObjectId>(`bb000000-0000-4000-8000-${String(number).padStart(12, '0')}`),
      teamsUserId: `29:${number}`,
      userPrincipalName: `p${number}@partner.example`,
    });

    it('costs no look-up of a group before it is confirmed, and one list of members after', async () => {
      const desk = 'de500000-0000-4000-8000-00000000000c';
      world.change({ approvers: [{ kind: 'group', objectId: desk }] });
      for (let number = 1; number <= 300; number += 1) {
        await world.contacts.keep({ person: numbered(number), wroteIn: askedIn, seenAt: world.clock.now() });
      }
      world.groups.put(numbered(7).objectId, [desk]);
      const proposed = await world.ask(process);
      expect([world.groups.asked, world.groups.listed]).toStrictEqual([[], []]);
      await process.resets.confirm(proposed.id, robin, said);
      await world.settle();
      expect(await members(proposed.id)).toStrictEqual([numbered(7).teamsUserId]);
      expect([world.groups.asked, world.groups.listed]).toStrictEqual([[], [desk]]);
    });

    it('costs twenty look-ups at most where the members cannot be listed', async () => {
      world.change({ approvers: [{ kind: 'group', objectId: 'de500000-0000-4000-8000-00000000000c' }] });
      world.groups.answer('unknown');
      for (let number = 1; number <= 300; number += 1) {
        await world.contacts.keep({ person: numbered(number), wroteIn: askedIn, seenAt: world.clock.now() });
      }
      const proposed = await world.ask(process);
      await process.resets.confirm(proposed.id, robin, said);
      await world.settle();
      expect(world.groups.asked).toHaveLength(20);
      expect((await world.stands(proposed.id)).refusal).toMatchObject({ kind: 'approval-not-possible' });
    });

    it('goes once to somebody who is named twice', async () => {
      const capitals = { kind: 'person', objectId: `{${sam.objectId.toUpperCase()}}` } as const;
      world.change({ approvers: [person(sam), person(sam), capitals, { kind: 'everyone' }] });
      await meet(sam);
      expect(await members(await wait(askedIn))).toStrictEqual(['29:sam']);
    });

    it('goes to those first who have written, where the policy names more than ten', async () => {
      world.change({ approvers: [...Array.from({ length: 12 }, (_, at) => person(numbered(at))), person(kim)] });
      await meet(kim);
      const asked = await members(await wait(askedIn));
      expect(asked).toHaveLength(10);
      expect(asked?.[0]).toBe('29:kim');
    });

    it('goes to whom the policy names or a group holds, however many have written since', async () => {
      world.change({ approvers: [person(sam), { kind: 'group', objectId: team }] });
      world.groups.put(kim.objectId, [team]);
      await meet(sam);
      await meet(kim);
      for (let number = 0; number < 420; number += 1) {
        await world.contacts.keep({ person: numbered(number), wroteIn: askedIn, seenAt: world.clock.now() + 1 });
      }
      world.clock.advance(1000);
      expect(await members(await wait(askedIn))).toStrictEqual(['29:sam', '29:kim']);
    });

    it('goes to somebody who has only pressed a button so far, which is written down once', async () => {
      world.change({ approvers: [{ kind: 'group', objectId: team }] });
      world.groups.put(kim.objectId, [team]);
      process.resets.onUserPress(kim, askedIn);
      await world.settle();
      const seenAt = world.clock.now();
      world.clock.advance(1000);
      process.resets.onUserPress(kim, askedIn);
      await world.settle();
      await expect(world.contacts.find(kim.objectId, kim.tenantId)).resolves.toMatchObject({ seenAt });
      expect(await members(await wait(askedIn))).toStrictEqual(['29:kim']);
    });

    it('is refused where no chat takes the card', async () => {
      world.change({ approvers: [person(sam)] });
      world.chats.nextAsks('closed');
      const id = await wait(askedIn);
      expect(await world.stands(id)).toMatchObject({ state: 'refused', refusal: { kind: 'approval-not-possible' } });
    });

    it('goes on asking where a chat does not answer, and is refused when it never does', async () => {
      world.change({ approvers: [person(sam)] });
      world.chats.nextAsks('try-again', 'try-again');
      const id = await wait(askedIn);
      await world.pass(10_000);
      expect(world.chats.shownApprovals()).toHaveLength(1);
      await process.resets.close(robin, undefined);
      world.chats.nextAsks(...Array<'try-again'>(9).fill('try-again'));
      const other = await wait(askedIn);
      await world.pass(2 * minute);
      expect((await world.stands(id)).state).toBe('cancelled');
      expect(await world.stands(other)).toMatchObject({ state: 'refused', refusal: { kind: 'approval-not-possible' } });
    });
  });

  it.each(['cancel', 'freeze'] as const)('leaves no card that asks where a %s overtakes its posting', async (how) => {
    world.change({ approvers: [person(sam), person(kim)] });
    const { id } = await world.ask(process);
    const other = world.boot('second');
    process.power.overtake('approval-asked', async () => {
      await (how === 'cancel' ? other.resets.close(robin, undefined) : other.resets.freeze(kim, undefined));
    });
    await process.resets.confirm(id, robin, said);
    await world.pass(2000);
    const state = how === 'cancel' ? 'cancelled' : 'refused';
    expect(world.chats.shownApprovals()).toMatchObject([{ state }, { state }]);
    const chat = { ...askedIn, id: `a:1-${sam.objectId}` };
    expect(await decide(id, sam, 'approved', chat)).toMatchObject({ kind: 'as-it-stands', request: { state } });
    expect(world.alarms.map(({ kind }) => kind)).not.toContain('foreign-press');
    expect(world.chats.ended).toStrictEqual(how === 'cancel' ? [] : [id]);
  });

  describe('whose waiting ends tells who asked,', () => {
    it('though their chat does not take it at first', async () => {
      const id = await wait();
      world.chats.nextEnds('try-again', 'try-again');
      await decide(id, sam, 'declined');
      await world.pass(10_000);
      expect(world.chats.ended).toStrictEqual([id]);
      expect(await world.stands(id)).toMatchObject({ cardIsOwed: false, dueAt: undefined, lease: undefined });
    });

    it('at once, though a copy of the card does not take it', async () => {
      const id = await wait();
      world.chats.nextApprovals(...Array<'try-again'>(200).fill('try-again'));
      await decide(id, sam, 'declined');
      await world.pass(60 * minute);
      expect(world.chats.ended).toStrictEqual([id]);
    });

    it.each(['before', 'after'] as const)('though the process dies right %s it is written down', async (when) => {
      const id = await wait();
      if (when === 'after') process.power.onStep('card-answered', () => process.power.cut());
      else process.power.overtake('card-answered', async () => process.power.cut());
      void process.resets.decideApproval(id, sam, group, 'declined').catch(() => undefined);
      await world.settle();
      world.boot('second').resets.start();
      await world.pass(2 * minute);
      expect(new Set(world.chats.ended)).toStrictEqual(new Set([id]));
      expect(await world.stands(id)).toMatchObject({ state: 'declined', cardIsOwed: false });
    });

    it('once, though two processes are at it', async () => {
      world.boot('second').resets.start();
      const id = await wait();
      await world.pass(60 * minute + 5000);
      expect((await world.stands(id)).state).toBe('expired');
      expect(world.chats.ended).toStrictEqual([id]);
    });

    it('where no approver could be asked', async () => {
      world.change({ approvers: [person(sam)] });
      world.chats.nextAsks('closed');
      const id = await wait(askedIn);
      await world.pass(2000);
      expect(world.chats.ended).toStrictEqual([id]);
    });

    it('and says that it had been approved where it was', async () => {
      const id = await wait();
      expect(formatApprovalOutcome({ ...(await world.stands(id)), state: 'refused' })).toContain(
        'while it waited for approval',
      );
      world.change({ technicians: [person(kim)] });
      await decide(id);
      await world.pass(2000);
      expect(world.chats.ended).toStrictEqual([id]);
      expect(formatApprovalOutcome(await world.stands(id))).toContain(`was refused after ${sam.name} approved it`);
    });
  });

  it('changes every copy in the end, though some chats do not take it at first', async () => {
    const id = await wait();
    world.chats.nextApprovals('try-again', 'try-again', 'try-again');
    await decide(id, sam, 'declined');
    await world.pass(20_000);
    expect(world.chats.shownApprovals()).toMatchObject([{ state: 'declined' }]);
    expect(await world.stands(id)).toMatchObject({ cardIsOwed: false, dueAt: undefined });
  });

  it('comes to its end whenever the process dies between confirmation and delivery', async () => {
    for (let call = 1; call <= 40; call += 5) {
      const { id } = await world.ask(process, robin, group);
      process.power.cutAt(process.power.calls + call, call % 2 ? 'before' : 'after');
      void process.resets.confirm(id, robin, said).catch(() => undefined);
      await world.settle();
      void process.resets.decideApproval(id, sam, group, 'approved').catch(() => undefined);
      await world.settle();
      process.power.cut();
      process = world.boot(`after ${call}`);
      process.resets.start();
      await world.pass(50_000);
      await process.resets.confirm(id, robin, said);
      await world.pass(50_000);
      await decide(id);
      await world.pass(20 * minute);
      expect((await world.stands(id)).state).toBe('hidden');
      expect(world.chats.shownApprovals().at(-1)).toMatchObject({ state: 'delivered' });
    }
    expect(new Set(world.partner.tries.map(({ operationId }) => operationId)).size).toBe(8);
  });
});

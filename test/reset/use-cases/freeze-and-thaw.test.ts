import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type CustomerId, type ObjectId } from '../../../src/base/ids.ts';
import type { Technician } from '../../../src/reset/identity.ts';
import { formatFreezeResult } from '../../../src/texts/freezes.ts';
import { describeRefusal } from '../../../src/texts/refusals.ts';
import { formatThawResult } from '../../../src/texts/thaw.ts';
import { trouble } from '../../support/pretend-partner.ts';
import { askedIn, type Process, type ResetWorld, robin, said, sam, target } from '../../support/reset-world.ts';
import { closeUnbroken, startResetWorld } from '../../support/started-world.ts';

const second = 1000;

const minute = 60_000;

const person = ({ objectId }: Technician) => ({ kind: 'person', objectId }) as const;

describe('a freeze', () => {
  let world: ResetWorld;
  let process: Process;

  beforeEach(async () => {
    ({ world, process } = await startResetWorld());
  });

  afterEach(() => closeUnbroken(world));

  it.each(['Contoso Bikes', undefined])('of %s ends what is open at once, and its card says by whom', async (typed) => {
    const { id } = await world.ask(process);
    expect(await process.resets.freeze(sam, typed)).toMatchObject({ kind: 'frozen', ended: 1 });
    await world.pass(2000);
    const refusal = { kind: 'frozen', by: sam.name, everything: typed === undefined };
    expect(await world.stands(id)).toMatchObject({ state: 'refused', refusal });
    expect(world.chats.shownCards()).toMatchObject([{ state: 'refused' }]);
    await process.resets.confirm(id, robin, said);
    await expect(world.ask(process)).rejects.toThrow('refused');
    expect(world.partner.tries).toHaveLength(0);
    const customer = typed === undefined ? undefined : target.customer.id;
    expect(world.alarms).toStrictEqual([{ kind: 'frozen', technician: sam.objectId, customer }]);
  });

  it.each(['proposed', 'card-posted', 'confirmed', 'approved', 'message-opened', 'sealed', 'try-started'] as const)(
    'that comes right after the step %s lets finish what is sealed and nothing else',
    async (kind) => {
      let freezing: Promise<unknown> = Promise.resolve();
      const other = world.boot('second');
      process.power.onStep(kind, () => {
        freezing = other.resets.freeze(sam, undefined);
      });
      const asked = await world.ask(process).catch(() => undefined);
      if (kind === 'proposed') freezing = other.resets.freeze(sam, undefined);
      if (asked !== undefined) await process.resets.confirm(asked.id, robin, said);
      await freezing;
      await world.pass(20 * minute);
      const state = asked === undefined ? 'refused' : (await world.stands(asked.id)).state;
      const mayFinish = ['message-opened', 'sealed', 'try-started'].includes(kind);
      expect(mayFinish ? ['hidden', 'refused'] : ['refused']).toContain(state);
      expect(world.partner.tries).toHaveLength(state === 'hidden' ? 1 : 0);
      const trail = await world.readTrail();
      const frozenAt = trail.findIndex((record) => record.kind === 'frozen');
      const sealedAt = trail.findIndex((record) => record.kind === 'sealed');
      expect(sealedAt).toBeLessThan(frozenAt);
      expect(world.chats.shown().filter((shown) => shown?.state !== state && shown?.state !== 'expired')).toStrictEqual(
        [],
      );
    },
  );

  it('tells of one’s own requests by name, of others by number, and among others of none that was asked elsewhere', async () => {
    const { id } = await world.ask(process);
    const freezing = await process.resets.freeze(robin, undefined);
    expect(freezing).toMatchObject({ kind: 'frozen', ended: 1, isOwn: true, mayThaw: true, own: [{ what: 'ended' }] });
    const channel = { ...askedIn, id: '19:elsewhere', kind: 'channel' } as const;
    expect(formatFreezeResult(freezing, askedIn)).toContain('One open request was refused: yours for Ann Lee.');
    expect(formatFreezeResult(freezing, askedIn)).toContain('You are an approver, and lift the freeze by typing thaw');
    expect(formatFreezeResult(freezing, channel)).toContain('One open request was refused.');
    expect(formatFreezeResult(freezing, channel)).not.toContain('Ann Lee');
    const { refusal } = await world.stands(id);
    expect(refusal).toMatchObject({ kind: 'frozen', isOwn: true });
    const again = await process.resets.freeze(robin, undefined);
    expect(formatFreezeResult(again, askedIn)).toContain('frozen already, by you (Robin');
    const thawing = await process.resets.thaw(robin, { customer: undefined, everything: true });
    expect(formatThawResult(thawing, askedIn)).toContain('the freeze refused Ann Lee: that stays refused');
    expect(formatThawResult(thawing, channel)).toContain('A request that the freeze refused has to be asked for again');
    expect(formatThawResult(thawing, channel)).not.toContain('Ann Lee');
  });

  it('says to who asks meanwhile whose freeze it is, and whether they may lift it', async () => {
    const asks = async (by: Technician, approver: Technician): Promise<string> => {
      world.change({ approvers: [person(approver)] });
      await process.resets.freeze(by, undefined);
      const proposal = await process.resets.propose({
        technician: robin,
        conversation: askedIn,
        activityId: `asked-${by.objectId}-${approver.objectId}`,
        text: 'reset password for Ann Lee at Contoso Bikes',
      });
      await process.resets.thaw(approver, { customer: undefined, everything: true });
      if (proposal.kind !== 'refused' || proposal.request.refusal === undefined) throw new Error(proposal.kind);
      const { problem, advice } = describeRefusal(proposal.request.refusal);
      return `${problem} ${advice}`;
    };
    expect(await asks(robin, robin)).toMatch(
      /^You froze all resets.* You are an approver: type thaw, then ask again\.$/,
    );
    expect(await asks(robin, sam)).toMatch(/^You froze all resets.* You are no approver: once one has typed thaw/);
    expect(await asks(sam, robin)).toMatch(/^Sam .* froze all resets.* you are an approver, so you may type thaw/);
    expect(await asks(sam, sam)).toMatch(/^Sam .* froze all resets.* you are no approver: once one has typed thaw/);
  });

  it('stops what was put off before anything was sent, and says what goes on and what does not', async () => {
    const { id } = await world.ask(process);
    process.power.onStep('message-opened', () => {
      world.partner.answerLookUp({ kind: 'trouble', trouble: trouble('mfa-required') });
      world.clock.advance(5 * second);
    });
    await process.resets.confirm(id, robin, said);
    await world.pass(2 * minute);
    expect(await world.stands(id)).toMatchObject({ state: 'sealed', tries: [] });
    const freezing = await process.resets.freeze(sam, undefined);
    expect(freezing).toMatchObject({ kind: 'frozen', ended: 0, waiting: 1, underWay: 0 });
    expect(formatFreezeResult(freezing, askedIn)).toContain('One that waits for Partner Center is refused');
    await world.pass(30 * minute);
    world.partner.answerLookUp(undefined);
    await world.pass(2 * minute);
    expect(await world.stands(id)).toMatchObject({ state: 'refused', refusal: { kind: 'frozen' } });
    expect(world.partner.tries).toStrictEqual([]);
  });

  /** The sign-in is lost right before the first attempt, so the password is sealed and was sent nowhere. */
  const loseSignInOnce = (then: () => void) => {
    process.power.onStep('message-opened', () => {
      world.partner.answerLookUp({ kind: 'trouble', trouble: trouble('mfa-required') });
      world.clock.advance(5 * second);
      process.power.onStep('sealed', then);
    });
  };

  it.each(['the sign-in is missing', 'Partner Center is throttled'])(
    'that comes while the facts are looked up once more stops what has sent nothing, because %s',
    async (why) => {
      const { id } = await world.ask(process);
      if (why === 'the sign-in is missing') loseSignInOnce(() => undefined);
      else world.partner.next('throttled');
      await process.resets.confirm(id, robin, said);
      await world.settle();
      const sent = world.partner.tries.length;
      let freezing: unknown;
      process.power.overtake('try-started', async () => {
        freezing = await process.resets.freeze(sam, undefined);
      });
      world.partner.answerLookUp(undefined);
      await world.pass(2 * minute);
      expect(freezing).toMatchObject({ kind: 'frozen', ended: 0, waiting: 1, underWay: 0 });
      expect(await world.stands(id)).toMatchObject({ state: 'refused', refusal: { kind: 'frozen' } });
      expect(world.partner.tries).toHaveLength(sent);
    },
  );

  it('stops what is sealed and was never put off, by the next process', async () => {
    const { id } = await world.ask(process);
    loseSignInOnce(() => {
      process.power.cut();
    });
    void process.resets.confirm(id, robin, said);
    await world.pass(5 * second);
    expect(await world.stands(id)).toMatchObject({ state: 'sealed', putOff: 0, tries: [] });
    const next = world.boot('second');
    expect(await next.resets.freeze(sam, undefined)).toMatchObject({ ended: 0, waiting: 1, underWay: 0 });
    world.partner.answerLookUp(undefined);
    next.resets.start();
    await world.pass(2 * minute);
    expect(await world.stands(id)).toMatchObject({ state: 'refused', refusal: { kind: 'frozen' } });
    expect(world.partner.tries).toStrictEqual([]);
  });

  it('stops what is sealed and was never put off, while its second look-up runs', async () => {
    const { id } = await world.ask(process);
    const { promise: until, resolve: go } = Promise.withResolvers<undefined>();
    loseSignInOnce(() => {
      world.partner.answerLookUp(undefined);
      world.partner.holdLookUps(until.then(() => undefined));
    });
    void process.resets.confirm(id, robin, said);
    await world.pass(3 * second);
    expect(await process.resets.freeze(sam, undefined)).toMatchObject({ ended: 0, waiting: 1, underWay: 0 });
    go(undefined);
    await world.pass(20 * second);
    expect(await world.stands(id)).toMatchObject({ state: 'refused', refusal: { kind: 'frozen' } });
    expect(world.partner.tries).toStrictEqual([]);
  });

  it('that comes right before a refusal takes back the placeholder that no row knows', async () => {
    const { id } = await world.ask(process);
    world.partner.answerLookUp({ kind: 'trouble', trouble: trouble('bad-input') });
    process.power.overtake('refused', async () => {
      await process.resets.freeze(sam, undefined);
    });
    const confirmed = await process.resets.confirm(id, robin, said);
    if (confirmed.kind === 'begun') await confirmed.done;
    await world.pass(minute);
    expect(await world.stands(id)).toMatchObject({ state: 'refused', refusal: { kind: 'frozen' } });
    expect(world.chats.shown()).toMatchObject([{ state: 'expired' }]);
  });

  it('lets what is being set go on, and says so', async () => {
    const { id } = await world.ask(process);
    const { promise: until, resolve: go } = Promise.withResolvers<undefined>();
    world.partner.next({ until: until.then(() => undefined) });
    const confirmed = process.resets.confirm(id, robin, said);
    await world.settle();
    const freezing = await process.resets.freeze(sam, 'Contoso Bikes');
    expect(formatFreezeResult(freezing, askedIn)).toContain('One reset is being set right now and goes on to its end.');
    go(undefined);
    await confirmed;
    await world.settle();
    expect((await world.stands(id)).state).toBe('delivered');
  });

  it('of a tenant id acts while Partner Center answers with trouble, or not at all', async () => {
    const { id } = await world.ask(process);
    const { id: tenant } = target.customer;
    world.partner.answerCustomer({ kind: 'trouble', trouble: trouble('not-connected') });
    expect(await process.resets.freeze(sam, tenant)).toMatchObject({
      kind: 'frozen',
      freeze: { customer: { id: tenant, name: tenant, domain: '' } },
      ended: 1,
    });
    expect(await world.stands(id)).toMatchObject({ state: 'refused', refusal: { kind: 'frozen' } });
    expect(await process.resets.thaw(sam, { customer: tenant, everything: false })).toMatchObject({ left: [] });
    world.partner.answerCustomer('never');
    const freezing = process.resets.freeze(sam, ` ${tenant.toUpperCase()} `);
    await world.clock.waiting((wait) => wait === 2 * second);
    world.clock.advance(2 * second);
    expect(await freezing).toMatchObject({ kind: 'frozen', freeze: { customer: { id: tenant } } });
    expect(formatFreezeResult(await freezing, askedIn)).toContain(`thaw ${tenant}`);
    world.partner.answerCustomer(undefined);
    await expect(world.ask(process)).rejects.toThrow('refused');
  });

  it('of a name says after five seconds that nothing is frozen, and offers to freeze everything', async () => {
    world.partner.answerCustomer('never');
    const freezing = process.resets.freeze(sam, 'Contoso Bikes');
    await world.clock.waiting((wait) => wait === 5 * second);
    world.clock.advance(5 * second);
    expect(await freezing).toMatchObject({ kind: 'unclear', finding: { kind: 'trouble' } });
    expect(formatFreezeResult(await freezing, askedIn)).toContain('type freeze everything to stop all resets at once');
    expect(await process.resets.freezes(sam)).toStrictEqual([]);
  });

  it('of a tenant id asks a right for that customer, also while Partner Center does not answer', async () => {
    const other = '0ff00000-0000-4000-8000-00000000000f';
    world.change({
      technicians: [],
      approvers: [],
      auditors: [],
      customers: { [other]: { technicians: [person(sam)] } },
    });
    world.partner.answerCustomer({ kind: 'trouble', trouble: trouble('not-connected') });
    expect(await process.resets.freeze(sam, target.customer.id)).toMatchObject({ kind: 'unclear' });
    expect(await process.resets.freeze(sam, other)).toMatchObject({ kind: 'frozen' });
  });

  it('counts the last known groups while groups cannot be read, and lifts nothing by them', async () => {
    const desk = 'de500000-0000-4000-8000-00000000000c';
    const group = { kind: 'group', objectId: desk } as const;
    world.change({ technicians: [group], approvers: [group], auditors: [] });
    world.groups.put(sam.objectId, [desk]);
    world.groups.answer('throws');
    expect(await process.resets.freeze(sam, undefined)).toStrictEqual({ kind: 'groups-unknown' });
    world.groups.answer('well');
    await process.resets.freezes(sam);
    world.clock.advance(10 * minute);
    world.groups.answer('throws');
    expect(await process.resets.freeze(sam, undefined)).toMatchObject({ kind: 'frozen' });
    expect(await process.resets.thaw(sam, { customer: undefined, everything: true })).toStrictEqual({
      kind: 'groups-unknown',
    });
    world.clock.advance(24 * 60 * minute);
    expect(await process.resets.freeze(sam, undefined)).toStrictEqual({ kind: 'groups-unknown' });
  });

  it('of a customer that is not clearly meant freezes nothing', async () => {
    expect(await process.resets.freeze(sam, 'Contoso')).toMatchObject({ kind: 'unclear', finding: { kind: 'nobody' } });
    expect(await process.resets.freezes(sam)).toStrictEqual([]);
    expect((await world.ask(process)).state).toBe('proposed');
  });

  it('is for those with any role, and is lifted by approvers only', async () => {
    world.change({ technicians: [person(robin)], approvers: [], auditors: [] });
    expect(await process.resets.freeze(sam, undefined)).toStrictEqual({ kind: 'not-a-technician' });
    world.change({ auditors: [person(sam)] });
    expect(await process.resets.freeze(sam, target.customer.name)).toMatchObject({ kind: 'frozen' });
    world.change({ approvers: [person(sam)], auditors: [] });
    expect(await process.resets.freeze(robin, undefined)).toMatchObject({ kind: 'frozen' });
    const everything = { customer: undefined, everything: true };
    expect(await process.resets.thaw(robin, everything)).toStrictEqual({ kind: 'not-an-approver' });
    world.change({ approvers: [{ kind: 'group', objectId: 'de500000-0000-4000-8000-00000000000c' }] });
    world.groups.answer('throws');
    expect(await process.resets.thaw(sam, everything)).toStrictEqual({ kind: 'groups-unknown' });
    expect(await process.resets.freezes(robin)).toHaveLength(2);
    world.change({ approvers: [person(sam)] });
    expect(await process.resets.thaw(sam, everything)).toMatchObject({ kind: 'thawed', left: [] });
    expect((await world.ask(process)).state).toBe('proposed');
    const kinds = (await world.readTrail()).map(({ kind, actor }) => [kind, actor]);
    expect(kinds).toContainEqual(['thawed', sam.objectId]);
    expect(kinds).toContainEqual(['question-refused', robin.objectId]);
  });

  it('is told to those who have a right here, and to nobody else', async () => {
    world.change({ technicians: [person(robin)], approvers: [person(sam)], auditors: [] });
    await process.resets.freeze(robin, 'Contoso Bikes');
    const stranger = { ...sam, objectId: asId<ObjectId>('c1c00000-0000-4000-8000-000000000009') };
    await expect(process.resets.freezes(robin)).resolves.toHaveLength(1);
    await expect(process.resets.freezes(sam)).resolves.toHaveLength(1);
    await expect(process.resets.freezes(stranger)).resolves.toStrictEqual([]);
  });

  it('is not lifted by mistake: one that is named, the only one, or all that are in force', async () => {
    const thaw = (customer?: string, everything = false) => process.resets.thaw(sam, { customer, everything });
    expect(await thaw()).toStrictEqual({ kind: 'nothing-frozen' });
    await process.resets.freeze(robin, 'Contoso Bikes');
    await process.resets.freeze(robin, undefined);
    expect(await process.resets.freeze(sam, undefined)).toMatchObject({ kind: 'already', freeze: { by: robin } });
    expect(await thaw()).toMatchObject({ kind: 'unclear' });
    expect(await thaw('Fabrikam')).toMatchObject({ kind: 'unclear', typed: 'Fabrikam' });
    const unknown = formatThawResult(await thaw('Fabrikam'), askedIn);
    expect(unknown).toContain('No customer that is frozen is called “Fabrikam”, so I lifted nothing. Type thaw with a');
    const one = await thaw('CONTOSO bikes');
    expect(one).toMatchObject({ kind: 'thawed', left: [{ customer: undefined }] });
    expect(formatThawResult(one, askedIn)).toContain(
      'Everything is still frozen, so no reset can be asked for there yet.',
    );
    expect(formatThawResult(one, askedIn)).not.toContain('again');
    expect(formatThawResult(await thaw('Fabrikam'), askedIn)).toContain(
      'To lift what is frozen, type thaw everything.',
    );
    await expect(world.ask(process)).rejects.toThrow('refused');
    await process.resets.freeze(robin, target.customer.domain);
    expect(await thaw(undefined, true)).toMatchObject({ kind: 'thawed', lifted: [{}, {}], left: [] });
    await process.resets.freeze(robin, target.customer.id);
    expect(await thaw()).toMatchObject({ kind: 'thawed', left: [] });
  });

  it('of a customer that is only called like a domain is not lifted by that domain, and no look-alike by its name', async () => {
    const thaw = (customer: string) => process.resets.thaw(sam, { customer, everything: false });
    const freeze = (name: string, number: number) => {
      const at = world.clock.now();
      const domain = `customer${number}.example`;
      const customer = { id: asId<CustomerId>(`c0000000-0000-4000-8000-00000000000${number}`), name, domain };
      const entry = { at, kind: 'frozen', actor: robin.objectId, facts: {} } as const;
      return world.freezes.add({ customer, by: robin, at }, entry, () => {
        throw new Error('no request is open');
      });
    };
    await freeze(target.customer.domain, 1);
    expect(await thaw(target.customer.domain)).toMatchObject({ kind: 'unclear' });
    await freeze('Adatum', 2);
    await freeze('\u0410datum', 3);
    expect(await thaw('Adatum')).toMatchObject({ kind: 'unclear' });
    expect(await thaw('customer3.example')).toMatchObject({ kind: 'thawed', left: [{}, {}] });
    expect(await thaw('Adatum')).toMatchObject({ kind: 'thawed', left: [{}] });
  });
});

import { describe, expect, it } from '@jest/globals';
import {
  array,
  assert,
  type AsyncCommand,
  asyncModelRun,
  asyncProperty,
  boolean,
  commands,
  constantFrom,
  integer,
  record,
} from 'fast-check';
import { asId, type ObjectId } from '../../../src/base/ids.ts';
import type { Conversation, Technician } from '../../../src/reset/identity.ts';
import type { GraphFinding } from '../../../src/reset/ports/graph-facts.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import { buildGraphFinding } from '../../support/graph-findings.ts';
import {
  askedIn,
  createResetWorld,
  type Process,
  type ResetWorld,
  robin,
  said,
  sam,
} from '../../support/reset-world.ts';
import { type ApprovalModel, createApprovalModel, type ModelRequest, type ModelRules } from './approval-model.ts';

/** A thousand by `APPROVAL_RUNS=1000 npm test -- approval-model`. */
const runs = Number(process.env['APPROVAL_RUNS'] ?? 20);
const minute = 60_000;
const group: Conversation = { ...askedIn, id: '19:group@thread.v2', kind: 'group-chat' };
const kim: Technician = {
  ...sam,
  objectId: asId<ObjectId>('c1c00000-0000-4000-8000-000000000003'),
  teamsUserId: '29:kim',
  name: 'Kim Third',
  userPrincipalName: 'kim@partner.example',
};
const people = [robin, sam, kim] as const;
const ids = people.map(({ objectId }) => objectId);
const everybody = ids.map((objectId) => ({ kind: 'person', objectId }) as const);

/** The same requests as the model has, in the same order; undefined where nothing was written down. */
type Real = {
  readonly world: ResetWorld;
  readonly process: Process;
  readonly asked: (ResetRequest['id'] | undefined)[];
};
type Command = AsyncCommand<ApprovalModel, Real>;

const states: Readonly<Record<ModelRequest['state'], readonly ResetRequest['state'][]>> = {
  open: ['proposed'],
  waiting: ['awaiting-approval'],
  done: ['delivered', 'hidden'],
  over: ['refused', 'expired', 'declined', 'cancelled'],
};

/** A command that is always possible; after it every request is where the model has it, and each reset had its leave. */
function command(name: string, run: (model: ApprovalModel, real: Real) => Promise<void>): Command {
  return {
    check: () => true,
    toString: () => name,
    async run(model, real) {
      const before = real.world.partner.tries.length;
      await run(model, real);
      await real.world.settle();
      const requests = await Promise.all(
        real.asked.map(async (id) => (id === undefined ? undefined : real.world.stands(id))),
      );
      const tried = new Set(real.world.partner.tries.slice(before).map(({ operationId }) => operationId));
      for (const [index, request] of requests.entries()) {
        const modelled = model.requests[index];
        if (modelled === undefined) throw new Error('the model knows less than there is');
        expect(states[modelled.state]).toContain(request?.state ?? 'refused');
        if (request !== undefined && tried.has(request.operationId)) expect(model.mayReset(modelled)).toBe(true);
      }
    },
  };
}

const ask = (who: number) =>
  command(`${people[who]?.name} asks`, async (model, { world, process, asked }) => {
    const technician = people[who] ?? robin;
    model.ask(technician.objectId);
    const proposal = await process.resets.propose({
      technician,
      conversation: group,
      activityId: `f:${asked.length}`,
      text: 'reset password for Ann Lee at Contoso Bikes',
    });
    const isWritten = proposal.kind === 'proposed' || proposal.kind === 'refused';
    asked.push(isWritten ? proposal.request.id : undefined);
    if (isWritten) await process.resets.rememberCard(proposal.request.id, world.chats.postCard());
  });

const confirm = (which: number) =>
  command(`the last but ${which} is confirmed`, async (model, { process, asked }) => {
    const [modelled, id] = [model.requests.at(-1 - which), asked.at(-1 - which)];
    if (modelled === undefined || id === undefined) return;
    const technician = people.find(({ objectId }) => objectId === modelled.by) ?? robin;
    model.confirm(modelled);
    const confirmed = await process.resets.confirm(id, technician, said);
    if (confirmed.kind === 'begun') await confirmed.done;
  });

const askAndConfirm = (who: number) =>
  command(`${people[who]?.name} asks and confirms`, async (model, real) => {
    await ask(who).run(model, real);
    await confirm(0).run(model, real);
  });

const decide = ({ which, who, verdict }: { which: number; who: readonly number[]; verdict: 'approved' | 'declined' }) =>
  command(`the last but ${which} is ${verdict} by ${who.join(' and ')}`, async (model, { process, asked }) => {
    const [modelled, id] = [model.requests.at(-1 - which), asked.at(-1 - which)];
    if (modelled === undefined || id === undefined) return;
    for (const one of who) model.decide(modelled, people[one]?.objectId ?? robin.objectId, verdict);
    await Promise.all(
      who.map(async (one) => {
        const taken = await process.resets.decideApproval(id, people[one] ?? robin, group, verdict);
        if (taken.kind === 'begun') await taken.done;
      }),
    );
  });

const freeze = (who: number) =>
  command(`${people[who]?.name} freezes`, async (model, { process }) => {
    model.freeze();
    await process.resets.freeze(people[who] ?? robin, who === 1 ? 'Contoso Bikes' : undefined);
  });

const thaw = (who: number) =>
  command(`${people[who]?.name} thaws`, async (model, { process }) => {
    model.thaw(people[who]?.objectId ?? robin.objectId);
    await process.resets.thaw(people[who] ?? robin, { customer: undefined, everything: true });
  });

/** The ways in which somebody is an administrator. Partner Center tells of the first alone. */
const ways = ['partner-center', 'group', 'role-assignable-group', 'eligible'] as const;
type Way = (typeof ways)[number];
const stops = ['restricted', 'guest', 'account-lost', 'roles-lost', 'eligible-roles-lost'] as const;
type Stop = (typeof stops)[number];

function findingOf({ isPrivileged, isStopped }: ModelRules, way: Way, stop: Stop): GraphFinding {
  const lost = { kind: 'lost', trouble: { code: 'forbidden', httpStatus: 403 } } as const;
  const tells = isPrivileged && way !== 'partner-center';
  const role = tells ? [{ id: 'an administrator’s', name: 'Administrator', by: way }] : [];
  const [eligibleRoles, memberships] = way === 'eligible' ? [role, []] : [[], role];
  const told = buildGraphFinding(
    { isRestricted: isStopped && stop === 'restricted', isGuest: isStopped && stop === 'guest' },
    { memberships: { kind: 'read', value: memberships }, eligibleRoles: { kind: 'read', value: eligibleRoles } },
  );
  if (!isStopped) return told;
  switch (stop) {
    case 'account-lost':
      return { ...told, account: lost };
    case 'roles-lost':
      return { ...told, memberships: lost };
    case 'eligible-roles-lost':
      return { ...told, eligibleRoles: lost };
    case 'restricted':
    case 'guest':
      return told;
  }
}

const change = (part: Partial<ModelRules>, way: Way = 'partner-center', stop: Stop = 'restricted') =>
  command(`the rules become ${JSON.stringify(part)} by ${way}, ${stop}`, (model, { world }) => {
    Object.assign(model.rules, part);
    const { approval, privilegedTargets, technicians, approvers, isPrivileged } = model.rules;
    const named = (some: readonly ObjectId[]) => everybody.filter(({ objectId }) => some.includes(objectId));
    world.change({ approval, privilegedTargets, technicians: named(technicians), approvers: named(approvers) });
    const isTold = isPrivileged && way === 'partner-center';
    world.partner.change({ roles: isTold ? [{ id: 'an administrator’s', name: 'Administrator' }] : [] });
    world.partner.tellGraph(findingOf(model.rules, way, stop));
    return Promise.resolve();
  });

const pass = (minutes: number) =>
  command(`${minutes} min pass`, async (model, { world }) => {
    model.pass(minutes * minute);
    await world.pass(minutes * minute);
  });

const who = integer({ min: 0, max: 2 });
const which = constantFrom(0, 0, 0, 1, 2);
const some = array(constantFrom(...ids), { minLength: 0, maxLength: 4 });
const askAndApprove = ({ asks, decides }: { asks: number; decides: number }) =>
  command(`${people[asks]?.name} asks and confirms, ${people[decides]?.name} approves`, async (model, real) => {
    await askAndConfirm(asks).run(model, real);
    await decide({ which: 0, who: [decides], verdict: 'approved' }).run(model, real);
  });

/** Rules under which a second person is needed and no one is kept out. */
const calm: Partial<ModelRules> = {
  technicians: ids,
  approvers: ids,
  approval: 'always',
  privilegedTargets: 'approve',
  isStopped: false,
};
const decision = record({
  which,
  who: array(who, { minLength: 1, maxLength: 3 }),
  verdict: constantFrom('approved' as const, 'approved' as const, 'declined' as const),
}).map(decide);
const sequences = commands(
  [
    who.map(ask),
    which.map(confirm),
    who.map(askAndConfirm),
    who.map(askAndConfirm),
    who.map(askAndConfirm),
    decision,
    decision,
    record({ asks: who, decides: who }).map(askAndApprove),
    record({ asks: who, decides: who }).map(askAndApprove),
    constantFrom('always' as const, 'always' as const, 'privileged' as const, 'never' as const).map((approval) =>
      change({ approval }),
    ),
    constantFrom('approve' as const, 'approve' as const, 'deny' as const).map((privilegedTargets) =>
      change({ privilegedTargets }),
    ),
    record({ isPrivileged: boolean(), way: constantFrom(...ways) }).map(({ isPrivileged, way }) =>
      change({ isPrivileged }, way),
    ),
    record({ isStopped: constantFrom(true, false, false), stop: constantFrom(...stops) }).map(({ isStopped, stop }) =>
      change({ isStopped }, 'eligible', stop),
    ),
    some.map((technicians) => change({ technicians })),
    some.map((approvers) => change({ approvers })),
    record({ rules: constantFrom(calm, calm, { ...calm, isPrivileged: true }), way: constantFrom(...ways) }).map(
      ({ rules, way }) => change(rules, way),
    ),
    constantFrom(...ways).map((way) => change(calm, way)),
    constantFrom(...ways).map((way) => change(calm, way)),
    who.map(freeze),
    who.map(thaw),
    who.map(thaw),
    constantFrom(1, 9, 31, 61).map(pass),
  ],
  { maxCommands: 30, size: 'max' },
);

describe('whoever asks, approves, freezes and changes the policy, in any order', () => {
  it(
    'resets nothing without the leave that the policy asks for, and everything that has it',
    async () => {
      let resets = 0;
      let approved = 0;
      await assert(
        asyncProperty(sequences, async (sequence) => {
          const world = await createResetWorld({ policy: { technicians: everybody, approvers: everybody } });
          try {
            const process = world.boot('process-0');
            process.resets.start();
            const model = createApprovalModel(world.clock.now(), ids);
            await asyncModelRun(() => ({ model, real: { world, process, asked: [] } }), sequence);
            expect([...world.partner.broken, ...world.chats.broken]).toStrictEqual([]);
            resets += world.partner.tries.length;
            approved += model.requests.filter(({ leave, state }) => leave !== undefined && state === 'done').length;
          } finally {
            await world.close();
          }
        }),
        { numRuns: runs, seed: 20261123 },
      );
      // Some resets had the leave of a second person, and some needed none.
      expect([approved >= runs / 10, resets > approved]).toEqual([true, true]);
    },
    30_000 + runs * 2000,
  );
});

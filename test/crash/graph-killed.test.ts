import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditKind } from '../../src/reset/audit-entry.ts';
import { own } from '../support/own.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts';
import { accessPassIn, passwordIn } from '../support/teams-person.ts';
import { calls } from './calls.ts';
import { buildGraphStreet, type GraphStreet } from './graph-street.ts';
import { openCase } from './open-case.ts';

/** As long as there is time, and at least so many of each series. `CRASH=all`: every one. */
const budgetMilliseconds = process.env['CRASH'] === undefined ? 36_000 : Infinity;
const leastOfEach = 6;
const longest = 600_000;
const programs = findPostgres();

/** What somebody does when the bot dies. */
type Doing = 'Reset password' | 'Sign out everywhere' | 'Temporary access pass';
type Call = 'writingBack' | 'polling' | 'signingOut' | 'makingPass';

type Death = {
  readonly name: string;
  readonly doing: Doing;
  readonly at:
    | { readonly step: AuditKind }
    /** `nth`: at which of these calls. `answer-lost`: nothing is killed. */
    | { readonly call: Call; readonly when: 'before' | 'between' | 'answer-lost'; readonly nth: number };
  /** How many calls get out that change something. */
  readonly posts: number;
  /** The local directory refuses the password in the end. */
  readonly isRefused?: boolean;
};

const step = (doing: Doing, kind: AuditKind, posts = 1): Death => ({
  name: `once the step ${kind} was committed`,
  doing,
  at: { step: kind },
  posts,
});
const call = (doing: Doing, of: Call, when: 'before' | 'between' | 'answer-lost', posts = 1, nth = 1): Death => ({
  name: `${of}, ${when}, call ${nth}`,
  doing,
  at: { call: of, when, nth },
  posts,
});
const reset = 'Reset password';
const signOut = 'Sign out everywhere';
const pass = 'Temporary access pass';

/** The most telling ones first. An answer that is lost makes the same password be sent again. */
const deaths: readonly Death[] = [
  call(reset, 'writingBack', 'between', 2),
  call(signOut, 'signingOut', 'between'),
  call(pass, 'makingPass', 'between'),
  step(reset, 'write-back-accepted'),
  call(reset, 'polling', 'between', 1, 3),
  step(pass, 'access-pass-ended'),
  call(reset, 'writingBack', 'before'),
  { ...call(reset, 'polling', 'between'), name: 'polling, and the local directory refuses it', isRefused: true },
  call(signOut, 'signingOut', 'before', 0),
  call(pass, 'makingPass', 'before', 0),
  call(reset, 'writingBack', 'answer-lost', 2),
  call(signOut, 'signingOut', 'answer-lost'),
  call(pass, 'makingPass', 'answer-lost'),
  step(reset, 'try-started'),
  call(reset, 'polling', 'before'),
  call(reset, 'polling', 'before', 1, 2),
  call(reset, 'polling', 'between', 1, 2),
  step(reset, 'write-back-running'),
  call(reset, 'polling', 'before', 1, 3),
  step(reset, 'try-ended'),
  step(reset, 'delivery-begun'),
  step(reset, 'delivered'),
  step(signOut, 'sign-out-begun', 0),
  step(signOut, 'sign-out-ended'),
  step(pass, 'access-pass-begun', 0),
  step(pass, 'access-pass-put'),
];

/** The bot is killed there, or an answer is lost. Resolves once that was so. */
async function arm(street: GraphStreet, { at }: Death): Promise<() => Promise<void>> {
  const { house, toGraph } = street;
  const living = await street.bots();
  if ('step' in at) {
    for (const bot of living) await bot.order({ at: { step: at.step, nth: 1 }, act: 'kill' });
    return async () => {
      await house.bell.until(`a bot dies at ${at.step}`, () => living.find((bot) => bot.isGone()));
      for (const bot of living) if (!bot.isGone()) await bot.order({ at: undefined, act: 'forget-orders' });
    };
  }
  const struck = Promise.withResolvers<undefined>();
  let passed = 0;
  toGraph.once({
    when: at.when === 'before' ? 'before' : 'between',
    fits: (one) => calls[at.call](one) && (passed += 1) === at.nth,
    act: async ({ process }) => {
      if (at.when !== 'answer-lost') await living.find(({ pid }) => pid === process)?.signal('SIGKILL');
      struck.resolve(undefined);
    },
  });
  return () => struck.promise;
}

/** Runs one death from the sentence to the hiding. Gives what it saw, and what no one may find anywhere. */
async function run(street: GraphStreet, death: Death) {
  const { house, graph, toGraph } = street;
  const one = openCase(house);
  const [bot] = await street.bots();
  const passesBefore = graph.passesMade.length;
  const made = (of: Call) => toGraph.passed.filter((sent) => calls[of](sent) && sent.path.includes(one.user.id));
  const isOver = (bots: GraphStreet['house']['bots']) =>
    house.bell.until(`it ends (${bots.map(({ lines }) => lines.slice(-4).join(' ')).join('; ')})`, one.outcome);
  await one.ask(bot);
  if (death.isRefused === true) {
    graph.faults.next({ path: /resetPassword/, fault: { kind: 'operation-fails', detail: 'PolicyViolation' } });
  }
  let survivor = bot;
  const press = (by = survivor) => (death.doing === reset ? one.confirm(by) : one.followUp(by, death.doing));
  if (death.doing !== reset) {
    await one.confirm(bot);
    await isOver([bot]);
    await house.bell.until('a password', one.password);
  }
  const struck = await arm(street, death);
  await Promise.allSettled([press(bot), struck()]);
  toGraph.forget();
  survivor = await street.survivor();
  const ended = await isOver([survivor]);
  const isReset = ended === 'outcome-reset';
  const password = isReset ? await house.bell.until('the password', one.password) : undefined;
  const again = death.doing === reset ? [] : [await press(), await press()];
  const isPassMade = 'step' in death.at && /^access-pass-(?:ended|put)$/.test(death.at.step);
  const passOf = () => one.direct().flatMap(({ card }) => accessPassIn(card) ?? [])[0];
  const shownPass = isPassMade ? await house.bell.until('the pass', passOf) : passOf();
  const sent = made('writingBack').map(({ body }) => String(own(JSON.parse(body), 'newPassword')));
  const passes = graph.passesMade.slice(passesBefore);
  if (isReset) await one.acknowledge(survivor);
  if (isReset) await house.bell.until('it is hidden', () => (one.password() === undefined ? true : undefined));
  const of = { [reset]: 'writingBack', [signOut]: 'signingOut', [pass]: 'makingPass' } as const;
  return {
    ended,
    posts: made(of[death.doing]).length,
    passwords: new Set(sent).size,
    patches: one.patches(),
    isDelivered: password === undefined ? undefined : password === sent[0] && one.isInForce(password),
    inForce: house.partnerCenter.distinctPasswords(one.customer.id, one.user.id),
    isPassShown: shownPass !== undefined,
    isPassTheOneMade: shownPass === undefined || (passes.length === 1 && shownPass === passes[0]),
    saidTwiceTheSame: JSON.stringify(again[0]?.value) === JSON.stringify(again[1]?.value),
    leftInChat: one
      .direct()
      .some(({ card }) => passwordIn(card) !== undefined || passes.includes(accessPassIn(card) ?? 'none')),
    canaries: [...sent, ...passes],
  };
}

function promised({ doing, at, posts, isRefused = false }: Death) {
  return {
    ended: isRefused ? 'outcome-refused' : 'outcome-reset',
    posts,
    passwords: 1,
    patches: 0,
    isDelivered: isRefused ? undefined : true,
    inForce: isRefused ? 0 : 1,
    isPassShown: doing === pass && 'step' in at && at.step !== 'access-pass-begun',
    isPassTheOneMade: true,
    saidTwiceTheSame: true,
    leftInChat: false,
  };
}

describe.each(['SQLite', 'PostgreSQL'] as const)('a bot that is killed around Microsoft Graph, on %s', (store) => {
  const isSkipped = store === 'PostgreSQL' && programs.kind === 'missing';
  const test = isSkipped ? it.skip : it;
  let server: PostgresServer | undefined;
  let street: GraphStreet | undefined;

  beforeAll(async () => {
    if (isSkipped) return;
    if (store === 'PostgreSQL' && programs.kind === 'found') server = await startPostgres(programs, { fsync: false });
    street = await buildGraphStreet(server);
  }, longest);
  afterAll(async () => {
    await street?.close();
    await server?.stop();
  }, longest);

  test(
    `writes back one password, revokes once, and shows one pass at most${isSkipped ? ' (skipped: no PostgreSQL here)' : ''}`,
    async () => {
      if (street === undefined) throw new Error('there is no street');
      const began = Date.now();
      const canaries: string[] = [];
      const broken: unknown[] = [];
      const ran: Death[] = [];
      for (const death of deaths) {
        if (ran.length >= leastOfEach && Date.now() - began > budgetMilliseconds / 2) break;
        ran.push(death);
        const { canaries: found, ...seen } = await run(street, death);
        canaries.push(...found);
        const wanted = promised(death);
        if (JSON.stringify(seen) !== JSON.stringify(wanted))
          broken.push({ death: death.name, doing: death.doing, seen, wanted });
      }
      const seconds = Math.round((Date.now() - began) / 1000);
      const trail = await street.house.checkTrail('anew');
      const records = street.house.trailRows();
      process.stdout.write(
        `${store}: ${ran.length} of ${deaths.length} deaths around Graph in ${seconds} s, ${canaries.length} canaries, ${records} records\n`,
      );
      expect(broken).toEqual([]);
      expect(trail).toEqual([]);
      expect(canaries.length).toBeGreaterThanOrEqual(ran.length);
      expect(await street.house.findLeaks(canaries)).toEqual([]);
    },
    longest,
  );
});

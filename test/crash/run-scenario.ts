import type { CrashHouse } from './crash-house.ts';
import { findBrokenPromises } from './find-broken-promises.ts';
import { openCase, type Case } from './open-case.ts';
import type { Scenario } from './scenario.ts';
import type { Bot } from './start-bot.ts';

/** What came of one death. */
export type Death = {
  /** In words; nothing where all is well. */
  readonly broken: readonly string[];
  readonly password: string | undefined;
  readonly patches: number;
  /** Milliseconds from the death, or from the start of whoever came after, to the next step; undefined where none was left. */
  readonly takenOverAfter: number | undefined;
};

/**
 * Lets a technician do their work, kills the bot on the way, and lets another one go on. The technician presses again only
 * where the death came before their press was written down.
 */
export async function runScenario(
  house: CrashHouse,
  scenario: Scenario,
  { victim, survive }: { readonly victim: Bot; readonly survive: () => Promise<Bot> },
): Promise<Death> {
  const one = openCase(house);
  const doing = scenario.while;
  if (doing !== 'asking') await one.ask(victim);
  if (doing === 'passing-on') {
    await one.confirm(victim);
    await house.bell.until('the password is delivered', () => one.password());
  }
  const readBefore = one.password();
  scenario.fault?.(house);
  await arm(house, scenario, victim);
  const acts = { asking: one.ask, confirming: one.confirm, 'passing-on': one.passOn };
  // The bot dies while it answers, so nobody counts on an answer; one that lives on says what went wrong.
  let acted = '';
  const acting = acts[doing](victim).then(
    (answer) => (acted = `answered: ${JSON.stringify(answer)}`),
    (failure: unknown) => (acted = `failed: ${String(failure)}`),
  );
  await house.bell.until(
    () => `the bot dies (${scenario.name}; ${doing} ${acted}; ${victim.lines.slice(-12).join(' ')})`,
    () => (victim.isGone() ? true : undefined),
  );
  const died = Date.now();
  const survivor = await survive();
  await acting;
  if (doing === 'asking') {
    if (!one.hasCard()) await one.ask(survivor);
    await one.confirm(survivor);
  }
  const outcome = await house.bell.until(`an outcome (${scenario.name})`, () => one.outcome());
  const password =
    scenario.ends === 'refused'
      ? undefined
      : (readBefore ?? (await house.bell.until(`a password (${scenario.name})`, () => one.password())));
  const next = survivor.steps.find(({ at }) => at >= died);
  const broken = [
    ...findBrokenPromises(house, one, password),
    ...((outcome === 'outcome-refused') === (scenario.ends === 'refused') ? [] : [`it ended with ${outcome}`]),
  ];
  if (password !== undefined) broken.push(...(await hideAndRepeat(house, one, survivor, password)));
  return {
    broken: [...new Set(broken)],
    password,
    patches: one.patches(),
    takenOverAfter: next === undefined ? undefined : next.at - Math.max(died, survivor.since),
  };
}

async function arm(house: CrashHouse, { kill }: Scenario, victim: Bot): Promise<void> {
  switch (kill.kind) {
    case 'step':
      await victim.order({ at: { step: kill.step, nth: kill.nth ?? 1 }, act: 'kill' });
      return;
    case 'call': {
      const at = kill.to === 'connector' ? house.toConnector : house.toPartnerCenter;
      at.once({ when: kill.when, fits: kill.fits, act: () => victim.signal('SIGKILL') });
    }
  }
}

/** Says that the password was passed on, then presses everything once more: it is gone, and nothing happens twice. */
async function hideAndRepeat(house: CrashHouse, one: Case, survivor: Bot, password: string): Promise<string[]> {
  if (one.password() !== undefined) await one.passOn(survivor);
  await house.bell.until('the password is hidden', () => (one.password() === undefined ? true : undefined));
  const before = one.patches();
  const again = await one.confirm(survivor);
  const shown = JSON.stringify([one.direct(), house.connector.shown(one.chat), again]);
  return [
    ...(shown.includes(password) ? ['the password is still shown after hiding'] : []),
    ...(one.patches() > before ? ['a press afterwards reset once more'] : []),
    ...(again.status === 200 ? [] : [`a press afterwards was answered with ${again.status}`]),
    ...findBrokenPromises(house, one, password),
  ];
}

import { beginListening } from './app/begin-listening.ts';
import { type AccessSettings, createAccess } from './app/create-access.ts';
import { createDoor, type DoorSettings } from './app/create-door.ts';
import { createEnding, type Ending } from './app/create-ending.ts';
import { createReadiness } from './app/create-readiness.ts';
import { createRendering } from './app/create-rendering.ts';
import { createWatching, type MetricsSettings } from './app/create-watching.ts';
import { createHeadLog } from './audit/head-log.ts';
import type { Settings } from './config.ts';
import { createDirectory } from './directory/directory.ts';
import { createPasswordSetting } from './directory/password-setting.ts';
import { createLog } from './log.ts';
import type { Outside } from './outside.ts';
import { createPartner, freshFetch } from './partner-center/index.ts';
import { type RaiseAlarm, raiseOncePerSealingKey } from './reset/alarm.ts';
import { logFreezes, logPartnerTroubles, logSteps } from './reset/logging.ts';
import { makePassword } from './reset/password/make-password.ts';
import { createCachedGroups } from './reset/policy/groups.ts';
import type { Policy } from './reset/policy/policy.ts';
import { createResetUseCases } from './reset/reset-use-cases.ts';
import { isAdministratorRole, namesOfTarget } from './reset/target.ts';
import type { Secret } from './secret.ts';
import { reportOutcomes } from './sign-in/sign-in.ts';
import { openStore } from './store/open-store.ts';
import { createSealer } from './store/sealer.ts';
import { createStoreClock } from './store/store-clock.ts';
import { createTeamsMessages } from './teams/connector/messages.ts';
import { createBot } from './teams/handlers/bot.ts';
import { createProgressIndicator } from './teams/handlers/progress-indicator.ts';
import { createServer } from './teams/http/server.ts';

/** What the app is made of besides what is outside of it. */
export type AppSettings = Pick<
  Settings,
  'mode' | 'host' | 'port' | 'databaseUrl' | 'reset' | 'delivery' | 'logLevel'
> & {
  readonly door: DoorSettings;
  readonly partnerCenterUrl: string;
  readonly access: AccessSettings;
  readonly sealingKeys: readonly Secret[];
  readonly auditKey: Secret;
  /** The policy in force at this moment. */
  readonly policy: () => Policy;
  readonly raiseAlarm: RaiseAlarm;
  /** Undefined: nobody is told any metrics. */
  readonly metrics: MetricsSettings | undefined;
};

export type App = {
  /** Opens the store, takes up what was left undone, and listens. */
  start(): Promise<{ readonly url: string }>;
  /** Takes nothing new, finishes what is under way, and closes everything, as part of an ending or by one of its own. */
  stop(ending?: Ending): Promise<void>;
};

/** Builds each part once, by hand. */
export async function createApp(settings: AppSettings, outside: Outside): Promise<App> {
  const { clock, random } = outside;
  const log = createLog({ write: outside.write, clock, level: settings.logLevel });
  const instance = random.token();
  const sealer = createSealer(settings.sealingKeys, random.bytes);
  const { auditKey } = settings;
  // Whatever LOG_LEVEL leaves out: a head that was never printed shows no cut.
  const trailLog = createLog({ write: outside.write, clock, level: 'info' });
  const store = await openStore({ url: settings.databaseUrl, clock, instance, auditKey, log, trailLog });
  const heads = createHeadLog({ head: store.auditHead, clock, log: trailLog });
  const watching = await createWatching(settings.metrics, { clock, log });
  const raiseAlarm = raiseOncePerSealingKey(watching.watchAlarms(settings.raiseAlarm));
  const { tokens } = store;
  const storeClock = await createStoreClock(store, clock, log);
  const restoredFrom = await store.restoredFrom();
  // Leases between instances are judged by one clock.
  const access = createAccess(settings.access, {
    outside: { ...outside, clock: storeClock },
    tokens,
    sealer,
    instance,
    log,
    raiseAlarm,
  });
  const partner = createPartner({
    credentials: access.credentials,
    baseUrl: settings.partnerCenterUrl,
    applicationName: 'Locksmith',
    fetch: watching.watchFetch(outside.fetch),
    // Not the one that keeps connections: a write must not outlive its deadline in one.
    freshFetch: watching.watchFetch(outside.fetch === globalThis.fetch ? freshFetch : outside.fetch),
    clock,
    random: random.fraction,
    newId: random.guid,
  });

  const { delivery, policy } = settings;
  const render = createRendering({ policy, delivery, now: () => storeClock.now() });
  const door = createDoor(settings.door, {
    outside,
    watching,
    log,
    recordRefusal: (person, rule) => {
      const { objectId: actor, tenantId: tenant } = person;
      const entry = { at: storeClock.now(), kind: 'not-let-in', actor, person, facts: { rule, tenant } } as const;
      return store.resets.record(entry, undefined);
    },
  });
  const messages = createTeamsMessages({ connector: door.connector, render });
  const patience = createProgressIndicator({ clock, messages, reference: random.guid, log });

  const directory = createDirectory({ partner, clock, tenantOfDomain: access.tenantOfDomain, log });
  const ways = reportOutcomes(
    {
      directory: watching.watchDirectory(directory),
      setPassword: watching.watchPasswordSetting(createPasswordSetting({ partner, route: settings.reset })),
    },
    access.note,
  );
  const resets = createResetUseCases({
    store: watching.watchStore(logSteps(store.resets, log)),
    questions: store.questions,
    freezes: logFreezes(store.freezes, log),
    contacts: store.contacts,
    sealer,
    ...logPartnerTroubles(ways, log),
    findCustomer: directory.findCustomer,
    groups: createCachedGroups({ groups: access.groups, clock }),
    messages,
    makePassword: (target) => {
      const { roles } = target.user;
      const administrator = roles === 'unknown' || roles.some((role) => isAdministratorRole(role.id));
      const kind = administrator ? 'administrator' : 'ordinary';
      return makePassword({ names: namesOfTarget(target), kind, randomInt: random.integer });
    },
    policy,
    delivery,
    clock: storeClock,
    random,
    log,
    raiseAlarm,
    restoredFrom,
    instance,
    lengths: outside.lengths,
  });

  const bot = createBot({ resets, messages, patience, render, policy, clock, log });
  const adapter = door.adapt({
    turn: bot,
    say: (conversation, text) => messages.reply(conversation, text),
    reference: random.guid,
    log,
  });
  const server = createServer({
    handle: watching.watchActivities((activity, authorization) => adapter.process(activity, authorization)),
    turnedAway: watching.countTurnedAway,
    isReady: createReadiness({ store, sealer, clock, log, raiseAlarm }),
    clock,
    log,
    serveOnMilliseconds: settings.mode === 'production' ? outside.ending.serveOn : 0,
    ...(door.addresses && { addresses: door.addresses }),
  });

  watching.sampleOpenWork(() => store.openWork(), storeClock);
  watching.sampleGauges({
    directory: directory.size,
    ...(settings.metrics && { alarmFailures: settings.metrics.alarmFailures }),
    ...(access.state && { signInIsGood: () => access.state?.().kind === 'good' }),
    signInExpiresAt: access.endsAt,
  });

  return {
    async start() {
      await store.checkSealing(sealer);
      store.watchTrail(heads.wrote);
      await heads.start();
      await watching.start();
      const { host, port } = settings;
      const listening = await beginListening({ host: 'HOST', port: 'PORT' }, () => server.listen({ host, port }));
      access.start();
      resets.start();
      log({ level: 'info', event: 'listening', url: listening.url, mode: settings.mode, instance });
      return listening;
    },
    async stop(ending = createEnding({ clock, log, milliseconds: outside.ending.longest })) {
      // Nothing is taken up any more from here on; what presses begin while the server closes is awaited after it.
      const atRest = resets.stop();
      await ending.within('requests', 1200, async () => {
        await server.close();
        await Promise.race([patience.settle(), new Promise<void>((resolve) => void clock.after(1000, resolve))]);
        await atRest;
        await resets.stop();
      });
      access.stop();
      storeClock.stop();
      await ending.within('audit-head', 700, () => heads.stop());
      await Promise.all([
        ending.within('database', 200, (givenUp) => store.close(givenUp)),
        ending.within('metrics', 200, () => watching.stop()),
      ]);
      log({ level: 'info', event: 'stopped' });
    },
  };
}

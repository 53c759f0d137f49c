import { createHeadLog } from '../audit/index.ts';
import { createLog, type Secret, startListening } from '../base/index.ts';
import type { Settings } from '../config/index.ts';
import { createDirectory, createPasswordSetting } from '../directory/index.ts';
import { createPartner, freshFetch } from '../partner-center/index.ts';
import {
  createCachedGroups,
  createResetUseCases,
  isAdministratorRole,
  logFreezes,
  logPartnerTroubles,
  logSteps,
  makePassword,
  namesOfTarget,
  type Policy,
  type RaiseAlarm,
  raiseOncePerSealingKey,
} from '../reset/index.ts';
import { reportOutcomes } from '../sign-in/index.ts';
import { createSealer, createStoreClock, openStore } from '../store/index.ts';
import {
  createBot,
  createCardRenderer,
  createProgressIndicator,
  createServer,
  createTeamsMessages,
} from '../teams/index.ts';
import { createEndpoint, type EndpointSettings } from './endpoint.ts';
import { createShutdown, type Shutdown } from './graceful-shutdown.ts';
import { createInstrumentation, type MetricsSettings } from '../observability/index.ts';
import { createPartnerAccess, type PartnerAccessSettings } from './partner-access.ts';
import type { Platform } from './platform.ts';
import { createReadinessCheck } from './readiness.ts';

/** What the app is made of besides what is outside of it. */
export type AppSettings = Pick<
  Settings,
  'mode' | 'host' | 'port' | 'databaseUrl' | 'reset' | 'delivery' | 'logLevel'
> & {
  readonly door: EndpointSettings;
  readonly partnerCenterUrl: string;
  readonly access: PartnerAccessSettings;
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
  stop(ending?: Shutdown): Promise<void>;
};

/** Builds each part once, by hand. */
export async function createApp(settings: AppSettings, outside: Platform): Promise<App> {
  const { clock, random } = outside;
  const log = createLog({ write: outside.write, clock, level: settings.logLevel });
  const instance = random.token();
  const sealer = createSealer(settings.sealingKeys, random.bytes);
  const { auditKey } = settings;
  // Whatever LOG_LEVEL leaves out: a head that was never printed shows no cut.
  const trailLog = createLog({ write: outside.write, clock, level: 'info' });
  const store = await openStore({ url: settings.databaseUrl, clock, instance, auditKey, log, trailLog });
  const heads = createHeadLog({ head: store.auditHead, clock, log: trailLog });
  const watching = await createInstrumentation(settings.metrics, { clock, log });
  const raiseAlarm = raiseOncePerSealingKey(watching.watchAlarms(settings.raiseAlarm));
  const { tokens } = store;
  const storeClock = await createStoreClock(store, clock, log);
  const restoredFrom = await store.restoredFrom();
  // Leases between instances are judged by one clock.
  const access = createPartnerAccess(settings.access, {
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
  const render = createCardRenderer({ policy, delivery, now: () => storeClock.now() });
  const door = createEndpoint(settings.door, {
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
  const progress = createProgressIndicator({ clock, messages, newReference: random.guid, log });

  const directory = createDirectory({ partner, clock, tenantOfDomain: access.tenantOfDomain, log });
  const ways = reportOutcomes(
    {
      directory: watching.watchDirectory(directory),
      setPassword: watching.watchPasswordSetting(createPasswordSetting({ partner, route: settings.reset })),
    },
    access.reportOutcome,
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
    durations: outside.durations,
  });

  const bot = createBot({ resets, messages, progress, render, clock, log });
  const adapter = door.adapt({
    turn: bot,
    reply: (conversation, text) => messages.reply(conversation, text),
    newReference: random.guid,
    log,
  });
  const server = createServer({
    handle: watching.watchActivities((activity, authorization) => adapter.process(activity, authorization)),
    turnedAway: watching.countTurnedAway,
    isReady: createReadinessCheck({ store, sealer, clock, log, raiseAlarm }),
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
    signInExpiresAt: access.expiresAt,
  });

  return {
    async start() {
      await store.checkSealing(sealer);
      store.watchTrail(heads.wrote);
      await heads.start();
      await watching.start();
      const { host, port } = settings;
      const listening = await startListening({ host: 'HOST', port: 'PORT' }, () => server.listen({ host, port }));
      access.start();
      resets.start();
      log({ level: 'info', event: 'listening', url: listening.url, mode: settings.mode, instance });
      return listening;
    },
    async stop(ending = createShutdown({ clock, log, milliseconds: outside.ending.longest })) {
      // Nothing is taken up any more from here on; what presses begin while the server closes is awaited after it.
      const atRest = resets.stop();
      await ending.within('requests', 1200, async () => {
        await server.close();
        await Promise.race([progress.drain(), new Promise<void>((resolve) => void clock.after(1000, resolve))]);
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

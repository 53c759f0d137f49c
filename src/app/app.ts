import { createHeadLog } from '../audit/index.ts';
import {
  asId,
  type CorrelationId,
  processTunables,
  resolveWithin,
  startListening,
  useCaseTunables,
} from '../base/index.ts';
import { defaultRetentionDays } from '../config/index.ts';
import {
  createCachedGroups,
  createPrivateFactsMemory,
  createResetUseCases,
  isAdministratorRole,
  isWaitingForApproval,
  logFreezes,
  logSteps,
  makePassword,
  namesOfTarget,
  type PrivateFactsMemory,
  type ResetRequest,
  type ResetUseCases,
  type Target,
} from '../reset/index.ts';
import { createServer } from '../teams/index.ts';
import { describeTicketNote } from '../texts/index.ts';
import { buildTeams } from './teams-endpoint.ts';
import type { AppSettings } from './app-settings.ts';
import { type Foundation, openFoundation } from './foundation.ts';
import { createShutdown, type Shutdown } from './graceful-shutdown.ts';
import { buildPartner } from './partner-center-access.ts';
import type { Platform } from './platform.ts';
import { createPolicyCustomersWatch } from './watch-policy-file.ts';
import { createReadinessCheck } from './readiness.ts';

export type App = {
  /** Checks the keys, resumes unfinished requests, and listens. Returns the address of the bot. */
  start(): Promise<{ readonly url: string }>;
  /** Loads what the first message needs and readiness does not. Without it the first message does. */
  load(): Promise<void>;
  /** Accepts nothing new, finishes what is under way, and closes everything, as part of `shutdown` or of one of its own. */
  stop(shutdown?: Shutdown): Promise<void>;
  /** The requests that wait for a second person, the latest first. The sandbox shows them on a page. */
  waitingForApproval(): Promise<readonly ResetRequest[]>;
};

/**
 * Builds each part once, by hand, and opens the store. `platform` is all that comes from outside the process. Rejects with
 * an error whose `code` says what is missing, such as a `StoreError`.
 */
export async function createApp(settings: AppSettings, platform: Platform): Promise<App> {
  const foundation = await openFoundation(settings, platform);
  const { clock, log, store, storeClock, sealer, instrumentation, raiseAlarm, instance } = foundation;
  const headLog = createHeadLog({ head: store.auditHead, clock, log: foundation.trailLog });
  const partner = buildPartner(settings, foundation);
  const privateFacts = createPrivateFactsMemory(storeClock);
  const { followUps } = partner;
  const teams = buildTeams(settings, foundation, { privateFacts, followUps });
  const resets = buildResets(settings, foundation, { ...partner, messages: teams.messages, privateFacts });
  const server = createServer({
    handle: instrumentation.instrumentActivities(teams.connectBot(resets)),
    onRejected: instrumentation.countRejected,
    isReady: createReadinessCheck({ store, sealer, clock, log, raiseAlarm }),
    clock,
    log,
    serveOnMilliseconds: settings.mode === 'production' ? platform.shutdown.serveOn : 0,
    ...(teams.addressLimit && { addresses: teams.addressLimit }),
  });
  const { access, directory } = partner;
  const policyCustomers = createPolicyCustomersWatch({
    policy: settings.policy,
    findUnknown: (ids) => directory.findUnknownCustomers(ids, asId<CorrelationId>(platform.random.guid())),
    clock,
    log,
    raiseAlarm,
  });
  instrumentation.sampleOpenWork(() => store.openWork(), storeClock);
  instrumentation.sampleGauges({
    directory: directory.size,
    ...(settings.metrics && { alarmFailures: settings.metrics.alarmFailures }),
    ...(access.state && { signInIsGood: () => access.state?.().kind === 'good' }),
    signInExpiresAt: access.expiresAt,
    ...(foundation.tickets && { ticketNotes: () => store.notes.summary() }),
  });

  return {
    async start() {
      await store.checkSealing(sealer);
      store.watchTrail(headLog.wrote);
      await headLog.start();
      await instrumentation.start();
      const { host, port } = settings;
      const listening = await startListening({ host: 'HOST', port: 'PORT' }, () => server.listen({ host, port }));
      teams.signingKeys?.start();
      access.start();
      resets.start();
      policyCustomers.start();
      log({ level: 'info', event: 'listening', url: listening.url, mode: settings.mode, instance });
      return listening;
    },
    load: () => teams.loadSdk(),
    async waitingForApproval() {
      const latest = await store.resets.history('everybody', useCaseTunables.maxHistorySearched);
      const now = storeClock.now();
      return latest.filter((one) => isWaitingForApproval(one) && now < (one.approval?.approveBy ?? 0));
    },
    async stop(shutdown = createShutdown({ clock, log, milliseconds: platform.shutdown.timeout })) {
      // No request is begun from here on. What presses begin while the server closes is awaited after it.
      const atRest = resets.stop();
      directory.stop();
      const reserved = processTunables.shutdownReserveMilliseconds;
      await shutdown.stopPart('requests', reserved.afterRequests, async () => {
        await server.close();
        await resolveWithin(
          clock,
          processTunables.progressMessagesTimeoutMilliseconds,
          teams.drainProgress(),
          undefined,
        );
        await atRest;
        await resets.stop();
      });
      access.stop();
      teams.signingKeys?.stop();
      await resolveWithin(
        clock,
        processTunables.progressMessagesTimeoutMilliseconds,
        policyCustomers.stop(),
        undefined,
      );
      storeClock.stop();
      await shutdown.stopPart('audit-head', reserved.afterAuditHead, () => headLog.stop());
      await Promise.all([
        shutdown.stopPart('database', reserved.afterDatabase, (abort) => store.close(abort)),
        shutdown.stopPart('metrics', reserved.afterDatabase, () => instrumentation.stop()),
      ]);
      log({ level: 'info', event: 'stopped' });
    },
  };
}

/** The use cases of a reset over the store, Partner Center and Teams. */
function buildResets(
  { policy, delivery, endpoint, retentionDays = defaultRetentionDays }: AppSettings,
  {
    platform,
    clock,
    log,
    store,
    storeClock,
    sealer,
    instance,
    instrumentation,
    raiseAlarm,
    restoredFrom,
    tickets,
  }: Foundation,
  {
    access,
    directory,
    ports,
    messages,
    privateFacts,
    followUps,
    writeBack,
  }: ReturnType<typeof buildPartner> &
    Pick<ReturnType<typeof buildTeams>, 'messages'> & {
      readonly privateFacts: PrivateFactsMemory;
    },
): ResetUseCases {
  const { random, durations } = platform;
  return createResetUseCases({
    store: instrumentation.instrumentStore(logSteps(store.resets, log)),
    questions: store.questions,
    freezes: logFreezes(store.freezes, log),
    contacts: store.contacts,
    approverChat: endpoint.kind === 'sandbox' ? endpoint.approverChat : undefined,
    sealer,
    ...ports,
    findCustomer: directory.findCustomer,
    groups: createCachedGroups({ groups: access.groups, clock }),
    messages,
    privateFacts,
    followUps,
    tickets,
    notes: store.notes,
    describeNote: describeTicketNote,
    writeBack,
    makePassword: (target) => makePassword({ ...passwordNeeds(target), randomInt: random.integer }),
    policy,
    delivery,
    clock: storeClock,
    random,
    log,
    raiseAlarm,
    restoredFrom,
    instance,
    durations,
    retentionMilliseconds: retentionDays * 24 * 60 * 60_000,
  });
}

/** An account whose roles are unknown gets a password as long as an administrator's. */
function passwordNeeds(target: Target): {
  readonly names: readonly string[];
  readonly kind: 'administrator' | 'ordinary';
} {
  const { roles } = target.user;
  const isAdministrator = roles === 'unknown' || roles.some((role) => isAdministratorRole(role.id));
  return { names: namesOfTarget(target), kind: isAdministrator ? 'administrator' : 'ordinary' };
}

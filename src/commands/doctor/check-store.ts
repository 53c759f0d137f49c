import type { Platform } from '../../app/index.ts';
import { checkAuditKey, formatFault, formatTableFault } from '../../audit/index.ts';
import { commandTunables, type Secret } from '../../base/index.ts';
import { isDatabaseMissing, type Settings } from '../../config/index.ts';
import { createAuditChain, createSealer, openStore, openTrail, type Store, StoreError } from '../../store/index.ts';
import { storeAdvice } from '../../texts/index.ts';
import type { Check, Finding, Trouble } from './checks.ts';

/** The codes of a store that is not there yet, does not answer, or does not let Locksmith in; every other one is wrong. */
const troubles: Readonly<Partial<Record<StoreError['code'], Trouble>>> = {
  'no-such-database': 'not-made',
  'schema-older': 'not-made',
  'schema-empty': 'not-made',
  'cannot-open': 'refused',
  'not-permitted': 'refused',
  unreachable: 'not-reachable',
  locked: 'not-reachable',
  'pooler-refuses': 'refused',
  'not-let-in': 'refused',
  'no-tls': 'refused',
  'certificate-not-good': 'refused',
  'too-many-connections': 'refused',
  'read-only': 'refused',
};

/**
 * Opens the store beside a running bot, as a reader, and holds both keys against what is there. Where it cannot be opened,
 * that is said once, and nothing that stands in it is looked at.
 */
export function checkStore({
  databaseUrl,
  sealingKeys,
  auditKey,
  platform: { clock, random },
}: Pick<Settings, 'databaseUrl'> & {
  readonly sealingKeys: readonly Secret[];
  readonly auditKey: Secret;
  readonly platform: Platform;
}): readonly Check[] {
  let isOpenable = true;
  return [
    {
      name: 'store',
      step: 4,
      async look() {
        if (isDatabaseMissing(databaseUrl)) {
          isOpenable = false;
          return {
            kind: 'not-made',
            says: 'there is no database yet',
            todo: 'Run "npm run consent", which makes it; so does the first start.',
            step: 6,
          };
        }
        return readWith(openReader, async (store) => {
          const difference = Math.abs(await store.clockDifference());
          if (difference <= commandTunables.maxStoreClockDifferenceMilliseconds)
            return { kind: 'ok', says: `${store.kind}, its tables are this program’s` };
          return {
            kind: 'wrong',
            says: `its clock is ${Math.round(difference / 1000)} s off this machine’s`,
            todo: 'Have both machines keep their time by a time server (NTP).',
          };
        });
      },
    },
    checkOf('sealing key', openReader, async (store) => {
      await store.checkSealing(createSealer(sealingKeys, random.bytes));
      return { kind: 'ok', says: 'opens what is sealed' };
    }),
    checkOf('audit tables', openTrail, async (trail) => {
      const { faults } = await trail.tables();
      return faults.length === 0
        ? { kind: 'ok', says: 'are as Locksmith makes them, and guarded' }
        : {
            kind: 'wrong',
            says: faults.map(formatTableFault).join(' '),
            todo: 'Ask who administers the database, and run "npm run audit -- verify".',
          };
    }),
    checkOf('audit key', openTrail, async (trail) => {
      const answer = await checkAuditKey(trail, createAuditChain(auditKey), await trail.bounds(), []);
      if (answer.kind === 'fault') {
        const code = answer.fault.kind === 'check-altered' ? 'audit-beginning-missing' : 'wrong-audit-key';
        return { kind: 'wrong', says: formatFault(answer.fault), todo: storeAdvice[code] };
      }
      // Without an end that agrees no bot starts.
      await trail.end();
      return { kind: 'ok', says: 'is the trail’s; "npm run audit -- verify" checks every record' };
    }),
  ];

  function openReader(url: Secret): Promise<Store> {
    return openStore({ url, clock, instance: 'doctor', role: 'reader' });
  }

  function checkOf<Opened extends { close(): Promise<void> }>(
    name: string,
    open: (url: Secret) => Promise<Opened>,
    look: (opened: Opened) => Promise<Finding>,
  ): Check {
    return {
      name,
      step: 4,
      look: () =>
        isOpenable
          ? readWith(open, look)
          : Promise.resolve({ kind: 'not-checked', says: 'not looked at: the store comes first' }),
    };
  }

  async function readWith<Opened extends { close(): Promise<void> }>(
    open: (url: Secret) => Promise<Opened>,
    look: (opened: Opened) => Promise<Finding>,
  ): Promise<Finding> {
    let opened: Opened | undefined;
    try {
      opened = await open(databaseUrl);
      return await look(opened);
    } catch (failure) {
      if (!(failure instanceof StoreError)) throw failure;
      if (opened === undefined) isOpenable = false;
      const { message, databaseCode } = failure;
      const says = databaseCode === undefined ? message : `${message} (${databaseCode})`;
      return { kind: troubles[failure.code] ?? 'wrong', says, todo: storeAdvice[failure.code] };
    } finally {
      await opened?.close();
    }
  }
}

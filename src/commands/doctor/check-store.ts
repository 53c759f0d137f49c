import type { Platform } from '../../app/index.ts';
import { checkAuditKey, formatFault, formatTableFault } from '../../audit/index.ts';
import { commandTunables, type Secret } from '../../base/index.ts';
import type { Settings } from '../../config/index.ts';
import { createAuditChain, createSealer, openStore, openTrail, type Store, StoreError } from '../../store/index.ts';
import { storeAdvice } from '../../texts/index.ts';
import type { Check, Finding } from './checks.ts';

/** Opens the store beside a running bot, as a reader, and holds both keys against what is there. */
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
  return [
    check('store', async (store) => {
      const difference = Math.abs(await store.clockDifference());
      if (difference <= commandTunables.maxStoreClockDifferenceMilliseconds)
        return { kind: 'ok', says: `${store.kind}, its tables are this program’s` };
      return {
        kind: 'wrong',
        says: `its clock is ${Math.round(difference / 1000)} s off this machine’s`,
        todo: 'Have both machines keep their time by a time server (NTP).',
      };
    }),
    check('sealing key', async (store) => {
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
      return answer.kind === 'fits'
        ? { kind: 'ok', says: 'is the trail’s; "npm run audit -- verify" checks every record' }
        : { kind: 'wrong', says: formatFault(answer.fault), todo: storeAdvice['wrong-audit-key'] };
    }),
  ];

  function check(name: string, look: (store: Store) => Promise<Finding>): Check {
    return checkOf(name, (url) => openStore({ url, clock, instance: 'doctor', role: 'reader' }), look);
  }

  function checkOf<Opened extends { close(): Promise<void> }>(
    name: string,
    open: (url: Secret) => Promise<Opened>,
    look: (opened: Opened) => Promise<Finding>,
  ): Check {
    return {
      name,
      async look() {
        let store: Opened | undefined;
        try {
          store = await open(databaseUrl);
          return await look(store);
        } catch (failure) {
          if (!(failure instanceof StoreError)) throw failure;
          const { message, databaseCode } = failure;
          const says = databaseCode === undefined ? message : `${message} (${databaseCode})`;
          return { kind: 'wrong', says, todo: storeAdvice[failure.code] };
        } finally {
          await store?.close();
        }
      },
    };
  }
}

import { Counter, type Registry } from 'prom-client';
import { partnerAdvice } from '../partner-center/index.ts';
import type { Directory, PasswordSetting } from '../reset/ports/partner-center.ts';
import type { PartnerTrouble } from '../reset/refusal.ts';

/** Counts what went wrong at Partner Center after all tries, by what was being done and the SDK's own code. */
export function countTroubles(registry: Registry): {
  readonly watchDirectory: (directory: Directory) => Directory;
  readonly watchPasswordSetting: (setPassword: PasswordSetting) => PasswordSetting;
} {
  const troubles = new Counter({
    name: 'locksmith_partner_center_troubles_total',
    help: 'What could not be done at Partner Center, by the code of the failure.',
    labelNames: ['doing', 'code'] as const,
    registers: [registry],
  });
  for (const doing of ['find', 'look-up', 'reset']) {
    for (const code of [...Object.keys(partnerAdvice), 'other']) troubles.inc({ doing, code }, 0);
  }
  const count = (doing: 'find' | 'look-up' | 'reset', { code }: PartnerTrouble): void => {
    troubles.inc({ doing, code: Object.hasOwn(partnerAdvice, code) ? code : 'other' });
  };
  return {
    watchDirectory: (directory) => ({
      async find(...question) {
        const found = await directory.find(...question);
        if (found.kind === 'trouble') count('find', found.trouble);
        return found;
      },
      async lookUp(...question) {
        const looked = await directory.lookUp(...question);
        if (looked.kind === 'trouble') count('look-up', looked.trouble);
        return looked;
      },
    }),
    watchPasswordSetting: (setPassword) => async (operation, password, deadline) => {
      const outcome = await setPassword(operation, password, deadline);
      if (outcome.kind !== 'applied') count('reset', outcome.trouble);
      return outcome;
    },
  };
}

import type { CorrelationId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Directory } from './ports/directory.ts';
import type { PasswordSetting } from './ports/password-setting.ts';
import type { PartnerTrouble } from './partner-trouble.ts';

/** The two ways to Partner Center. */
type Ways = { readonly directory: Directory; readonly setPassword: PasswordSetting };

/** The same ways to Partner Center, which say what could not be done there, with its codes and the correlation id. */
export function logTroubles({ directory, setPassword }: Ways, log: Log): Ways {
  return {
    directory: {
      async find(readings, correlationId, options) {
        const found = await directory.find(readings, correlationId, options);
        if (found.kind === 'trouble') say('find', found.trouble, correlationId);
        return found;
      },
      async lookUp(customer, user, correlationId) {
        const looked = await directory.lookUp(customer, user, correlationId);
        if (looked.kind === 'trouble') say('look-up', looked.trouble, correlationId);
        return looked;
      },
    },
    async setPassword(operation, password, deadline) {
      const outcome = await setPassword(operation, password, deadline);
      if (outcome.kind !== 'applied') say('reset', outcome.trouble, operation.correlationId, outcome.kind);
      return outcome;
    },
  };

  function say(
    doing: 'find' | 'look-up' | 'reset',
    { code, httpStatus, partnerCode }: PartnerTrouble,
    correlationId: CorrelationId,
    outcome?: 'refused' | 'not-tried' | 'unknown',
  ): void {
    log({
      level: 'warn',
      event: 'partner-center-trouble',
      doing,
      code,
      outcome,
      httpStatus,
      partnerCode,
      correlationId,
    });
  }
}

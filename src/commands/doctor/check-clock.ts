import { commandTunables } from '../../base/index.ts';
import type { Platform } from '../../app/index.ts';
import type { Check } from './checks.ts';

/** Holds this machine's clock against the `Date` of Microsoft Entra's answer. */
export function checkClock({ fetch, clock, signIn }: Pick<Platform, 'fetch' | 'clock' | 'signIn'>): Check {
  return {
    name: 'clock',
    step: 7,
    async look() {
      const answer = await ask().catch(() => undefined);
      const theirs = Date.parse(answer?.headers.get('date') ?? '');
      await answer?.body?.cancel();
      if (Number.isNaN(theirs)) {
        return {
          kind: 'not-reachable',
          says: `${new URL(signIn.authority).host} does not answer`,
          todo: 'Let this machine reach it over https, through the proxy or firewall that stands between; every host is in docs/operations.md, "What must reach what".',
        };
      }
      const seconds = Math.round((clock.now() - theirs) / 1000);
      return Math.abs(seconds) <= commandTunables.maxClockSkewSeconds
        ? { kind: 'ok', says: `within ${Math.abs(seconds)} s of Microsoft Entra's` }
        : {
            kind: 'wrong',
            says: `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} Microsoft Entra's`,
            todo: 'Have this machine keep its time by a time server (NTP).',
          };
    },
  };

  function ask(): Promise<Response> {
    return fetch(`${signIn.authority}/common/v2.0/.well-known/openid-configuration`, {
      redirect: 'error',
      signal: AbortSignal.timeout(commandTunables.doctorCallTimeoutMilliseconds),
    });
  }
}

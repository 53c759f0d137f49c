import { own } from '../support/own.ts';
import type { BotSettings } from './bot-orders.ts';

/** The same `fetch`, with a planted mistake in how passwords are sent; `write` is the bot's log. */
export function plantInFetch(
  fetch: typeof globalThis.fetch,
  plant: BotSettings['plant'],
  write: (line: string) => void,
): typeof globalThis.fetch {
  let tries = 0;
  return (input, init) => {
    if (init?.method !== 'PATCH' || typeof init.body !== 'string') return fetch(input, init);
    const password = own(own(JSON.parse(init.body), 'passwordProfile'), 'password');
    if (typeof password !== 'string') return fetch(input, init);
    tries += 1;
    switch (plant) {
      case 'password-in-log':
        write(
          `${JSON.stringify({ event: 'asked', url: `https://example.test/?p=${encodeURIComponent(password)}` })}\n`,
        );
        return fetch(input, init);
      case 'another-password-with-every-try':
        return fetch(input, { ...init, body: init.body.replace(password, `${password}${tries}`) });
      case 'none':
      case 'clock-stops-with-process':
        return fetch(input, init);
    }
  };
}

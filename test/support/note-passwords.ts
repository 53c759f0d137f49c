import { own } from './own.ts';

/** The same `fetch`, which notes every password that is sent to be set, whatever the answer is. */
export function notePasswords(fetch: typeof globalThis.fetch): {
  readonly fetch: typeof globalThis.fetch;
  readonly passwords: ReadonlySet<string>;
} {
  const passwords = new Set<string>();
  return {
    passwords,
    fetch: (input, init) => {
      const password = init?.method === 'PATCH' ? readPassword(init.body) : undefined;
      if (password !== undefined) passwords.add(password);
      return fetch(input, init);
    },
  };
}

function readPassword(body: unknown): string | undefined {
  if (typeof body !== 'string') return undefined;
  const sent: unknown = JSON.parse(body);
  const password = own(own(sent, 'passwordProfile'), 'password');
  return typeof password === 'string' ? password : undefined;
}

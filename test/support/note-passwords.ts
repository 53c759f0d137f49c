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
      const isWrite = init?.method === 'PATCH' || init?.method === 'POST';
      const password = isWrite ? readPassword(init.body) : undefined;
      if (password !== undefined) passwords.add(password);
      return fetch(input, init);
    },
  };
}

function readPassword(body: unknown): string | undefined {
  if (typeof body !== 'string') return undefined;
  if (!body.includes('"passwordProfile"') && !body.includes('"newPassword"')) return undefined;
  const sent: unknown = JSON.parse(body);
  // By Partner Center, or by Graph with write-back.
  const password = own(own(sent, 'passwordProfile'), 'password') ?? own(sent, 'newPassword');
  return typeof password === 'string' ? password : undefined;
}

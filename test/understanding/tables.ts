import { readFileSync } from 'node:fs';
import { createDirectory } from '../../src/directory/directory.ts';
import type { Finding } from '../../src/reset/ports/partner-center.ts';
import { cleanText, type Command, english, readCommand } from '../../src/understanding/index.ts';
import { createFakePartner, type FakeCustomer } from '../directory/fake-partner.ts';
import { correlationId, guid, person } from '../directory/people.ts';
import { createHandClock } from '../support/hand-clock.ts';
import { asId, type CustomerId } from '../../src/base/ids.ts';

/** A customer by name, domain and the display names, addresses or ids of its users. */
export type Place = { readonly name: string; readonly domain: string; readonly users: readonly string[] };

/** The lines of a table beside this module, cut at tabs; `\n` stands for a line end. */
export function readTable(file: string): readonly (readonly string[])[] {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('# '))
    .map((line) => line.split('\t').map((cell) => cell.replaceAll(String.raw`\n`, '\n')));
}

export function commandOf(typed: string): Command {
  return readCommand(cleanText(typed, []), english);
}

/** A directory over these customers. `find` says whom a message means, as `Jane Doe at Contoso`, or why it asks. */
export function createWorld(places: readonly Place[]) {
  const customers = places.map(({ name, domain, users }, number): FakeCustomer => {
    const id = isId(name) ? name.toLowerCase() : guid(number + 1);
    return { id, name, domain, users: users.map((user, at) => createUser(user, 1000 * (number + 1) + at, domain)) };
  });
  const { partner } = createFakePartner(customers, 500);
  const directory = createDirectory({ partner, clock: createHandClock() });
  return {
    directory,
    find: async (typed: string, chatCustomer?: string): Promise<string> => {
      const command = commandOf(typed);
      if (command.kind !== 'sentence') return `- ${command.kind}`;
      const context = customers.find(({ name }) => name === chatCustomer)?.id;
      const inferredCustomer = context === undefined ? undefined : asId<CustomerId>(context);
      return sayWho(await directory.find({ text: command.text }, correlationId, { inferredCustomer }));
    },
  };
}

/** Whom a finding takes, as `Jane Doe at Contoso`; what begins with `-` is a question or a refusal. */
export function sayWho(finding: Finding): string {
  if (finding.kind !== 'found') return `- ${finding.kind}`;
  const { user, customer } = finding.target;
  return `${user.displayName} at ${customer.name}`;
}

function createUser(name: string, number: number, domain: string) {
  const user = person(number, name);
  if (isId(name)) return { ...user, id: name.toLowerCase(), userPrincipalName: `u${String(number)}@${domain}` };
  if (name.includes('@')) return { ...person(number, displayNameOf(name)), userPrincipalName: name.toLowerCase() };
  const nickname = (user.userPrincipalName ?? '').replace(/@.*/, '');
  return { ...user, userPrincipalName: `${nickname}@${domain}` };
}

/** The name of somebody of whom a table says the address: `Jane Doe` of `jane.doe@contoso.com`. */
export function displayNameOf(user: string): string {
  if (!user.includes('@')) return user;
  const words = user.replace(/@.*/, '').split(/[^\p{L}\p{N}']+/u);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()).join(' ');
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

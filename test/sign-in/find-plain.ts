import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { formsOfSecret } from '../support/forms-of-secret.ts';

/** Which of these secrets stand, in any form, in a database file or in what lies beside it; only their beginnings are told. */
export function findPlain(path: string, secrets: readonly string[]): readonly string[] {
  const folder = dirname(path);
  const files = readdirSync(folder).filter((name) => name.startsWith(basename(path)));
  const text = files.map((name) => readFileSync(join(folder, name), 'latin1')).join('\n');
  return secrets
    .filter((secret) => formsOfSecret(secret).some((form) => text.includes(form)))
    .map((one) => one.slice(0, 12));
}

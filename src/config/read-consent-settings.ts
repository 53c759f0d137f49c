import { readFileSync } from 'node:fs';
import type { Environment } from '../config.ts';
import type { Secret } from '../secret.ts';
import type { EntraApp } from '../sign-in/entra-app.ts';
import { createSettingReader } from './create-setting-reader.ts';
import { findUnsafeEnvironment } from './find-unsafe-environment.ts';
import { readEntraApp } from './read-entra-app.ts';

/** What a new sign-in is made and kept with. */
export type ConsentSettings = {
  readonly app: EntraApp;
  readonly databaseUrl: Secret;
  readonly sealingKeys: readonly Secret[];
};

export type ConsentSettingsRead =
  | { readonly kind: 'settings'; readonly settings: ConsentSettings }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/** Reads the application, `DATABASE_URL` and `SEALING_KEY`, as the bot does, and no other setting. */
export function readConsentSettings(
  environment: Environment,
  now: number,
  readFile: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): ConsentSettingsRead {
  const problems: string[] = [...findUnsafeEnvironment(environment)];
  const read = createSettingReader(environment, readFile, problems);
  const settings = {
    app: readEntraApp(read, problems, now),
    databaseUrl: read.databaseUrl('DATABASE_URL', 'sqlite:./data/locksmith.db'),
    sealingKeys: read.neededKeys('SEALING_KEY'),
  };
  return problems.length > 0 ? { kind: 'problems', problems } : { kind: 'settings', settings };
}

import { readFileSync } from 'node:fs';
import { Secret } from '../base/index.ts';
import type { EntraApp } from '../sign-in/index.ts';
import { findFileBesideDatabase, readSealingKeys } from '../store/index.ts';
import { createSettingReader } from './setting-reader.ts';
import { type Environment, readEntraApp } from './settings.ts';
import { findUnsafeEnvironment } from './unsafe-environment.ts';

/** What the trail is read with, or everything that is wrong with those settings. */
export type AuditSettings =
  | {
      readonly kind: 'settings';
      readonly databaseUrl: Secret;
      /** Undefined: neither set, nor kept by a sandbox beside the database. */
      readonly auditKey: Secret | undefined;
    }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/** Reads `DATABASE_URL` and `AUDIT_KEY` and no other setting. Without them it is the sandbox's trail and its kept key. */
export function readAuditSettings(
  environment: Environment,
  readFile: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): AuditSettings {
  const problems: string[] = [];
  const read = createSettingReader(environment, readFile, problems);
  const databaseUrl = read.databaseUrl('DATABASE_URL', 'sqlite:./data/locksmith.db');
  const given = read.key('AUDIT_KEY');
  if (problems.length > 0) return { kind: 'problems', problems };
  return { kind: 'settings', databaseUrl, auditKey: given ?? readKept() };

  function readKept(): Secret | undefined {
    try {
      const kept = readSealingKeys(new Secret(readFile(findFileBesideDatabase(databaseUrl, 'audit.key')).trim()));
      return kept.kind === 'keys' ? kept.keys[0] : undefined;
    } catch {
      return undefined;
    }
  }
}

/** What a new sign-in is made and kept with. */
export type ConsentSettings = {
  readonly app: EntraApp;
  readonly databaseUrl: Secret;
  readonly sealingKeys: readonly Secret[];
};

type ConsentSettingsResult =
  | { readonly kind: 'settings'; readonly settings: ConsentSettings }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/** Reads the application, `DATABASE_URL` and `SEALING_KEY`, as the bot does, and no other setting. */
export function readConsentSettings(
  environment: Environment,
  now: number,
  readFile: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): ConsentSettingsResult {
  const problems: string[] = [...findUnsafeEnvironment(environment)];
  const read = createSettingReader(environment, readFile, problems);
  const settings = {
    app: readEntraApp(read, problems, now),
    databaseUrl: read.databaseUrl('DATABASE_URL', 'sqlite:./data/locksmith.db'),
    sealingKeys: read.neededKeys('SEALING_KEY'),
  };
  return problems.length > 0 ? { kind: 'problems', problems } : { kind: 'settings', settings };
}

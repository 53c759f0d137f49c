import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Secret } from '../../src/base/secret.ts';
import { readSettings } from '../../src/config/index.ts';
import type { Environment } from '../../src/config/text-reader.ts';
import { makeCertificate } from '../support/make-certificate.ts';

const guid = '11111111-2222-4333-8444-555555555555';
const key = Buffer.alloc(32, 1).toString('base64');
const other = Buffer.alloc(32, 2).toString('base64');
const { certificate, privateKey } = makeCertificate();

const secrets = {
  MicrosoftAppPassword: 'CANARY-app~password',
  PARTNER_CENTER_CLIENT_SECRET: 'CANARY-client~secret',
  SEALING_KEY: `${key},${other}`,
  AUDIT_KEY: key,
  DATABASE_URL: 'postgres://robin:CANARY@localhost/locksmith',
  ALERT_WEBHOOK_URL: 'https://hooks.example/CANARY',
} as const;
const production = {
  MicrosoftAppId: guid,
  MicrosoftAppTenantId: guid,
  ALLOWED_TENANT_IDS: guid,
  PARTNER_CENTER_TENANT_ID: guid,
  PARTNER_CENTER_CLIENT_ID: guid,
  // Any file that is there: only whether it can be read is looked at.
  POLICY_FILE: import.meta.filename,
} as const;
const textOf = (secret: Secret | undefined) => secret?.reveal((text) => text);

/** The secrets as they were read. */
function readSecrets(environment: Environment): Readonly<Record<keyof typeof secrets, string | undefined>> {
  const read = readSettings({ ...production, ...environment });
  if (read.kind === 'problems') throw new Error(read.problems.join('; '));
  const { settings } = read;
  if (settings.mode !== 'production' || settings.bot.kind !== 'single-tenant') throw new Error('another bot');
  const { credential } = settings.partnerCenterApp;
  return {
    MicrosoftAppPassword: textOf(settings.bot.password),
    PARTNER_CENTER_CLIENT_SECRET: credential.kind === 'secret' ? textOf(credential.secret) : undefined,
    SEALING_KEY: settings.sealingKeys.map(textOf).join(','),
    AUDIT_KEY: textOf(settings.auditKey),
    DATABASE_URL: textOf(settings.databaseUrl),
    ALERT_WEBHOOK_URL: textOf(settings.alertWebhookUrl),
  };
}

describe('a secret that was pasted', () => {
  const fewer = { DATABASE_URL: secrets.DATABASE_URL, ALERT_WEBHOOK_URL: secrets.ALERT_WEBHOOK_URL };
  const pasted = ['MicrosoftAppPassword', 'PARTNER_CENTER_CLIENT_SECRET', 'SEALING_KEY', 'AUDIT_KEY'] as const;

  it.each(['\n', '\r\n', '\\n', '\\r\\n', ' \n', '\\n\n', '\t'])('is read without its line end %j', (end) => {
    const environment = Object.fromEntries(pasted.map((name) => [name, secrets[name] + end]));
    expect(readSecrets({ ...fewer, ...environment })).toEqual(secrets);
  });

  it('is read without a byte order mark before it', () => {
    const environment = Object.fromEntries(pasted.map((name) => [name, `\uFEFF${secrets[name]}`]));
    expect(readSecrets({ ...fewer, ...environment })).toEqual(secrets);
  });

  it('keeps what is inside it', () => {
    const password = 'CANARY\\nx\\r';
    expect(readSecrets({ ...secrets, MicrosoftAppPassword: password }).MicrosoftAppPassword).toBe('CANARY\\nx');
    expect(readSecrets({ ...secrets, MicrosoftAppPassword: 'CANARY\\' }).MicrosoftAppPassword).toBe('CANARY\\');
  });
});

describe('a secret in a file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'locksmith-secrets-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const inFiles = (encode: (text: string) => string | Buffer) =>
    Object.fromEntries(
      Object.entries(secrets).map(([name, text]) => {
        const path = join(folder, name);
        writeFileSync(path, encode(text));
        return [`${name}_FILE`, path];
      }),
    );

  it.each<[string, (text: string) => string | Buffer]>([
    ['as it is', (text) => text],
    ['with a line end', (text) => `${text}\n`],
    ['with CRLF and a byte order mark', (text) => `\uFEFF${text}\r\n`],
    ['in UTF-16, as PowerShell writes it', (text) => Buffer.from(`\uFEFF${text}\r\n`, 'utf16le')],
  ])('counts as the setting, every one: %s', (_how, encode) => {
    expect(readSecrets(inFiles(encode))).toEqual(secrets);
  });

  it('counts as the setting, a certificate too', () => {
    const path = join(folder, 'certificate.pem');
    writeFileSync(path, certificate + privateKey);
    const { PARTNER_CENTER_CLIENT_SECRET: _left, ...rest } = secrets;
    const read = readSettings({ ...production, ...rest, PARTNER_CENTER_CLIENT_CERTIFICATE_FILE: path });
    expect(read).toMatchObject({
      kind: 'settings',
      settings: { partnerCenterApp: { credential: { kind: 'certificate' } } },
    });
  });
});

describe('the type of the bot', () => {
  it.each(['UserAssignedMSI', 'UserAssignedMsi', 'userassignedmsi', 'USERASSIGNEDMSI'])('may be written %s', (type) => {
    const { MicrosoftAppPassword: _left, ...rest } = secrets;
    const read = readSettings({ ...production, ...rest, MicrosoftAppType: type });
    expect(read).toMatchObject({ kind: 'settings', settings: { bot: { kind: 'managed-identity' } } });
  });

  it.each(['singletenant', 'SINGLETENANT', 'SingleTenant'])('may be written %s', (type) => {
    expect(readSecrets({ ...secrets, MicrosoftAppType: type })).toEqual(secrets);
  });

  it.each(['MultiTenant', 'UserAssigned', 'SystemAssignedMSI'])('may not be %s', (type) => {
    expect(readSettings({ ...production, ...secrets, MicrosoftAppType: type })).toMatchObject({
      problems: [expect.stringContaining('MicrosoftAppType')],
    });
  });

  it('may not be a managed identity beside OUTBOUND_PROXY, which its tokens cannot go through', () => {
    const { MicrosoftAppPassword: _left, ...rest } = secrets;
    const environment = { MicrosoftAppType: 'UserAssignedMSI', OUTBOUND_PROXY: 'http://proxy.example:3128' };
    expect(readSettings({ ...production, ...rest, ...environment })).toMatchObject({
      problems: [expect.stringContaining('OUTBOUND_PROXY')],
    });
    expect(readSettings({ ...production, ...secrets, OUTBOUND_PROXY: 'http://proxy.example:3128/' })).toMatchObject({
      settings: { outboundProxy: 'http://proxy.example:3128' },
    });
  });
});

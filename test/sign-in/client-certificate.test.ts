import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import { type CertificateProblem, readClientCertificate } from '../../src/config/client-certificate.ts';
import { makeCertificate } from '../support/make-certificate.ts';
import { openSignInWorld, testApp } from './sign-in-world.ts';

describe('a client certificate', () => {
  const now = Date.now();
  const until = Math.floor(now / 1000) * 1000 + 5_000_000;
  const made = makeCertificate({ until });
  const other = makeCertificate();
  const read = (text: string) => readClientCertificate(new Secret(text), now);
  const both = made.privateKey + made.certificate;

  it('signs in where Entra knows it: assertion, thumbprint and chain are right', async () => {
    const result = read(made.certificate.replaceAll('\n', '\r\n') + other.certificate + made.privateKey);
    if (result.kind !== 'certificate') throw new Error(result.problem);
    expect(result.certificate.endsAt).toBe(until);
    const { tenantId, clientId } = testApp;
    const app = { tenantId, clientId, credential: result } as const;
    const world = await openSignInWorld({ app, certificate: made.certificate });
    await world.consent();
    await world.signIn().credentials.getToken({ fresh: true });
    await world.signIn().getGraphToken();
    expect(world.provider.asked.map(({ client }) => client)).toEqual(['assertion', 'assertion', 'assertion']);
    await world.close();
  });

  it('is refused by Entra where it is another one', async () => {
    const result = read(other.certificate + other.privateKey);
    if (result.kind !== 'certificate') throw new Error(result.problem);
    const { tenantId, clientId } = testApp;
    const world = await openSignInWorld({
      app: { tenantId, clientId, credential: result },
      certificate: made.certificate,
    });
    await expect(world.signIn().getGraphToken()).rejects.toMatchObject({ code: 'invalid_client', entraCode: 700_027 });
    await world.close();
  });

  const pkcs1 = createPrivateKey(made.privateKey).export({ type: 'pkcs1', format: 'pem' }).toString();
  const written = (text: string) => text.replaceAll('\n', '\\n');

  it.each<[string, string]>([
    ['with its line ends written out', written(both)],
    ['with CRLF written out', both.replaceAll('\n', '\\r\\n')],
    ['with CRLF', both.replaceAll('\n', '\r\n')],
    ['with CR alone', both.replaceAll('\n', '\r')],
    ['with a byte order mark', `\uFEFF${both}`],
    ['as PKCS #1', made.certificate + pkcs1],
    ['as PKCS #1 with its line ends written out, the key first', written(pkcs1 + made.certificate)],
    ['with the certificate first', made.certificate + made.privateKey],
    ['with the key first', both],
    ['with its chain before it', other.certificate + made.certificate + made.privateKey],
    ['on one line, with spaces for line ends', both.replaceAll('\n', ' ')],
    ['on one line without anything for them', both.replaceAll('\n', '')],
    ['indented, as in YAML', both.replaceAll('\n', '\n    ')],
    ['with quotes around it and text between, as openssl prints', `"Bag Attributes\n${both}"`],
  ])('is read however it was pasted: %s', (_how, text) => {
    const result = read(text);
    if (result.kind !== 'certificate') throw new Error(result.problem);
    const { privateKey, thumbprintSha256, chain, endsAt } = result.certificate;
    expect(privateKey.reveal((pem) => createPrivateKey(pem).equals(createPrivateKey(made.privateKey)))).toBe(true);
    const certificate = new X509Certificate(made.certificate);
    expect(thumbprintSha256).toBe(certificate.fingerprint256.replaceAll(':', ''));
    expect(chain.startsWith(made.certificate)).toBe(true);
    expect(endsAt).toBe(until);
  });

  const encrypted = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'CANARY' },
  }).privateKey;
  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  });
  const old = makeCertificate({ from: now - 5_000_000, until: now - 1000 });
  const young = makeCertificate({ from: now + 60_000 });

  it.each<readonly [CertificateProblem, string]>([
    ['no-certificate', made.privateKey],
    ['no-certificate', ''],
    ['no-certificate', both.replace(/MII/g, 'XXX')],
    ['no-private-key', made.certificate],
    ['no-private-key', made.certificate + made.privateKey.replace(/MII/, 'XXX')],
    ['key-encrypted', made.certificate + encrypted],
    ['key-encrypted', written(made.certificate + encrypted)],
    ['key-not-rsa', made.certificate + elliptic.toString()],
    ['key-of-another', made.certificate + other.privateKey],
    ['ended', old.certificate + old.privateKey],
    ['not-yet-good', young.certificate + young.privateKey],
  ])('is refused by its name: %s', (problem, text) => {
    expect(read(text)).toEqual({ kind: 'problem', problem });
  });
});

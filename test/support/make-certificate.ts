import { createPublicKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** A self-signed certificate with its key, both in PEM. */
export type MadeCertificate = { readonly certificate: string; readonly privateKey: string };

const sha256WithRsa = tlv(0x30, oid('1.2.840.113549.1.1.11'), tlv(0x05));

/** Makes a self-signed X.509 certificate for an RSA key, good between two instants and for a host (RFC 5280). */
export function makeCertificate({
  from = Date.now() - 60_000,
  until = Date.now() + 365 * 24 * 60 * 60_000,
  key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  host,
}: {
  readonly from?: number;
  readonly until?: number;
  readonly key?: KeyObject;
  readonly host?: string;
} = {}): MadeCertificate {
  const name = tlv(0x30, tlv(0x31, tlv(0x30, oid('2.5.4.3'), tlv(0x0c, Buffer.from('Locksmith test')))));
  const body = tlv(
    0x30,
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    sha256WithRsa,
    name,
    tlv(0x30, time(from), time(until)),
    name,
    createPublicKey(key).export({ type: 'spki', format: 'der' }),
    ...(host === undefined ? [] : [namesHost(host)]),
  );
  const signature = tlv(0x03, Buffer.from([0]), sign('RSA-SHA256', body, key));
  const lines =
    tlv(0x30, body, sha256WithRsa, signature)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** The extension `subjectAltName` with one name of the domain name system. */
function namesHost(host: string): Buffer {
  const names = tlv(0x30, tlv(0x82, Buffer.from(host)));
  return tlv(0xa3, tlv(0x30, tlv(0x30, oid('2.5.29.17'), tlv(0x04, names))));
}

/** One DER value: tag, length, content. */
function tlv(tag: number, ...content: readonly Buffer[]): Buffer {
  const value = Buffer.concat(content);
  const { length } = value;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), value]);
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = rest.flatMap((arc) => {
    const digits = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
    return digits;
  });
  return tlv(0x06, Buffer.from([first * 40 + second, ...bytes]));
}

/** GeneralizedTime, in whole seconds of UTC. */
function time(at: number): Buffer {
  return tlv(0x18, Buffer.from(`${new Date(at).toISOString().replaceAll(/[-:T]|\.\d+Z/g, '')}Z`));
}

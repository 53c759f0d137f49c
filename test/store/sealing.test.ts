import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type TenantId } from '../../src/base/ids.ts';
import { Secret } from '../../src/base/secret.ts';
import type { Opened } from '../../src/reset/ports/stores.ts';
import type { SealedPassword } from '../../src/reset/request.ts';
import type { Conversation } from '../../src/reset/identity.ts';
import type { ResetRequest } from '../../src/reset/request.ts';
import { sealBinding } from '../../src/reset/workflow/sealed-password.ts';
import type { Store } from '../../src/store/open-store.ts';
import { createSealer } from '../../src/store/sealing.ts';
import { buildFullResetRequest } from '../support/build-full-reset-request.ts';
import { buildResetRequest } from '../support/build-reset-request.ts';
import { buildSqliteHouse, type SqliteHouse } from './sqlite-house.ts';

const inChat = (request: ResetRequest, change: Partial<Conversation>): ResetRequest => {
  const { directMessage: message } = request;
  if (message === undefined) throw new Error('the request has a direct message');
  return { ...request, directMessage: { ...message, conversation: { ...message.conversation, ...change } } };
};

/** Where a password goes, changed in one thing. */
const elsewhere: readonly (readonly [string, (request: ResetRequest) => ResetRequest])[] = [
  ['another conversation', (request) => inChat(request, { id: 'somebody-elses' })],
  ['another service', (request) => inChat(request, { serviceUrl: 'https://elsewhere.example/' })],
  ['another tenant of the chat', (request) => inChat(request, { tenantId: asId<TenantId>('another') })],
  ['no chat at all', (request) => ({ ...request, directMessage: undefined })],
  [
    'another person of Teams',
    ({ technician, ...request }) => ({ ...request, technician: { ...technician, teamsUserId: '29:another' } }),
  ],
  [
    'another tenant of the person',
    ({ technician, ...request }) => ({
      ...request,
      technician: { ...technician, tenantId: asId<TenantId>('another') },
    }),
  ],
];

describe('sealing', () => {
  const makeKey = () => new Secret(randomBytes(32).toString('base64'));
  const password = new Secret('CANARY-Tulip-marble-käse-58');
  const binding = sealBinding(buildResetRequest());
  const first = makeKey();
  const second = makeKey();
  const sealer = createSealer([first], randomBytes);
  const reveal = (opened: Opened) => (opened.kind === 'opened' ? opened.secret.reveal((value) => value) : opened.kind);

  it('gives back what was sealed', () => {
    expect(reveal(sealer.open(sealer.seal(password, binding), binding))).toBe('CANARY-Tulip-marble-käse-58');
  });

  it('never seals alike twice, and draws 96 bits for each', () => {
    const sealed = Array.from({ length: 100 }, () => sealer.seal(password, binding));
    expect(new Set(sealed.map(({ nonce }) => nonce)).size).toBe(100);
    expect(new Set(sealed.map(({ ciphertext }) => ciphertext)).size).toBe(100);
    expect(sealed.every(({ nonce }) => Buffer.from(nonce, 'base64').length === 12)).toBe(true);
  });

  it('shows nothing of the password', () => {
    const sealed = sealer.seal(password, binding);
    const shown = inspect(sealed) + Buffer.from(sealed.ciphertext, 'base64').toString('latin1');
    expect(shown).not.toContain('CANARY');
    expect(inspect(sealer, { showHidden: true, depth: 9 })).not.toContain(first.reveal((key) => key.slice(0, 8)));
  });

  it('opens for nobody else’s request', () => {
    const sealed = sealer.seal(password, binding);
    expect(sealer.open(sealed, sealBinding(buildFullResetRequest()))).toEqual({ kind: 'broken' });
    expect(sealer.open(sealed, '')).toEqual({ kind: 'broken' });
  });

  it.each(elsewhere)('opens for no other place: %s', (_what, change) => {
    const request = buildFullResetRequest();
    const sealed = sealer.seal(password, sealBinding(request));
    expect(sealer.open(sealed, sealBinding(request)).kind).toBe('opened');
    expect(sealer.open(sealed, sealBinding(change(request)))).toEqual({ kind: 'broken' });
  });

  it('does not open once any bit of it has changed', () => {
    const { keyId, nonce, ciphertext } = sealer.seal(password, binding);
    const flip = (text: string, bit: number) => {
      const bytes = Buffer.from(text, 'base64');
      bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      return bytes.toString('base64');
    };
    const bits = (text: string) => Array.from({ length: Buffer.from(text, 'base64').length * 8 }, (_, bit) => bit);
    const changed: readonly SealedPassword[] = [
      ...bits(nonce).map((bit) => ({ keyId, ciphertext, nonce: flip(nonce, bit) })),
      ...bits(ciphertext).map((bit) => ({ keyId, nonce, ciphertext: flip(ciphertext, bit) })),
    ];
    expect(changed.filter((one) => sealer.open(one, binding).kind !== 'broken')).toStrictEqual([]);
  });

  it.each([
    ['no ciphertext', { ciphertext: '' }],
    ['a ciphertext shorter than its tag', { ciphertext: 'AAAA' }],
    ['a nonce of another length', { nonce: 'AAAA' }],
    ['no nonce', { nonce: '' }],
  ])('does not open %s', (_what, change) => {
    expect(sealer.open({ ...sealer.seal(password, binding), ...change }, binding)).toEqual({ kind: 'broken' });
  });

  it('tells what is sealed with a key that is not here from what does not open with its key', () => {
    const sealed = createSealer([second], randomBytes).seal(password, binding);
    expect(sealer.open(sealed, binding)).toEqual({ kind: 'key-missing' });
    expect([sealer.hasKeyOf(sealed), sealer.hasKeyOf({ ...sealed, keyId: sealer.keyIds[0] ?? '' })]).toEqual([
      false,
      true,
    ]);
  });

  it('seals with the first key and opens with all, so that keys can be changed', () => {
    const old = sealer.seal(password, binding);
    const rotated = createSealer([second, first], randomBytes);
    expect(reveal(rotated.open(old, binding))).toBe('CANARY-Tulip-marble-käse-58');
    const fresh = rotated.seal(password, binding);
    expect(sealer.open(fresh, binding)).toEqual({ kind: 'key-missing' });
    expect(reveal(createSealer([second], randomBytes).open(fresh, binding))).toBe('CANARY-Tulip-marble-käse-58');
    expect([fresh.keyId, old.keyId]).toStrictEqual([...rotated.keyIds]);
  });

  it('is not made without a key, or with one that is too short', () => {
    expect(() => createSealer([], randomBytes)).toThrow('needs a key');
    expect(() => createSealer([new Secret('AAAA')], randomBytes)).toThrow('32 bytes');
  });
});

describe('checking the sealing keys', () => {
  const makeKey = () => new Secret(randomBytes(32).toString('base64'));
  const [old, next] = [makeKey(), makeKey()];
  const make = (...keys: readonly Secret[]) => createSealer(keys, randomBytes);
  let house: SqliteHouse;
  let store: Store;

  beforeEach(async () => {
    house = buildSqliteHouse();
    store = await house.openStore();
  });

  afterEach(async () => {
    await store.close();
    await house.remove();
  });

  it('takes any key at the first start, and only that one later', async () => {
    await store.checkSealing(make(old));
    await store.checkSealing(make(old));
    await expect(store.checkSealing(make(next))).rejects.toMatchObject({ name: 'StoreError', code: 'wrong-key' });
  });

  it('lets the old key go once the new one has been put before it', async () => {
    await store.checkSealing(make(old));
    await store.checkSealing(make(next, old));
    await store.checkSealing(make(next));
    await expect(store.checkSealing(make(old))).rejects.toMatchObject({ code: 'wrong-key' });
  });

  it('keeps the old key needed while a password is sealed with it', async () => {
    await store.checkSealing(make(old));
    const sealedPassword = make(old).seal(new Secret('CANARY-1'), 'binding');
    const request = buildResetRequest({ state: 'sealed', sealedPassword });
    await store.resets.add(request, { at: 1, kind: 'sealed', actor: 'locksmith', facts: {} });
    await store.checkSealing(make(next, old));
    await expect(store.checkSealing(make(next))).rejects.toMatchObject({ code: 'wrong-key' });
  });

  it('keeps the old key needed while the sign-in is sealed with it', async () => {
    await store.checkSealing(make(old));
    await store.tokens.put(make(old).seal(new Secret('CANARY-2'), 'binding'));
    await store.checkSealing(make(next, old));
    await expect(store.checkSealing(make(next))).rejects.toMatchObject({ code: 'wrong-key' });
    await store.tokens.put(make(next).seal(new Secret('CANARY-2'), 'binding'));
    await store.checkSealing(make(next));
  });

  it('changes nothing for a reader', async () => {
    const reader = await house.open('reader');
    await reader.checkSealing(make(old));
    await reader.close();
    await store.checkSealing(make(next));
  });

  it('says so when its own row is damaged', async () => {
    await store.checkSealing(make(old));
    await house.tamper(`update settings set value = '{'`);
    await expect(store.checkSealing(make(old))).rejects.toMatchObject({ code: 'row-unreadable' });
  });
});

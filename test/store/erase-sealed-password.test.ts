import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ResetRequest } from '../../src/reset/request.ts';
import { type AuditEntry, makeStep } from '../../src/reset/step.ts';
import type { Store } from '../../src/store/open-store.ts';
import { buildNumberedRequest } from '../support/build-numbered-request.ts';
import { buildSqliteHouse, type SqliteHouse } from './sqlite-house.ts';

const entry: AuditEntry = { at: 1, kind: 'proposed', actor: 'robin', facts: {} };

describe('erasing a sealed password from SQLite', () => {
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

  /** Another process reads: this one would give up its locks by closing the files. */
  const readFiles = () => {
    const folder = dirname(house.path);
    const files = readdirSync(folder).map((name) => join(folder, name));
    return execFileSync('cat', files, { maxBuffer: 2 ** 28 }).toString('latin1');
  };
  const ciphertext = 'VGhpcyBjaXBoZXJ0ZXh0IGlzIGxvb2tlZCBmb3I='.repeat(3);
  const sealedPassword = { keyId: 'key-looked-for', nonce: 'nonce-looked-for', ciphertext };
  const traces = () => [ciphertext, 'key-looked-for', 'nonce-looked-for'].filter((text) => readFiles().includes(text));
  const deliver = async () => {
    for (const number of [2, 3, 4]) await store.resets.add(buildNumberedRequest(number), entry);
    const sealed = buildNumberedRequest(1, { state: 'delivered', sealedPassword });
    await store.resets.add(sealed, entry);
    return sealed;
  };
  const hide = (sealed: ResetRequest) =>
    store.resets.swap(
      sealed,
      makeStep(sealed, { state: 'hidden', sealedPassword: undefined }, { at: 2, kind: 'hidden', actor: 'locksmith' }),
    );

  it('leaves nothing of it in any file', async () => {
    const sealed = await deliver();
    expect(traces()).toHaveLength(3);
    await expect(hide(sealed)).resolves.toMatchObject({ kind: 'swapped' });
    expect(traces()).toStrictEqual([]);
  });

  it('leaves nothing of it once whoever read meanwhile has finished', async () => {
    const sealed = await deliver();
    const reading = new DatabaseSync(house.path, { readOnly: true });
    reading.exec('begin; select count(*) from reset_requests');
    await expect(hide(sealed)).resolves.toMatchObject({ kind: 'swapped' });
    expect(traces()).not.toStrictEqual([]);
    reading.close();
    await store.resets.due(0, 1);
    expect(traces()).toStrictEqual([]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/secret.ts';
import { openTrail } from '../../../src/store/audit-log/open-trail.ts';
import { auditKey } from '../../support/audit-key.ts';
import { fillTrail } from '../../support/fill-trail.ts';
import type { AuditHouse } from './audit-house.ts';
import { runCommand } from './run-command.ts';

/** What was done to the tables of a trail of 20 records, and what `verify` says of it. */
export type Alteration = readonly [what: string, statements: string, says: RegExp];

/** What the command says of tables that are not as the migrations make them, each in a database of its own. */
export function describeAlteredTables(build: () => Promise<AuditHouse>, alterations: readonly Alteration[]): void {
  describe('verify', () => {
    let house: AuditHouse;

    beforeEach(async () => {
      house = await build();
      await (await house.open()).close();
      await fillTrail(house.url, 20);
    });

    afterEach(() => house.remove());

    it('finds nothing wrong with the tables as the migrations make them', async () => {
      const trail = await openTrail(new Secret(house.url));
      await expect(trail.tables()).resolves.toStrictEqual({ faults: [], isReadable: true });
      await trail.close();
    });

    it.each(alterations)('names what is wrong with the tables: %s', async (_what, statements, says) => {
      await house.run(statements);
      const environment = { DATABASE_URL: house.url, AUDIT_KEY: auditKey.reveal((key) => key) };
      const ran = await runCommand(['verify'], environment);
      expect(ran).toMatchObject({ status: 1, output: expect.stringMatching(says), errors: '' });
    });
  });
}

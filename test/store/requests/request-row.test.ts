import { describe, expect, it } from '@jest/globals';
import type { LogEvent } from '../../../src/base/log.ts';
import { createAuditWriter } from '../../../src/store/audit-trail/audit-writer.ts';
import { openSqlite } from '../../../src/store/database/sqlite.ts';
import { formatRequestDetails } from '../../../src/store/requests/request-details.ts';
import { readCorrelationId } from '../../../src/store/requests/request-row.ts';
import { createResetStore } from '../../../src/store/requests/request-store.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { buildSqliteHouse } from '../sqlite-house.ts';

describe('a row of a person whose roles could not be read', () => {
  it('keeps why, and one of a person whose roles were read is written as before', async () => {
    const house = buildSqliteHouse();
    const store = await house.openStore();
    const trouble = { code: 'missing-role', signInCode: undefined, httpStatus: 403, partnerCode: '2032' };
    const { target } = buildResetRequest();
    const user = { ...target.user, roles: 'unknown', rolesTrouble: trouble } as const;
    const unread = buildResetRequest({
      target: { ...target, user },
      refusal: { kind: 'roles-unknown', trouble },
    });
    await store.resets.add(unread, { at: 1, kind: 'proposed', actor: 'robin', facts: {} });
    expect(await store.resets.find(unread.id)).toMatchObject({
      target: { user: { roles: 'unknown', rolesTrouble: trouble } },
      refusal: { kind: 'roles-unknown', trouble },
    });
    expect(formatRequestDetails(buildResetRequest())).not.toContain('rolesTrouble');
    await store.close();
    await house.remove();
  });
});

describe('a row that does not hold a request any more', () => {
  it.each([
    ['{"correlationId":"c0000000-0000-4000-8000-000000000001"}', 'c0000000-0000-4000-8000-000000000001'],
    ['{"correlationId":"what somebody wrote there"}', undefined],
    ['{"correlationId":7}', undefined],
    ['[]', undefined],
    ['{', undefined],
  ])('of which there is left %s has the correlation id %s', (details, correlationId) => {
    expect(readCorrelationId({ details })).toBe(correlationId);
  });

  it('is named in the log with it', async () => {
    const house = buildSqliteHouse();
    const store = await house.openStore();
    const request = buildResetRequest({ dueAt: 1 });
    await store.resets.add(request, { at: 1, kind: 'proposed', actor: 'robin', facts: {} });
    await house.tamper(`update reset_requests set state = 'magic'`);
    await store.close();
    const database = openSqlite(house.path, 'reader');
    const logged: LogEvent[] = [];
    const author = createAuditWriter({
      kind: 'sqlite',
      instance: 'first',
      version: '0',
      chain: undefined,
      wrote: () => undefined,
    });
    const log = (event: LogEvent): void => void logged.push(event);
    await createResetStore(database, author, log).due(2, 10);
    expect(logged).toEqual([
      { level: 'error', event: 'request-unreadable', request: request.id, correlationId: request.correlationId },
    ]);
    await database.close();
    await house.remove();
  });
});

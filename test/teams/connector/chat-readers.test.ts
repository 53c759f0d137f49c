import { describe, expect, it } from '@jest/globals';
import { createReaderSearch } from '../../../src/teams/connector/chat-readers.ts';
import type { RosterMember } from '../../../src/teams/connector/connector.ts';
import { ConnectorError } from '../../../src/teams/connector/retries.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { createHandClock } from '../../support/hand-clock.ts';

const request = buildResetRequest({ state: 'delivering' });
const { objectId, tenantId, teamsUserId } = request.technician;
const own = { objectId, tenantId, name: 'Robin', userPrincipalName: 'robin@partner.example', role: 'user' };
const other = { ...own, id: '29:other', objectId: 'c1c00000-0000-4000-8000-000000000009' };
const gone = () => Promise.reject(new ConnectorError('gone', 404));
const { conversation, activityId } = { conversation: request.askedIn, activityId: 'm1' };

/** Who reads the direct message where the chat answers so. */
function findReaders({
  members,
  member = () => Promise.resolve(own),
  sandbox = false,
}: {
  readonly members: () => Promise<readonly RosterMember[]>;
  readonly member?: () => Promise<typeof own>;
  readonly sandbox?: boolean;
}) {
  const find = createReaderSearch({ connector: { members, member }, clock: createHandClock(), sandbox });
  return find({ ...request, directMessage: { conversation, activityId } });
}

describe('who reads a direct message', () => {
  it('is told by the list of the members of its chat', async () => {
    const alone = [{ ...own, id: teamsUserId }];
    await expect(findReaders({ members: () => Promise.resolve(alone) })).resolves.toBe('requester');
    await expect(findReaders({ members: () => Promise.resolve([...alone, other]) })).resolves.toBe('others');
    await expect(findReaders({ members: () => Promise.resolve([]) })).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('is not known where that list is not there: it is asked for again, and no entry stands in for it', async () => {
    await expect(findReaders({ members: gone })).rejects.toMatchObject({ code: 'unavailable', status: 404 });
  });

  it('is told by the requester’s own entry in the sandbox alone', async () => {
    await expect(findReaders({ members: gone, sandbox: true })).resolves.toBe('requester');
  });

  it('is nobody where the chat is gone', async () => {
    for (const sandbox of [true, false])
      await expect(findReaders({ members: gone, member: gone, sandbox })).rejects.toMatchObject({ code: 'gone' });
  });
});

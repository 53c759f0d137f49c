import { describe, expect, it } from '@jest/globals';

import type { RosterEntry } from '../../../src/teams/gate/create-roster.ts';
import { createSandboxGate } from '../../../src/teams/gate/create-sandbox-gate.ts';
import { readActivity } from '../../../src/teams/read-activity.ts';
import { teamsActivity } from '../../support/teams-activity.ts';

const activity = teamsActivity({
  channelId: 'emulator',
  serviceUrl: 'http://127.0.0.1:56150/_connector',
  from: { id: 'user-id-0', name: 'Alex', aadObjectId: '00000000-0000-0000-0000-0000000000020A' },
});
const member = {
  name: 'Alex',
  userPrincipalName: 'alex@partner.example',
  objectId: '00000000-0000-0000-0000-0000000000020a',
  tenantId: undefined,
  role: undefined,
};
const admit = (entry?: RosterEntry, sent: object = activity) =>
  createSandboxGate(entry === undefined ? {} : { roster: { find: () => Promise.resolve(entry) } }).admit({
    activity: sent,
    incoming: readActivity(sent, { sandbox: true }),
    authorization: undefined,
  });
const address = (userPrincipalName: string | undefined) => ({
  kind: 'admitted',
  incoming: { kind: 'message', technician: { teamsUserId: 'user-id-0', userPrincipalName } },
});

describe('the gate of the sandbox', () => {
  it('lets in without a token, and with ids that are no GUIDs', async () => {
    expect(await admit()).toMatchObject(address(undefined));
  });

  it('takes the address from the roster where it answers', async () => {
    expect(await admit({ kind: 'member', member })).toMatchObject(address('alex@partner.example'));
  });

  it('takes no address of somebody else', async () => {
    expect(await admit({ kind: 'member', member: { ...member, objectId: 'other' } })).toMatchObject(address(undefined));
    expect(await admit({ kind: 'member', member: { ...member, objectId: undefined } })).toMatchObject(
      address(undefined),
    );
  });

  it.each<RosterEntry>([{ kind: 'nobody' }, { kind: 'silent' }])('does not insist on it: %j', async (entry) => {
    expect(await admit(entry)).toMatchObject(address(undefined));
  });

  it('refuses what cannot be read', async () => {
    expect(await admit(undefined, { ...activity, from: undefined })).toEqual({
      kind: 'refused',
      rule: 'activity',
      technician: undefined,
    });
  });

  it('asks nobody about what is passed over', async () => {
    expect(await admit({ kind: 'silent' }, { ...activity, type: 'typing' })).toMatchObject({
      kind: 'admitted',
      incoming: { kind: 'ignored' },
    });
  });
});

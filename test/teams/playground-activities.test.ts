import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { playgroundConfig } from '../../src/sandbox/playground/playground-config.ts';
import { readActivity } from '../../src/teams/read-activity.ts';

const { currentUser, tenantId, bot, personalChat, groupChat, team } = playgroundConfig;
const channelId: string = team.channels[0].id;

/** The fixtures are bodies as Agents Playground 0.2.28 sent them. */
describe('what the Agents Playground sends', () => {
  it.each([
    ['installed', 'personal', personalChat.id, { kind: 'installed' }],
    ['installed-in-channel', 'channel', channelId, { kind: 'installed' }],
    ['message', 'personal', personalChat.id, { kind: 'message', text: 'reset password for Jane Doe at Contoso' }],
    ['mention-in-group', 'group-chat', groupChat.id, { kind: 'message', botMentions: [`<at>${bot.name}</at>`] }],
    ['mention-in-channel', 'channel', channelId, { kind: 'message', botMentions: [`<at>${bot.name}</at>`] }],
    ['press', 'personal', personalChat.id, { kind: 'press', trigger: 'manual', data: { verification: 'In person' } }],
    ['press-in-channel', 'channel', channelId, { kind: 'press', trigger: 'manual', verb: 'reset' }],
  ])('is understood: %s', async (name, kind, chat, expected) => {
    const read = readActivity(await fixture(name), { sandbox: true });
    expect(read).toMatchObject({
      ...expected,
      technician: { objectId: currentUser.aadObjectId, tenantId, teamsUserId: currentUser.id },
      conversation: { kind, botId: bot.id, id: expect.stringContaining(chat) },
    });
  });

  it('is passed over when it tells of an installation a second time', async () => {
    expect(readActivity(await fixture('members-added'), { sandbox: true }).kind).toBe('ignored');
  });
});

async function fixture(name: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(`fixtures/playground-${name}.json`, import.meta.url), 'utf8'));
}

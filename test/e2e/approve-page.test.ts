import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { playgroundConfig } from '../../src/sandbox/playground-config.ts';
import { freePort } from '../support/free-port.ts';
import { type BotProcess, startProcess } from '../support/start-process.ts';
import { watchCards, type WatchedCards } from '../support/watch-cards.ts';

const [priya, tomasz, chloe] = playgroundConfig.users;
const robin = playgroundConfig.currentUser;

describe('the page on which one person plays a colleague', () => {
  const folder = mkdtempSync(join(tmpdir(), 'locksmith-approve-page-'));
  let settings: Readonly<Record<string, string>>;
  let bot: BotProcess;
  let cards: WatchedCards;
  let [playground, page] = ['', ''];

  beforeAll(async () => {
    const policy = { approvers: [priya.aadObjectId, tomasz.aadObjectId], verification: { required: false } };
    writeFileSync(join(folder, 'policy.json'), JSON.stringify(policy));
    settings = {
      PORT: String(await freePort()),
      PLAYGROUND_PORT: String(await freePort()),
      DATABASE_URL: `sqlite:${join(folder, 'locksmith.db')}`,
      POLICY_FILE: join(folder, 'policy.json'),
    };
    await start();
  }, 60_000);
  afterAll(async () => {
    cards.close();
    await bot.end();
    rmSync(folder, { recursive: true });
  });

  async function start(): Promise<void> {
    bot = startProcess(settings);
    [, playground = ''] = await bot.prints(/Open\s+(http:\S+)/);
    [, page = ''] = await bot.prints(/Approve\s+(http:\S+)/);
    cards = await watchCards(playground);
  }

  const say = (text: string) =>
    fetch(
      `${playground}/_conversation/v1/conversations/${encodeURIComponent(playgroundConfig.personalChat.id)}/messages`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ from: { id: robin.id }, text, textFormat: 'plain' }),
      },
    );
  const read = async (): Promise<string> => (await fetch(page)).text();
  const press = async (card: string, as: string): Promise<string> => {
    const body = new URLSearchParams({ card, as, press: 'Approve' });
    const answer = await fetch(page, { method: 'POST', headers: { origin: new URL(page).origin }, body });
    return answer.text();
  };

  it('shows a request that waits in direct messages, with who asks, for whom, customer and role, and approves it as one who was asked', async () => {
    expect(await read()).toContain('Nothing waits.');
    expect((await say('reset megan bowen at contoso bikes')).status).toBe(200);
    await cards.arrives('Ask for approval');
    await cards.press(robin.id, 'Ask for approval');
    await bot.prints(/"kind":"approval-asked"/);
    const shown = await read();
    for (const part of [robin.name, 'Megan Bowen', 'Contoso Bikes', 'Global Administrator', priya.name, tomasz.name])
      expect(shown).toContain(part);
    // She was not asked.
    expect(shown).not.toContain(chloe.name);
    const [, card = ''] = /name="card" value="([^"]+)"/.exec(shown) ?? [];
    expect(await press(card, chloe.id)).toContain('That does not wait any more.');
    const answer = await press(card, priya.id);
    expect(answer).toContain(`${priya.name} pressed Approve. See the chat.`);
    expect(answer).toContain('Nothing waits.');
    await bot.prints(/"kind":"delivered"/);
  });

  it('approves what was asked before a restart, though the new Playground has none of its chats', async () => {
    cards.close();
    cards = await watchCards(playground);
    expect((await say('reset megan bowen at contoso bikes')).status).toBe(200);
    await cards.arrives('Ask for approval');
    await cards.press(robin.id, 'Ask for approval');
    while (!(await read()).includes('name="card"'));
    cards.close();
    await bot.end();
    await start();
    const shown = await read();
    const [, card = ''] = /name="card" value="([^"]+)"/.exec(shown) ?? [];
    expect(shown).toContain('Megan Bowen');
    const answer = await press(card, priya.id);
    expect(answer).toContain(`${priya.name} pressed Approve.`);
    expect(answer).toContain('Nothing waits.');
    await bot.prints(/"kind":"delivered"/);
  }, 60_000);

  it('is left at a restart with what waits for its own person, which the start says how to go on with', async () => {
    expect((await say('reset adele vance at contoso bikes')).status).toBe(200);
    await cards.arrives('Reset password');
    cards.close();
    await bot.end();
    await start();
    await bot.prints(/What waits from before has no card there: confirm goes on with it, cancel takes it back\./);
    await say('confirm called back');
    await bot.prints(/"kind":"delivered"/);
  }, 60_000);
});

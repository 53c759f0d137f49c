import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { playgroundConfig } from '../../src/sandbox/playground/playground-config.ts';
import { findChromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';
import { openPlayground, type PlaygroundPage } from '../support/playground-page.ts';
import { watchCards, type WatchedCards } from '../support/watch-cards.ts';
import { startProcess, type BotProcess } from '../support/start-process.ts';

const chromium = findChromium();
const inBrowser = chromium.kind === 'found' ? describe : describe.skip;
const why = chromium.kind === 'found' ? '' : ` (skipped: ${chromium.why})`;
/** The README shows them; they are taken anew where `PICTURES` says so. */
const pictures = process.env['PICTURES'] === 'keep' ? resolve(import.meta.dirname, '../../docs/pictures') : undefined;
const [priya] = playgroundConfig.users;
const robin = playgroundConfig.currentUser;
const sentence = 'reset password for megan.bowen@contosobikes.onmicrosoft.com at Contoso Bikes';

inBrowser(`an approval in the group chat of the Playground, in a real browser${why}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'locksmith-approval-'));
  let bot: BotProcess;
  let page: PlaygroundPage;
  let cards: WatchedCards;

  beforeAll(async () => {
    bot = startProcess({
      PORT: String(await freePort()),
      PLAYGROUND_PORT: String(await freePort()),
      DATABASE_URL: `sqlite:${join(folder, 'locksmith.db')}`,
    });
    const [, url = ''] = await bot.prints(/Open\s+(http:\S+)/);
    cards = await watchCards(url);
    // High enough for both cards at once.
    page = await openPlayground(url, chromium.kind === 'found' ? chromium.path : '', 1600);
    await page.openChat('group');
    await page.waitForText('I reset passwords for your customers');
  });
  afterAll(async () => {
    cards.close();
    await page.close();
    await bot.end();
    rmSync(folder, { recursive: true });
  });

  const keep = async (name: string): Promise<void> => {
    await page.screenshot(join(pictures ?? folder, `${name}.png`), 'chat');
  };
  const ask = async (): Promise<void> => {
    await page.say(`@Locksmith ${sentence}`);
    await page.choose('How was the caller verified?', 'Called back on a number on file');
    await page.type('Ticket number (optional)', 'INC-4712');
    await page.press('Reset password');
    await page.waitForText('Approve this password reset?');
  };

  it('is asked for in a card of its own, and the first card says that it waits', async () => {
    await page.say(`@Locksmith ${sentence}`);
    await page.waitForText('A second person has to approve this first.');
    await page.press('Cancel');
    await page.waitForText('Cancelled: nothing was changed');
    await ask();
    await page.waitForText('This reset waits for approval');
    expect(await page.countButtons('Approve')).toBe(1);
    await keep('approval-asked');
  });

  it('is not given by the technician who asked, and is by another sender', async () => {
    await page.press('Approve');
    await page.waitForText('You asked for this reset yourself');
    expect(await cards.press(robin.id, 'Approve')).toMatchObject({ type: expect.stringContaining('message') });
    expect(await cards.press(priya.id, 'Approve')).toMatchObject({ type: expect.stringContaining('card.adaptive') });
    await page.waitForText('Approved by');
    await page.waitForText('Priya Nair');
    expect(await page.countButtons('Approve')).toBe(0);
    await keep('approval-given');
    const text = await page.textOfPage();
    expect(text).toContain('Password reset');
    await page.openChat('personal');
    await page.waitForText('I have passed it on');
  });

  it('is declined by another sender, and both cards say so', async () => {
    await page.openChat('group');
    await ask();
    await cards.press(priya.id, 'Decline');
    await page.waitForText('Declined: nothing was changed');
    await keep('approval-declined');
    expect(await page.countButtons('Decline')).toBe(0);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { playgroundConfig } from '../../src/sandbox/playground-config.ts';
import { findChromium } from '../support/chromium.ts';
import type { PlaygroundPage } from '../support/playground-page.ts';
import { type PlaygroundHouse, startPlaygroundHouse } from '../support/start-playground-house.ts';
import { watchCards, type WatchedCards } from '../support/watch-cards.ts';

const chromium = findChromium();
const inBrowser = chromium.kind === 'found' ? describe : describe.skip;
const why = chromium.kind === 'found' ? '' : ` (skipped: ${chromium.why})`;
const [priya] = playgroundConfig.users;
const robin = playgroundConfig.currentUser;
const sentence = 'reset megan bowen at contoso bikes';

inBrowser(`an approval in the group chat of the Playground, in a real browser${why}`, () => {
  let house: PlaygroundHouse;
  let page: PlaygroundPage;
  let cards: WatchedCards;

  beforeAll(async () => {
    // High enough for both cards at once.
    house = await startPlaygroundHouse(chromium.kind === 'found' ? chromium.path : '', 1600);
    page = house.page;
    cards = await watchCards(house.url);
    await page.openChat('group');
    await page.waitForText('I reset passwords for your customers');
  }, 120_000);
  afterAll(async () => {
    cards.close();
    await house.end();
  });

  const ask = async (): Promise<void> => {
    await page.say(`@Locksmith ${sentence}`);
    await page.choose('How was the caller verified?', 'Called back on a number on file');
    await page.type('Ticket number (optional)', 'INC-4712');
    await page.press('Ask for approval');
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
    await house.keep('approval-asked');
  });

  it('is not given by the technician who asked, and is by another sender', async () => {
    await page.press('Approve');
    await page.waitForText('You asked for this reset yourself');
    expect(await cards.press(robin.id, 'Approve')).toMatchObject({ type: expect.stringContaining('message') });
    expect(await cards.press(priya.id, 'Approve')).toMatchObject({ type: expect.stringContaining('card.adaptive') });
    await page.waitForText('Approved by');
    await page.waitForText('Priya Nair');
    expect(await page.countButtons('Approve')).toBe(0);
    await house.keep('approval-given');
    const text = await page.textOfPage();
    expect(text).toContain('Password reset');
    await page.openChat('personal');
    await page.waitForText('I have passed it on');
    expect(await house.passwords()).toHaveLength(1);
  });

  it('is given on the page on which one person plays a colleague', async () => {
    const [, colleague = ''] = await house.bot.prints(/Approve\s+(http:\S+)/);
    await page.openChat('group');
    await ask();
    const shown = await (await fetch(colleague)).text();
    expect(await (await fetch(new URL('/', colleague))).text()).toContain('<a href="/approve">Approve</a>');
    expect(shown).toContain('Megan Bowen');
    const [, card = ''] = /name="card" value="([^"]+)"/.exec(shown) ?? [];
    const post = (origin: string) =>
      fetch(colleague, {
        method: 'POST',
        headers: { origin },
        body: new URLSearchParams({ card, as: priya.id, press: 'Approve' }),
      });
    expect((await post('https://elsewhere.example')).status).toBe(404);
    const answer = await (await post(new URL(colleague).origin)).text();
    expect(answer).toContain('Priya Nair pressed Approve. See the chat.');
    expect(answer).toContain('Nothing waits.');
    await page.waitForText('Password reset');
    expect(await page.countButtons('Approve')).toBe(0);
    expect(await (await post(new URL(colleague).origin)).text()).toContain('That does not wait any more.');
    await page.openChat('personal');
    await page.waitForText('I have passed it on');
    await house.passwords();
    await page.say('tour');
    await page.waitForText('✓ 7. @Locksmith reset megan bowen at contoso bikes');
  });

  it('is declined by another sender, and both cards say so', async () => {
    await page.openChat('group');
    await ask();
    await cards.press(priya.id, 'Decline');
    await page.waitForText('Declined: nothing was changed');
    await house.keep('approval-declined');
    expect(await page.countButtons('Decline')).toBe(0);
  });
});

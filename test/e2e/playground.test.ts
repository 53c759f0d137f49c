import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exampleSentence } from '../../src/sandbox/partner-center/index.ts';
import { findChromium } from '../support/chromium.ts';
import type { PlaygroundPage } from '../support/playground-page.ts';
import { type PlaygroundHouse, startPlaygroundHouse } from '../support/start-playground-house.ts';

const chromium = findChromium();
const inBrowser = chromium.kind === 'found' ? describe : describe.skip;
const why = chromium.kind === 'found' ? '' : ` (skipped: ${chromium.why})`;

inBrowser(`the chat in the Playground, in a real browser${why}`, () => {
  let house: PlaygroundHouse;
  let page: PlaygroundPage;
  let signIn: string;

  beforeAll(async () => {
    house = await startPlaygroundHouse(chromium.kind === 'found' ? chromium.path : '');
    page = house.page;
    [, signIn = ''] = await house.bot.prints(/Sign in\s+(http:\S+)/);
  }, 120_000);
  afterAll(() => house.end());

  it('greets whoever installs it', async () => {
    await page.waitForText('I reset passwords for your customers');
  });

  it('says at the start that the next one has an empty chat, and what stays', () => {
    expect(house.bot.printed()).toContain('The next start has an empty chat. What Locksmith has kept stays');
    expect(house.bot.printed()).toContain('confirm goes on with it, cancel takes it back.');
  });

  it('takes a sentence, asks how the caller was verified, and brings a password that signs in', async () => {
    await page.say(exampleSentence);
    await page.waitForText('How was the caller verified?');
    expect(await page.textOfPage()).toContain('adele.vance@contosobikes.onmicrosoft.com');
    await house.keep('confirmation');

    await page.choose('How was the caller verified?', 'Called back on a number on file');
    await page.type('Ticket number (optional)', 'INC-4711');
    await page.press('Reset password');
    await page.waitForText('I have passed it on');
    await page.waitForText('INC-4711');
    expect(await page.countButtons('Reset password')).toBe(0);
    await house.keep('delivered');

    const [password = 'missing'] = await house.passwords();
    const answer = await fetch(signIn, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ userPrincipalName: 'adele.vance@contosobikes.onmicrosoft.com', password }),
    });
    expect(await answer.json()).toMatchObject({ signsIn: true, mustChangePassword: true });

    await page.press('I have passed it on');
    await page.waitForText('Password hidden');
    expect(await page.textOfPage()).not.toContain(password);
    await house.keep('hidden');
  });

  it('is mentioned in a group chat, and brings the password to the personal chat alone', async () => {
    await page.openChat('group');
    await page.waitForText('I reset passwords for your customers');
    await page.say(`@Locksmith ${exampleSentence}`);
    await page.choose('How was the caller verified?', 'In person');
    await page.press('Reset password');
    await page.waitForText('Password reset');
    await house.keep('group');
    expect(await house.passwords()).toEqual([]);
    await page.openChat('personal');
    await page.waitForText('I have passed it on');
    expect(await house.passwords()).toHaveLength(1);
  });

  it('says something helpful to what it does not understand', async () => {
    await page.openChat('personal');
    await page.say('make me a sandwich');
    await page.waitForText('I did not understand that');
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findChromium } from '../support/chromium.ts';
import type { PlaygroundPage } from '../support/playground-page.ts';
import { startPlaygroundHouse, type PlaygroundHouse } from '../support/start-playground-house.ts';

const chromium = findChromium();
const inBrowser = chromium.kind === 'found' ? describe : describe.skip;
const why = chromium.kind === 'found' ? '' : ` (skipped: ${chromium.why})`;

inBrowser(`questions with choices in the Playground, in a real browser${why}`, () => {
  let house: PlaygroundHouse;
  let page: PlaygroundPage;

  beforeAll(async () => {
    house = await startPlaygroundHouse(chromium.kind === 'found' ? chromium.path : '');
    page = house.page;
    await page.waitForText('I reset passwords for your customers');
  }, 120_000);
  afterAll(() => house.end());

  it('asks which customer of two with one name, and turns into the confirmation', async () => {
    await page.say('reset password for Isaiah Langer at Northwind Traders');
    await page.waitForText('Several customers fit');
    await house.keep('which-customer');
    await page.press('Choose');
    await page.waitForText('Choose one first, or press Cancel.');
    await page.choose('Choose the customer', /northwindtraders\.onmicrosoft\.com/);
    await page.press('Choose');
    await page.waitForText('How was the caller verified?');
    expect(await page.textOfPage()).toContain('isaiah.langer@northwindtraders.onmicrosoft.com');
    expect(await page.countButtons('Choose')).toBe(0);
    await page.press('Cancel');
    await page.waitForText('Cancelled: nothing was changed');
  });

  it('asks “did you mean” for a name with a typing error, and can be cancelled', async () => {
    await page.say('reset password for Adele Vanse at Contoso Bikes');
    await page.waitForText('Did you mean this one?');
    await house.keep('did-you-mean');
    await page.press('Cancel');
    await page.waitForText('The question was taken back');
    expect(await page.countButtons('Choose')).toBe(0);
  });

  it('asks which of two people with one name, and resets the one who is chosen', async () => {
    await page.say('reset password for Alex Wilber at Contoso Bikes');
    await page.waitForText('Several people fit');
    await house.keep('which-user');
    await page.choose('Choose the person', /alex\.wilber2@/);
    await page.press('Choose');
    await page.choose('How was the caller verified?', 'In person');
    expect(await page.textOfPage()).toContain('alex.wilber2@contosobikes.onmicrosoft.com');
    await page.press('Reset password');
    await page.waitForText('I have passed it on');
    expect(await house.passwords()).toHaveLength(1);
    expect(await page.countButtons('Choose')).toBe(0);
  });

  it('takes the customer of the last reset where none is named, and says so on the card', async () => {
    await page.press('I have passed it on');
    await page.waitForText('Password hidden');
    await page.say('reset password for Adele Vance');
    await page.waitForText('You did not name the customer');
    await house.keep('inferred-customer');
  });
});

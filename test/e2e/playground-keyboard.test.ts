import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exampleSentence } from '../../src/sandbox/partner-center/index.ts';
import { findChromium } from '../support/chromium.ts';
import type { PlaygroundPage } from '../support/playground-page.ts';
import { type PlaygroundHouse, startPlaygroundHouse } from '../support/start-playground-house.ts';

const chromium = findChromium();
const inBrowser = chromium.kind === 'found' ? describe : describe.skip;
const why = chromium.kind === 'found' ? '' : ` (skipped: ${chromium.why})`;

inBrowser(`a reset by keyboard alone in the Playground, in a real browser${why}`, () => {
  let house: PlaygroundHouse;
  let page: PlaygroundPage;
  beforeAll(async () => {
    house = await startPlaygroundHouse(chromium.kind === 'found' ? chromium.path : '');
    page = house.page;
  }, 120_000);
  afterAll(() => house.end());

  it('goes from the sentence to the hidden password with Tab, Space and Enter', async () => {
    await page.waitForText('I reset passwords for your customers');
    await page.tabTo((focused) => focused.startsWith('textbox:'));
    await page.typeHere(exampleSentence);
    await page.key('Enter');
    await page.waitForText('How was the caller verified?');

    await page.tabTo((focused) => /^radio: .*manager/i.test(focused), true);
    await page.key('Space');
    await page.tabTo((focused) => /^text(box)?: .*Ticket number/i.test(focused));
    await page.typeHere('INC-4711');
    await page.tabTo((focused) => focused === 'button: Reset password');
    await page.key('Enter');

    await page.waitForText('I have passed it on');
    await page.waitForText('INC-4711');
    expect(await page.textOfPage()).toContain('Vouched for by their manager');
    const [password = 'missing'] = await house.passwords();
    await page.tabTo((focused) => focused === 'button: I have passed it on');
    await page.key('Enter');
    await page.waitForText('Password hidden');
    expect(await page.textOfPage()).not.toContain(password);
  }, 90_000);
});

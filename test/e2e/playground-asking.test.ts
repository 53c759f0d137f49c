import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findChromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';
import { openPlayground, type PlaygroundPage } from '../support/playground-page.ts';
import { startProcess, type BotProcess } from '../support/start-process.ts';

const chromium = findChromium();
const inBrowser = chromium.kind === 'found' ? describe : describe.skip;
const why = chromium.kind === 'found' ? '' : ` (skipped: ${chromium.why})`;
/** The README shows them; they are taken anew where `PICTURES` says so. */
const pictures = process.env['PICTURES'] === 'keep' ? resolve(import.meta.dirname, '../../docs/pictures') : undefined;

inBrowser(`questions with choices in the Playground, in a real browser${why}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'locksmith-asking-'));
  let bot: BotProcess;
  let page: PlaygroundPage;

  beforeAll(async () => {
    bot = startProcess({
      PORT: String(await freePort()),
      PLAYGROUND_PORT: String(await freePort()),
      DATABASE_URL: `sqlite:${join(folder, 'locksmith.db')}`,
    });
    const [, url = ''] = await bot.prints(/Open\s+(http:\S+)/);
    page = await openPlayground(url, chromium.kind === 'found' ? chromium.path : '');
    await page.waitForText('I reset passwords for your customers');
  });
  afterAll(async () => {
    await page.close();
    await bot.end();
    rmSync(folder, { recursive: true });
  });

  const keep = async (name: string): Promise<void> => {
    await page.screenshot(join(pictures ?? folder, `${name}.png`), 'chat');
  };

  it('asks which customer of two with one name, and turns into the confirmation', async () => {
    await page.say('reset password for Isaiah Langer at Northwind Traders');
    await page.waitForText('Several customers fit');
    await keep('which-customer');
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
    await keep('did-you-mean');
    await page.press('Cancel');
    await page.waitForText('The question was taken back');
    expect(await page.countButtons('Choose')).toBe(0);
  });

  it('asks which of two people with one name, and resets the one who is chosen', async () => {
    await page.say('reset password for Alex Wilber at Contoso Bikes');
    await page.waitForText('Several people fit');
    await keep('which-user');
    await page.choose('Choose the person', /alex\.wilber2@/);
    await page.press('Choose');
    await page.choose('How was the caller verified?', 'In person');
    expect(await page.textOfPage()).toContain('alex.wilber2@contosobikes.onmicrosoft.com');
    await page.press('Reset password');
    await page.waitForText('I have passed it on');
    expect(await page.countButtons('Choose')).toBe(0);
  });

  it('takes the customer of the last reset where none is named, and says so on the card', async () => {
    await page.press('I have passed it on');
    await page.waitForText('Password hidden');
    await page.say('reset password for Adele Vance');
    await page.waitForText('You did not name the customer');
    await keep('inferred-customer');
  });
});

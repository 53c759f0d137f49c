import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, chromium as engine, type Locator, type Page } from 'playwright-core';
import { buildGallery } from '../../../src/commands/cards/card-gallery.ts';
import { findChromium } from '../../support/chromium.ts';

const chromium = findChromium();
const suite = chromium.kind === 'found' ? describe : describe.skip;
const reason = chromium.kind === 'found' ? '' : ` (${chromium.why})`;
const shown = 'TulipMarbleCanyonOtterPillow_472';
const characters = 'k7?Tm+Xq2%Wd9=hR';
/** As long as one can be. In a monospaced font every letter is as wide as `M`. */
const longest = 'MmmmmmMmmmmmMmmmmmMmmmmmMmmmm_472';

suite(`the password on a card of 320 pixels in a real browser${reason}`, () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    if (chromium.kind === 'missing') return;
    browser = await engine.launch({ executablePath: chromium.path, args: ['--no-sandbox', '--disable-gpu'] });
    page = await browser.newPage();
    await page.setContent(await buildGallery());
    await page.addStyleTag({ content: '.frame { width: 320px; box-sizing: border-box; }' });
  }, 60_000);
  afterAll(async () => browser?.close());

  const find = (look: string, text: string): Locator =>
    page
      .locator('section', { hasText: /^Direct message: password/ })
      .locator(`.${look}`)
      .getByText(text, { exact: true });

  it.each(['light', 'dark', 'phone'])('is selected by one double click anywhere in it (%s)', async (look) => {
    const password = find(look, shown).first();
    for (const part of [0.1, 0.5, 0.97]) {
      const box = await password.boundingBox();
      if (box === null) throw new Error('the password is not shown');
      await password.dblclick({ position: { x: box.width * part, y: box.height / 2 } });
      expect(await page.evaluate('String(getSelection())')).toBe(shown);
    }
  });

  it('is selected by a triple click where it has other signs', async () => {
    await find('phone', characters).first().click({ clickCount: 3 });
    expect(await page.evaluate('String(getSelection()).trim()')).toBe(characters);
  });

  it('stands on one line, and so does the longest that there can be', async () => {
    const password = find('phone', shown).first();
    const lines = async () => password.evaluate((element) => element.getClientRects().length);
    expect(await lines()).toBe(1);
    await password.evaluate((element, text) => (element.textContent = text), longest);
    const long = page.getByText(longest);
    expect(longest).toHaveLength(33);
    expect(await long.evaluate((element) => element.getClientRects().length)).toBe(1);
  });
});

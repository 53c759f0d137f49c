import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, chromium as engine, type Page } from 'playwright-core';
import { buildGallery } from '../../../src/commands/cards/card-gallery.ts';
import { findChromium } from '../../support/chromium.ts';

const chromium = findChromium();
const suite = chromium.kind === 'found' ? describe : describe.skip;
const reason = chromium.kind === 'found' ? '' : ` (${chromium.why})`;
const looks = ['light', 'dark', 'contrast', 'phone'];

/** Web Content Accessibility Guidelines 2.2, success criterion 1.4.3. */
const least = 4.5;

type Measured = { readonly look: string; readonly card: string; readonly text: string; readonly ratio: number };

/**
 * Runs in the page. Measures each element that has text of its own by the colours that the browser computed: the text's against
 * the first background behind it that is not see-through. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 */
const measure = `(() => {
  const read = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = read(getComputedStyle(at).backgroundColor);
      if ((color[3] ?? 1) === 1) return color;
    }
    return [255, 255, 255];
  };
  const own = (element) =>
    [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent.trim()).join('') ||
    element.placeholder || (element.tagName === 'SELECT' ? element.textContent : '');
  return [...document.querySelectorAll('.frame *')].flatMap((element) => {
    const text = own(element);
    const box = element.getBoundingClientRect();
    if (text === '' || box.width === 0 || box.height === 0) return [];
    const [one, other] = [light(read(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    return [{
      look: element.closest('.frame').className.replace('frame ', ''),
      card: element.closest('section').querySelector('h2').textContent,
      text, ratio: Math.round(ratio * 100) / 100,
    }];
  });
})()`;

suite(`the colours of every card in a real browser${reason}`, () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    if (chromium.kind === 'missing') return;
    browser = await engine.launch({ executablePath: chromium.path, args: ['--no-sandbox', '--disable-gpu'] });
    page = await browser.newPage();
    await page.setContent(await buildGallery());
  }, 60_000);
  afterAll(async () => browser?.close());

  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the script above returns these
  const look = async () => (await page.evaluate(measure)) as readonly Measured[];

  it(`let each text be read, at ${least} : 1 at least, in light, dark and high contrast`, async () => {
    const measured = await look();
    expect(new Set(measured.map((one) => one.look))).toEqual(new Set(looks));
    expect(measured.length).toBeGreaterThan(1000);
    expect(measured.filter(({ ratio }) => ratio < least)).toEqual([]);
  });

  it('would be found out: one text too pale, and one on a background of nearly its colour', async () => {
    await page.evaluate(`(() => {
      const [pale, hidden] = document.querySelectorAll('.light .ac-textBlock');
      pale.style.color = '#999999';
      hidden.parentElement.style.backgroundColor = '#303030';
    })()`);
    const poor = (await look()).filter(({ ratio }) => ratio < least);
    expect(poor.length).toBeGreaterThanOrEqual(2);
    expect(poor.every((one) => one.look === 'light')).toBe(true);
  });
});

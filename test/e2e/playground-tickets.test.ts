import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromium as browser } from 'playwright-core';
import { findChromium } from '../support/chromium.ts';
import type { PlaygroundPage } from '../support/playground-page.ts';
import { type PlaygroundHouse, startPlaygroundHouse } from '../support/start-playground-house.ts';

const chromium = findChromium();
const inBrowser = chromium.kind === 'found' ? describe : describe.skip;
const why = chromium.kind === 'found' ? '' : ` (skipped: ${chromium.why})`;

inBrowser(`tickets in the Playground, in a real browser${why}`, () => {
  let house: PlaygroundHouse;
  let page: PlaygroundPage;
  let tickets: string;

  beforeAll(async () => {
    house = await startPlaygroundHouse(chromium.kind === 'found' ? chromium.path : '', 1400);
    page = house.page;
    [, tickets = ''] = await house.bot.prints(/Tickets\s+(http:\S+)/);
  }, 120_000);
  afterAll(() => house.end());

  it('the card warns of a ticket of another customer', async () => {
    await page.say('reset adele vance at contoso bikes, #4715, called back');
    await page.waitForText('The ticket is of another customer.');
    await house.keep('ticket-warning');
    await page.press('Cancel');
  });

  it('the card shows the ticket of the person, and the ticket shows its note afterwards', async () => {
    await page.say('reset adele vance at contoso bikes, #4711, called back');
    await page.waitForText('Adele cannot sign in since this morning');
    await house.keep('ticket');
    await page.press('Reset password');
    await page.waitForText('I have passed it on');
    await house.passwords();
    const note = await readNote(`${tickets}/4711`);
    expect(note).toContain('Internal note');
    expect(note).toContain('Locksmith reset the password');
    for (const password of await house.passwords()) expect(note).not.toContain(password);
  }, 60_000);
});

/** Looks at the page of a ticket until its note is there, takes a picture, and gives its text. */
async function readNote(url: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'locksmith-ticket-'));
  const kept = process.env['PICTURES'] === 'keep' ? resolve(import.meta.dirname, '../../docs/pictures') : folder;
  const opened = await browser.launch({
    executablePath: chromium.kind === 'found' ? chromium.path : '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
  try {
    const page = await opened.newPage({ viewport: { width: 1000, height: 620 } });
    await page.goto(url);
    for (let looked = 0; looked < 100 && (await page.locator('article').count()) === 0; looked += 1) {
      await page.waitForTimeout(100);
      await page.reload();
    }
    await page.screenshot({ path: join(kept, 'ticket-note.png') });
    return await page.locator('body').innerText();
  } finally {
    await opened.close();
    rmSync(folder, { recursive: true });
  }
}

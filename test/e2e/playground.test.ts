import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exampleSentence } from '../../src/sandbox/partner-center/index.ts';
import { findChromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';
import { openPlayground, type PlaygroundPage } from '../support/playground-page.ts';
import { startProcess, type BotProcess } from '../support/start-process.ts';

const chromium = findChromium();
const inBrowser = chromium.kind === 'found' ? describe : describe.skip;
const why = chromium.kind === 'found' ? '' : ` (skipped: ${chromium.why})`;
/** The README shows them; they are taken anew where `PICTURES` says so. */
const pictures = process.env['PICTURES'] === 'keep' ? resolve(import.meta.dirname, '../../docs/pictures') : undefined;

inBrowser(`the chat in the Playground, in a real browser${why}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'locksmith-playground-'));
  let bot: BotProcess;
  let page: PlaygroundPage;
  let signIn: string;

  beforeAll(async () => {
    bot = startProcess({
      PORT: String(await freePort()),
      PLAYGROUND_PORT: String(await freePort()),
      DATABASE_URL: `sqlite:${join(folder, 'locksmith.db')}`,
    });
    const [, url = ''] = await bot.prints(/Open\s+(http:\S+)/);
    [, signIn = ''] = await bot.prints(/Sign in\s+(http:\S+)/);
    page = await openPlayground(url, chromium.kind === 'found' ? chromium.path : '');
  });
  afterAll(async () => {
    await page.close();
    await bot.end();
    rmSync(folder, { recursive: true });
  });

  const keep = async (name: string): Promise<void> => {
    await page.screenshot(join(pictures ?? folder, `${name}.png`), 'chat');
  };

  it('greets whoever installs it', async () => {
    await page.waitForText('I reset passwords for your customers');
  });

  it('takes a sentence, asks how the caller was verified, and brings a password that signs in', async () => {
    await page.say(exampleSentence);
    await page.waitForText('How was the caller verified?');
    expect(await page.textOfPage()).toContain('adele.vance@contosobikes.onmicrosoft.com');
    await keep('confirmation');

    await page.choose('How was the caller verified?', 'Called back on a number on file');
    await page.type('Ticket number (optional)', 'INC-4711');
    await page.press('Reset password');
    await page.waitForText('I have passed it on');
    await page.waitForText('INC-4711');
    expect(await page.countButtons('Reset password')).toBe(0);
    await keep('delivered');

    const password = /\b[A-Z][a-z]+(?:-[a-z]+){3}-\d\d\b/.exec(await page.textOfPage())?.[0] ?? 'missing';
    const answer = await fetch(signIn, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ userPrincipalName: 'adele.vance@contosobikes.onmicrosoft.com', password }),
    });
    expect(await answer.json()).toMatchObject({ signsIn: true, mustChangePassword: true });
    expect(bot.printed()).not.toContain(password);

    await page.press('I have passed it on');
    await page.waitForText('Password hidden');
    expect(await page.textOfPage()).not.toContain(password);
    await keep('hidden');
  });

  it('is mentioned in a group chat, and brings the password to the personal chat alone', async () => {
    await page.openChat('group');
    await page.waitForText('I reset passwords for your customers');
    await page.say(`@Locksmith ${exampleSentence}`);
    await page.choose('How was the caller verified?', 'In person');
    await page.press('Reset password');
    await page.waitForText('In person');
    await keep('group');
    const phrase = /\b[A-Z][a-z]+(?:-[a-z]+){3}-\d\d\b/;
    expect(await page.textOfPage()).not.toMatch(phrase);
    await page.openChat('personal');
    await page.waitForText('I have passed it on');
    expect(await page.textOfPage()).toMatch(phrase);
  });

  it('says something helpful to what it does not understand', async () => {
    await page.openChat('personal');
    await page.say('make me a sandwich');
    await page.waitForText('I did not understand that');
  });
});

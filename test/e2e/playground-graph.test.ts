import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findChromium } from '../support/chromium.ts';
import type { PlaygroundPage } from '../support/playground-page.ts';
import { type PlaygroundHouse, startPlaygroundHouse } from '../support/start-playground-house.ts';

const chromium = findChromium();
const inBrowser = chromium.kind === 'found' ? describe : describe.skip;
const why = chromium.kind === 'found' ? '' : ` (skipped: ${chromium.why})`;

/** The policy with which the guide has a reader start. */
function readPolicyOfGuide(): string {
  const guide = readFileSync(resolve(import.meta.dirname, '../../docs/what-to-type.md'), 'utf8');
  const [, policy = 'missing'] = /^POLICY_FILE=(\S+) npm start$/m.exec(guide) ?? [];
  return resolve(import.meta.dirname, '../..', policy);
}

inBrowser(`what Microsoft Graph adds to a reset, in the Playground, in a real browser${why}`, () => {
  let house: PlaygroundHouse;
  let page: PlaygroundPage;

  beforeAll(async () => {
    house = await startPlaygroundHouse(chromium.kind === 'found' ? chromium.path : '', 1500, {
      POLICY_FILE: readPolicyOfGuide(),
    });
    page = house.page;
  }, 120_000);
  afterAll(() => house.end());

  it('a synchronised person’s password is written back, and the card says so before and after', async () => {
    await page.say('reset diego siciliani at contoso bikes, called back');
    await page.waitForText('written back to the customer’s local directory');
    await house.keep('write-back-asked');
    await page.press('Reset password');
    await page.waitForText('I have passed it on');
    await page.waitForText('machines of their domain too');
    expect(await house.passwords()).toHaveLength(1);
    await house.keep('write-back');
  }, 60_000);

  it('the person is signed out everywhere, once', async () => {
    await page.press('Sign out everywhere');
    await page.waitForText('Signed out everywhere');
    expect(await house.passwords()).toHaveLength(1);
    await house.keep('signed-out');
  });

  it('a pass stands beside the password, and is hidden with it', async () => {
    await page.press('Temporary access pass');
    await page.waitForText('It works once, for 60 minutes');
    await page.waitForText('it works once, in place of the password');
    await house.passwords();
    await house.keep('access-pass');
    await page.press('I have passed it on');
    await page.waitForText('Password hidden');
    expect(await house.passwords()).toEqual([]);
    expect(await page.textOfPage()).not.toContain('it works once, in place of the password');
  });

  it('a card shows methods and numbers in the own chat, and in the group none of them', async () => {
    await page.say('reset adele vance at contoso bikes');
    await page.waitForText('Microsoft Authenticator');
    await house.keep('graph-own-chat');
    await page.openChat('group');
    await page.say('@Locksmith reset pradeep gupta at contoso bikes');
    await page.waitForText('Ask for approval');
    expect(await page.textOfPage()).not.toMatch(/\+1 (?:206|425) ?555/);
    await house.keep('graph-group');
  }, 60_000);
});

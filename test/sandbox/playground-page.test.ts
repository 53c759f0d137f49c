import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPlayground } from '../../src/sandbox/playground.ts';
import { findChromium } from '../support/chromium.ts';
import { openPlayground, type PlaygroundPage } from '../support/playground-page.ts';
import { startCardBot } from '../support/start-card-bot.ts';

const chromium = findChromium();
const suite = chromium.kind === 'found' ? describe : describe.skip;
const reason = chromium.kind === 'found' ? '' : ` (${chromium.why})`;

suite(`the Playground’s page in a real browser${reason}`, () => {
  let folder = '';
  let page: PlaygroundPage;
  const endings: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    if (chromium.kind === 'missing') return;
    folder = await mkdtemp(join(tmpdir(), 'playground-page-test-'));
    const bot = await startCardBot();
    endings.unshift(() => bot.stop());
    const playground = await startPlayground({ port: 0, botUrl: bot.messagesUrl, dataFolder: folder });
    endings.unshift(() => playground.stop());
    page = await openPlayground(playground.url, chromium.path);
    endings.unshift(() => page.close());
  });
  afterAll(async () => {
    for (const end of endings) await end();
    await rm(folder, { recursive: true, force: true });
  });

  it('sends nothing while a required input is empty, and says so', async () => {
    await page.say('a card, please');
    await page.press('Order');
    await page.waitForText('Say which fruit.');
    expect(await page.textOfPage()).not.toContain('Sent:');
  });

  it('shows a sentence below the card, and the card stays', async () => {
    await page.press('Ask');
    await page.waitForText('Not yet.');
    expect(await page.countButtons('Order')).toBe(1);
  });

  it('sends what was chosen and typed, and puts the card of the answer in the place of the card', async () => {
    await page.choose('Which fruit?', 'Pear');
    await page.choose('Which size?', 'Large');
    await page.type('Note', 'ripe');
    await page.press('Order');
    await page.waitForText('Sent: {"basket":"b1","fruit":"pear","size":"large","note":"ripe"}');
    expect(await page.countButtons('Order')).toBe(0);
  });

  it('shows a message sent to one person in their personal chat, once, as it was last changed', async () => {
    await page.openChat('group');
    await page.say('@Locksmith answer privately');
    await page.waitForText('Look into your own chat.');
    expect(await page.textOfPage()).not.toContain('For your eyes only.');
    await page.openChat('personal');
    await page.waitForText('For your eyes only.');
    expect((await page.textOfPage()).split('For your eyes only.')).toHaveLength(2);
    expect(await page.textOfPage()).not.toContain('One moment.');
  });

  it('keeps a card in its thread of a channel', async () => {
    await page.openChat('channel');
    await page.say('@Locksmith a card, please');
    await page.choose('Which fruit?', 'Apple');
    await page.press('Order');
    await page.waitForText('"fruit":"apple"');
  });

  it('saves a picture', async () => {
    const path = join(folder, 'page.png');
    await page.screenshot(path);
    expect((await readFile(path)).subarray(1, 4).toString()).toBe('PNG');
  });
});

describe('looking for Chromium', () => {
  it('says which path cannot be run', () => {
    expect(findChromium('/no/such/browser')).toEqual({
      kind: 'missing',
      why: 'CHROMIUM names /no/such/browser, which cannot be run',
    });
  });

  it('takes the one that is named', () => {
    expect(findChromium(process.execPath)).toEqual({ kind: 'found', path: process.execPath });
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Locator, type Page } from 'playwright-core';
import { playgroundConfig } from '../../src/sandbox/playground-config.ts';

export type PlaygroundPage = {
  /** Types and sends; in a group chat or channel a text that begins with `@Locksmith ` mentions the bot. */
  say(text: string): Promise<void>;
  /** Waits until the open chat shows `text` within one element. */
  waitForText(text: string): Promise<void>;
  /** Chooses in the newest card that has the choice, whether it is a list or a row of radio buttons; by the whole name, or a part. */
  choose(label: string, option: string | RegExp): Promise<void>;
  /** Fills the field of the newest card that has it. */
  type(label: string, text: string): Promise<void>;
  /** Presses the button of the newest card that has it. */
  press(title: string): Promise<void>;
  /** How many buttons of this title the open chat shows. */
  countButtons(title: string): Promise<number>;
  /** What the open chat shows, without the list of chats and without the log. */
  textOfPage(): Promise<string>;
  /** Presses a key, as on a keyboard without a mouse. */
  key(key: string): Promise<void>;
  /** Types into what has the focus. */
  typeHere(text: string): Promise<void>;
  /** Moves the focus by `Tab`, or by `Shift+Tab`, until it is on what fits: its role or kind, and its name. */
  tabTo(fits: (focused: string) => boolean, back?: boolean): Promise<void>;
  openChat(chat: Chat): Promise<void>;
  /** Saves a PNG of the whole page, or of the open chat alone, from its first whole card on. */
  screenshot(path: string, part?: 'page' | 'chat'): Promise<void>;
  close(): Promise<void>;
};

type Chat = 'personal' | 'group' | 'channel';

const chatNames: Record<Chat, string> = {
  personal: 'Personal Chat',
  group: playgroundConfig.groupChat.name,
  channel: playgroundConfig.team.channels[0].name,
};
const chatList = 'Chat and Teams Channel';
const botName = playgroundConfig.bot.name;

/** Opens the Playground in a headless Chromium of its own, which reaches 127.0.0.1 and nothing else. Loading the page installs the bot. */
export async function openPlayground(url: string, chromiumPath: string, height = 1400): Promise<PlaygroundPage> {
  const profile = await mkdtemp(join(tmpdir(), 'playground-page-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath,
    headless: true,
    viewport: { width: 1280, height },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(25_000);
  await page.goto(url);
  await page.getByRole('button', { name: 'Hide log panel' }).click();
  const editor = page.locator('[data-lexical-editor="true"]').first();
  const chat = editor.locator(`xpath=ancestor::*[not(.//*[@aria-label="${chatList}"])][last()]`);
  return {
    say: async (text) => {
      await editor.click();
      const mention = `@${botName}`;
      const mentions = text.startsWith(`${mention} `);
      if (mentions) await mentionBot(page);
      await page.keyboard.type(mentions ? text.slice(mention.length) : text);
      await page
        .getByRole('button', { name: /^(Send Message|Post)$/ })
        .first()
        .click();
      await editor.and(page.locator(':not(:has([data-lexical-text]))')).waitFor();
    },
    waitForText: async (text) => {
      await chat.getByText(text).last().waitFor();
    },
    choose: async (label, option) => {
      const field = await newest(
        chat.getByRole('combobox', { name: label }).or(chat.getByRole('radiogroup', { name: label })),
      );
      if ((await field.getAttribute('role')) === 'radiogroup') {
        await field.getByRole('radio', { name: option, exact: true }).check();
        return;
      }
      await field.click();
      await page.getByRole('option', { name: option, exact: true }).click();
    },
    type: async (label, text) => {
      await (await newest(chat.getByRole('textbox', { name: label }))).fill(text);
    },
    press: async (title) => {
      await (await newest(buttons(chat, title))).click();
    },
    countButtons: async (title) => buttons(chat, title).count(),
    textOfPage: async () => chat.innerText(),
    key: (key) => page.keyboard.press(key),
    typeHere: (text) => page.keyboard.type(text),
    tabTo: async (fits, back = false) => {
      const passed: string[] = [];
      for (let pressed = 0; pressed < 120; pressed += 1) {
        const focused = String(await page.evaluate(describeFocus));
        if (fits(focused)) return;
        passed.push(focused);
        await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
      }
      throw new Error(`the focus never came there: ${[...new Set(passed)].join(' | ')}`);
    },
    openChat: async (name) => {
      await page.getByRole('region', { name: chatList }).getByRole('treeitem', { name: chatNames[name] }).click();
      await page.getByText(name === 'channel' ? 'Start a new post' : 'Type a message...').waitFor();
    },
    screenshot: async (path, part = 'page') => {
      await editor.blur();
      if (part === 'page') {
        await page.screenshot({ path });
        return;
      }
      const box = await chat.boundingBox();
      if (box === null) throw new Error('no chat is open');
      const cut = Number(await page.evaluate(`(${findEndOfCutCard})(${box.y})`));
      const y = Math.max(box.y, cut);
      await page.screenshot({ path, clip: { ...box, y, height: box.y + box.height - y } });
    },
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Runs in the page: what has the focus, as `button: Send`. */
const describeFocus = `(() => {
  const at = document.activeElement;
  const label = at.getAttribute('aria-label') || [...(at.labels ?? [])].map((one) => one.textContent).join(' ') || at.textContent;
  const kind = at.getAttribute('role') || (at.tagName === 'INPUT' ? at.type : at.tagName.toLowerCase());
  return kind + ': ' + label.trim().slice(0, 80);
})()`;

/** Runs in the page: where the card ends that the upper edge of the chat cuts; 0 where none is cut. */
const findEndOfCutCard = `(top) => Math.max(0, ...[...document.querySelectorAll('.ac-adaptiveCard')]
  .map((card) => card.getBoundingClientRect())
  .filter((card) => card.width > 0 && card.top < top && card.bottom > top)
  .map((card) => card.bottom + 24))`;

function buttons(chat: Locator, title: string): Locator {
  return chat.getByRole('button', { name: title, exact: true });
}

/** The lowest on the page, once there is one. */
async function newest(field: Locator): Promise<Locator> {
  await field.last().waitFor();
  return field.last();
}

/** Picks the bot from the list that opens below `@`: Enter would send the text as it stands. */
async function mentionBot(page: Page): Promise<void> {
  const names = page.getByText(botName, { exact: true });
  const shownBefore = await names.count();
  await page.keyboard.type(`@${botName}`);
  await names.nth(shownBefore).waitFor();
  await names.last().click();
}

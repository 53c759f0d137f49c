import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findLeftPasswords } from './find-left-passwords.ts';
import { freePort } from './free-port.ts';
import { passwordsIn } from './passwords-in.ts';
import { openPlayground, type PlaygroundPage } from './playground-page.ts';
import { startProcess, type BotProcess } from './start-process.ts';

/** The README shows them; they are taken anew where `PICTURES` says so. */
const pictures = process.env['PICTURES'] === 'keep' ? resolve(import.meta.dirname, '../../docs/pictures') : undefined;

/** The sandbox as `npm start` starts it, and a browser with its chat. */
export type PlaygroundHouse = {
  readonly bot: BotProcess;
  readonly page: PlaygroundPage;
  /** Where the Playground is. */
  readonly url: string;
  /** The passwords that the open chat shows now; they must be found nowhere else in the end. */
  passwords(): Promise<readonly string[]>;
  /** Takes a picture of the open chat. */
  keep(name: string): Promise<void>;
  /** Ends everything, and rejects where one of those passwords is left in what the bot printed or in its data. */
  end(): Promise<void>;
};

/** Starts both; `settings` are given to the bot besides its ports and its store. */
export async function startPlaygroundHouse(
  chromiumPath: string,
  height?: number,
  settings: Readonly<Record<string, string>> = {},
): Promise<PlaygroundHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'locksmith-playground-'));
  const shown = new Set<string>();
  const bot = startProcess({
    PORT: String(await freePort()),
    PLAYGROUND_PORT: String(await freePort()),
    DATABASE_URL: `sqlite:${join(folder, 'locksmith.db')}`,
    ...settings,
  });
  const [, url = ''] = await bot.prints(/Open\s+(http:\S+)/);
  const page = await openPlayground(url, chromiumPath, height);
  return {
    bot,
    page,
    url,
    async passwords() {
      const found = passwordsIn(await page.textOfPage());
      for (const password of found) shown.add(password);
      return found;
    },
    keep: (name) => page.screenshot(join(pictures ?? folder, `${name}.png`), 'chat'),
    async end() {
      await page.close();
      await bot.end();
      const left = findLeftPasswords([...shown], { printed: bot.printed(), folder });
      rmSync(folder, { recursive: true });
      if (left.length > 0) throw new Error(`After the test:\n${left.join('\n')}`);
    },
  };
}

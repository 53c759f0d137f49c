import { readFileSync } from 'node:fs';

/** The failures of one part of docs/troubleshooting.md, in its order: the words, without a code behind them, and the code. */
export function readFailures(title: string): readonly { readonly words: string; readonly code: string }[] {
  const page = readFileSync(new URL('../../docs/troubleshooting.md', import.meta.url), 'utf8');
  const [, part = ''] = page.split(`\n## ${title}\n`);
  const [own = ''] = part.split('\n## ');
  return [...own.matchAll(/^- \*\*(.+?)\*\*/gm)].map(([, words = '']) => {
    const [, said = words, code = words] = /^(.+) \(([a-z-]+)\)$/.exec(words) ?? [];
    return { words: said, code };
  });
}

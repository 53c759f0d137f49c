import { accessSync, constants } from 'node:fs';

export type Chromium =
  | { readonly kind: 'found'; readonly path: string }
  /** `why` can stand in the name of a test that is skipped. */
  | { readonly kind: 'missing'; readonly why: string };

const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The Chromium that tests drive: the one that `CHROMIUM` names and no other, or the first where one usually is. */
export function findChromium(named: string | undefined = process.env['CHROMIUM']): Chromium {
  if (named !== undefined && named !== '') {
    return mayRun(named)
      ? { kind: 'found', path: named }
      : { kind: 'missing', why: `CHROMIUM names ${named}, which cannot be run` };
  }
  const path = usualPaths.find(mayRun);
  return path === undefined
    ? { kind: 'missing', why: 'no Chromium on this machine; CHROMIUM may name one' }
    : { kind: 'found', path };
}

function mayRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

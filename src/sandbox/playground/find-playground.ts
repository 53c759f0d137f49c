import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PlaygroundError } from './playground-error.ts';

const packageName = '@microsoft/m365agentsplayground';

/** The script that the package `@microsoft/m365agentsplayground` calls `agentsplayground`; fails with `not-installed`. */
export function findPlayground(): string {
  const manifestPath = resolveManifest();
  const manifest: unknown = JSON.parse(readFileSync(manifestPath, 'utf8'));
  return join(dirname(manifestPath), readScript(manifest));
}

function resolveManifest(): string {
  try {
    return createRequire(import.meta.url).resolve(`${packageName}/package.json`);
  } catch {
    throw new PlaygroundError(
      'not-installed',
      'Microsoft’s Agents Playground is not installed: run "npm ci" without leaving out the development dependencies, or set PLAYGROUND=off.',
    );
  }
}

function readScript(manifest: unknown): string {
  if (typeof manifest === 'object' && manifest !== null && 'bin' in manifest) {
    const { bin } = manifest;
    if (typeof bin === 'object' && bin !== null && 'agentsplayground' in bin) {
      if (typeof bin.agentsplayground === 'string') return bin.agentsplayground;
    }
  }
  throw new PlaygroundError('not-installed', `The installed ${packageName} has no command agentsplayground.`);
}

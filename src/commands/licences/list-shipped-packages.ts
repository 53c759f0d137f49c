import { z } from 'zod';
import type { ShippedPackage } from './shipped-package.ts';

const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().default(false),
      optional: z.boolean().default(false),
    }),
  ),
});

/** What packages say only beside their `package.json`, read there by a person. */
const readByHand: Readonly<Record<string, string>> = {
  /** Its `Readme.md`. */
  'escape-regexp-component@1.0.2': 'MIT',
  /** Its `LICENSE`. */
  'jspath@0.4.0': 'MIT',
};

/**
 * A `package-lock.json` → every package that `npm ci --omit=dev` installs, each version once, by name. A package of which
 * nobody has read under which licence it stands throws.
 * https://docs.npmjs.com/cli/configuring-npm/package-lock-json
 */
export function listShippedPackages(lockFileText: string): readonly ShippedPackage[] {
  const { packages } = lockFile.parse(JSON.parse(lockFileText));
  const shipped = new Map<string, ShippedPackage>();
  for (const [path, { version = '', license, dev, optional }] of Object.entries(packages)) {
    if (path === '' || dev) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const id = `${name}@${version}`;
    const licence = license ?? readByHand[id];
    if (licence === undefined) throw new Error(`${id} does not say under which licence it stands`);
    shipped.set(id, { name, version, licence, optional: optional && (shipped.get(id)?.optional ?? true) });
  }
  return [...shipped.entries()].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, one]) => one);
}

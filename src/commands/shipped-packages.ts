import { z } from 'zod';

const lockFileSchema = z.object({
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
const licencesReadByHand: Readonly<Record<string, string>> = {
  /** Its `Readme.md`. */
  'escape-regexp-component@1.0.2': 'MIT',
  /** Its `LICENSE`. */
  'jspath@0.4.0': 'MIT',
};

/**
 * Lists every package of a `package-lock.json` that `npm ci --omit=dev` installs, each version once, by name. Throws for a
 * package whose licence is unknown.
 * https://docs.npmjs.com/cli/configuring-npm/package-lock-json
 */
export function listShippedPackages(lockFileText: string): readonly ShippedPackage[] {
  const { packages } = lockFileSchema.parse(JSON.parse(lockFileText));
  const shipped = new Map<string, ShippedPackage>();
  for (const [path, { version = '', license, dev, optional }] of Object.entries(packages)) {
    if (path === '' || dev) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const id = `${name}@${version}`;
    const licence = license ?? licencesReadByHand[id];
    if (licence === undefined) throw new Error(`${id} does not say under which licence it stands`);
    shipped.set(id, { name, version, licence, optional: optional && (shipped.get(id)?.optional ?? true) });
  }
  return [...shipped.entries()].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, one]) => one);
}

/** A package that is installed beside the bot in production. */
type ShippedPackage = {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly licence: string;
  /** Whether the bot runs without it too. */
  readonly optional: boolean;
};

const introduction = `# Licences of what ships

Everything that \`npm ci --omit=dev\` installs, by licence. Written from \`package-lock.json\` by \`npm run licences\`; a test
fails where the two differ, or where a licence appears that no one has looked at. The word list of the passwords is in part
a selection of the Electronic Frontier Foundation's, CC BY 3.0 US; see \`src/reset/password/word-list.md\`.
`;

/** Packages → a page in Markdown, grouped by licence, the most frequent first. */
export function renderLicencePage(packages: readonly ShippedPackage[]): string {
  const groups = [...Map.groupBy(packages, ({ licence }) => licence)].toSorted(
    ([one, these], [other, those]) => those.length - these.length || (one < other ? -1 : 1),
  );
  const parts = groups.map(([licence, group]) => {
    const lines = group.map(({ name, version, optional }) => `- ${name} ${version}${optional ? ' (optional)' : ''}`);
    return `## ${licence} (${group.length})\n\n${lines.join('\n')}\n`;
  });
  return [introduction, ...parts].join('\n');
}

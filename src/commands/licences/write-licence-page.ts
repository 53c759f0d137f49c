import type { ShippedPackage } from './shipped-package.ts';

const introduction = `# Licences of what ships

Everything that \`npm ci --omit=dev\` installs, by licence. Written from \`package-lock.json\` by \`npm run licences\`; a test
fails where the two differ, or where a licence appears that nobody has looked at. The word list of the passwords is the
Electronic Frontier Foundation's, CC BY 3.0 US; see \`src/reset/password/word-list.md\`.
`;

/** Packages → a page in Markdown, grouped by licence, the most frequent first. */
export function writeLicencePage(packages: readonly ShippedPackage[]): string {
  const groups = [...Map.groupBy(packages, ({ licence }) => licence)].toSorted(
    ([one, these], [other, those]) => those.length - these.length || (one < other ? -1 : 1),
  );
  const parts = groups.map(([licence, group]) => {
    const lines = group.map(({ name, version, optional }) => `- ${name} ${version}${optional ? ' (optional)' : ''}`);
    return `## ${licence} (${group.length})\n\n${lines.join('\n')}\n`;
  });
  return [introduction, ...parts].join('\n');
}

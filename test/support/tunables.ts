import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A tunable as its docstring describes it. */
export type Tunable = {
  /** The object and the property, such as `processTunables.leaseMilliseconds`. */
  readonly name: string;
  /** The text after `@default`. */
  readonly preset: string;
  /** The sentences before `@default`. */
  readonly what: string;
};

const source = join(resolve(import.meta.dirname, '../..'), 'src/base/every-duration-and-limit.ts');

/** Reads the tunables from their docstrings; throws for a property that has none, or whose docstring has no `@default`. */
export function listTunables(): readonly Tunable[] {
  const text = readFileSync(source, 'utf8');
  return [...text.matchAll(/^export const (?<object>\w+) = \{\n(?<body>[\s\S]*?)^\} as const;/gm)].flatMap(
    ({ groups }) => listProperties(groups?.['object'] ?? '', groups?.['body'] ?? ''),
  );
}

function listProperties(object: string, body: string): readonly Tunable[] {
  const properties = [...body.matchAll(/^ {2}(?<name>\w+):/gm)].map(({ groups }) => groups?.['name'] ?? '');
  const described = new Map(
    [...body.matchAll(/^ {2}\/\*\*(?<comment>(?:(?!\*\/)[\s\S])*)\*\/\n {2}(?<name>\w+):/gm)].map(({ groups }) => [
      groups?.['name'] ?? '',
      groups?.['comment'] ?? '',
    ]),
  );
  return properties.map((name) => {
    const comment = (described.get(name) ?? '').replaceAll(/\s*\n\s*\* ?/g, ' ').trim();
    const parts = /^(?<what>.+?) @default (?<preset>.+)$/.exec(comment)?.groups;
    if (parts === undefined) throw new Error(`${object}.${name} has no docstring with @default`);
    const cell = (value = ''): string => value.replaceAll('|', '\\|').trim();
    return { name: `${object}.${name}`, preset: cell(parts['preset']), what: cell(parts['what']) };
  });
}

/** The page for operators, one table for each object. */
export function renderTunables(): string {
  const text = readFileSync(source, 'utf8');
  const sections = [...text.matchAll(/^\/\*\* (?<title>.+?) \*\/\nexport const (?<object>\w+) =/gm)].map(
    ({ groups }) => {
      const object = groups?.['object'] ?? '';
      const rows = listTunables()
        .filter(({ name }) => name.startsWith(`${object}.`))
        .map(({ name, preset, what }) => `| \`${name}\` | ${preset} | ${what} |`);
      const table =
        rows.length === 0 ? '' : `\n| tunable | default | what it is |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
      return `## ${(groups?.['title'] ?? '').replace(/\.$/, '')}\n${table}`;
    },
  );
  return `# Tunables

Durations, limits and counts that are no settings. They stand in \`src/base/every-duration-and-limit.ts\`; to change one, change it there and
run the tests. The test \`test/docs.test.ts\` holds this page against that file. To write the page anew:

\`\`\`sh
node test/support/write-tunables.ts && npx prettier --write docs/tunables.md
\`\`\`

${sections.join('\n')}`;
}

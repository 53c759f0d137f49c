import { alarmLines, eventLines, stepLines } from '../../src/texts/terminal-log-lines.ts';

/** The lines of the log that have a table of their own by `kind`. */
const byKind: readonly (readonly [event: string, says: string])[] = [
  ['asked', 'A question about a reset was answered; `kind` is one of the steps below.'],
  ['step', 'A step of a request, or what else stands in the trail; `kind` is one of the steps below.'],
  ['alarm', 'An alarm; `kind` is one of the alarms below.'],
];

type Part = {
  readonly title: string;
  readonly column: string;
  readonly rows: readonly (readonly [name: string, says: string])[];
};

/** Every name that a line of the log can have, in the parts of docs/log-events.md. */
export const logEventParts: readonly Part[] = [
  { title: 'Events', column: 'event', rows: [...byKind, ...Object.entries(eventLines).toSorted(byName)] },
  { title: 'Steps', column: 'kind of a step', rows: Object.entries(stepLines) },
  { title: 'Alarms', column: 'kind of an alarm', rows: Object.entries(alarmLines) },
];

function byName([one]: readonly [string, string], [other]: readonly [string, string]): number {
  return one < other ? -1 : 1;
}

/** The page for who collects the log. */
export function renderLogEvents(): string {
  const parts = logEventParts.map(({ title, column, rows }) => {
    const lines = rows.map(([name, says]) => `| \`${name}\` | ${says} |`);
    return `## ${title}\n\n| ${column} | says |\n| --- | --- |\n${lines.join('\n')}\n`;
  });
  return `# Log events

Every name of a line of the log, with the sentence that a terminal shows for it. \`{name}\` is the place of a fact of that line. A line has \`at\`, \`level\` and
\`event\` too, and what it is about by ids and codes; no line holds a name, an address or a password. What each level leaves out, and how to follow a reset:
[operations](operations.md#logs). What an alarm asks for: [alarms](operations.md#alarms). What a code means: [troubleshooting](troubleshooting.md).

Written from \`src/texts/terminal-log-lines.ts\`; a test fails where the two differ. To write the page anew:

\`\`\`sh
node test/support/write-log-events.ts && npx prettier --write docs/log-events.md
\`\`\`

${parts.join('\n')}`;
}

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** One mutant, as Stryker's report has it. */
type Mutant = {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: {
    readonly start: { readonly line: number; readonly column: number };
    readonly end: { readonly line: number; readonly column: number };
  };
};
type Report = { readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: Mutant[] }>> };

const root = resolve(import.meta.dirname, '../..');
/** Files that are tested through what uses them too, by the tests of that. */
const testedThrough: Readonly<Record<string, readonly string[]>> = {
  'src/teams/gate/bearer-token.ts': ['test/teams/gate/authentication.test.ts'],
  'src/reset/policy/eligibility.ts': ['test/reset/policy/user-facts.test.ts'],
  'src/reset/policy/preconditions.ts': [
    'test/reset/policy/preconditions.property.test.ts',
    'test/reset/policy/user-facts.test.ts',
    'test/reset/workflow/runner.test.ts',
    'test/reset/use-cases/decide-approval.test.ts',
  ],
  'src/reset/policy/approval.ts': [
    'test/reset/policy/eligibility.test.ts',
    'test/reset/use-cases/decide-approval.test.ts',
    'test/reset/workflow/approval-reminder.test.ts',
    'test/reset/tickets/ticket-check.property.test.ts',
  ],
  'src/reset/policy/approvers.ts': [
    'test/reset/use-cases/decide-approval.test.ts',
    'test/reset/reset-use-cases.test.ts',
  ],
  'src/reset/policy/requester.ts': [
    'test/reset/reset-use-cases.test.ts',
    'test/reset/use-cases/decide-approval.test.ts',
    'test/reset/questions/questions.test.ts',
  ],
};
const transforming = {
  jsc: {
    parser: { syntax: 'typescript' },
    target: 'es2024',
    experimental: { keepImportAttributes: true },
  },
  module: { type: 'nodenext' },
  sourceMaps: 'inline',
};
const killed = new Set(['Killed', 'Timeout']);

for (const source of process.argv.slice(2)) run(source);

/** Mutates one file, runs its tests against every mutant, and prints the score and what survived. */
function run(source: string): void {
  const own = source.replace(/^src/, 'test').replace(/\.ts$/, '.test.ts');
  const tests = [own, ...(testedThrough[source] ?? [])].filter((file) => existsSync(join(root, file)));
  if (tests.length === 0) {
    process.stdout.write(`${source}: has no tests of its own\n`);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'locksmith-mutation-'));
  try {
    const fileName = join(folder, 'report.json');
    const config: object = {
      ...Object(JSON.parse(readFileSync(join(import.meta.dirname, 'stryker.config.json'), 'utf8'))),
      mutate: [source],
      jest: {
        projectType: 'custom',
        enableFindRelatedTests: false,
        // A changed constant is noticed where every mutant has modules of its own: Jest evaluates them for each run.
        config: {
          testMatch: tests.map((file) => `<rootDir>/${file}`),
          testEnvironment: 'node',
          testRunner: 'jest-circus/runner',
          extensionsToTreatAsEsm: ['.ts'],
          transform: { '\\.ts$': ['@swc/jest', transforming] },
        },
      },
      jsonReporter: { fileName },
      tempDirName: join(folder, 'sandbox'),
    };
    writeFileSync(join(folder, 'stryker.json'), JSON.stringify(config));
    const stryker = join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js');
    const ended = spawnSync(process.execPath, [stryker, 'run', join(folder, 'stryker.json')], {
      cwd: root,
      encoding: 'utf8',
    });
    if (!existsSync(fileName)) {
      process.stdout.write(`${source}: failed\n${ended.stdout}${ended.stderr}\n`);
      return;
    }
    const report: Report = JSON.parse(readFileSync(fileName, 'utf8'));
    for (const { source: text, mutants } of Object.values(report.files)) say(source, text, mutants);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function say(source: string, text: string, mutants: readonly Mutant[]): void {
  const lines = text.split('\n');
  const alive = mutants.filter(({ status }) => !killed.has(status));
  const late = mutants.filter(({ status }) => status === 'Timeout').length;
  const score = mutants.length === 0 ? 100 : (100 * (mutants.length - alive.length)) / mutants.length;
  const dead = mutants.length - alive.length;
  process.stdout.write(`${source}: ${score.toFixed(1)} % (${dead} of ${mutants.length}, ${late} by time)\n`);
  for (const { status, mutatorName, replacement = '', location } of alive) {
    const { start, end } = location;
    const line = lines[start.line - 1] ?? '';
    const was = start.line === end.line ? line.slice(start.column - 1, end.column - 1) : line.trim();
    process.stdout.write(`  ${start.line} ${status} ${mutatorName}: ${was} → ${replacement.replaceAll(/\s+/g, ' ')}\n`);
  }
}

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benchDirectorySearch } from './directory-search.ts';
import { type Figure, formatFigures, type Report } from './figures.ts';
import { benchGraph } from './graph.ts';
import { benchPartnerCenterPaging } from './partner-center-paging.ts';
import { benchMessages, benchStarts } from './pipeline.ts';
import { benchResets } from './resets.ts';

const root = resolve(import.meta.dirname, '..');

/** The benches by their names. Each measures its peers in the same run. */
const benches: Readonly<Record<string, (report: Report) => Promise<void>>> = {
  paging: benchPartnerCenterPaging,
  search: benchDirectorySearch,
  resets: benchResets,
  graph: benchGraph,
  messages: benchMessages,
  starts: benchStarts,
};

const help = `npm run bench                        every bench, and a table of their figures
npm run bench -- --only NAME         one of ${Object.keys(benches).join(', ')}
npm run bench -- --against COMMIT    the same figures of another commit beside them, such as HEAD~1
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    against: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const { only, against, json } = values;
if (values.help || (only !== undefined && !Object.hasOwn(benches, only))) {
  process.stdout.write(help);
  process.exitCode = values.help ? 0 : 2;
} else {
  const figures = await measure();
  if (json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else process.stdout.write(`\n${formatFigures(figures, against === undefined ? [] : measureAt(against))}\n`);
}

async function measure(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  const say = (line: string): void => {
    (json ? process.stderr : process.stdout).write(`${line}\n`);
  };
  for (const [name, bench] of Object.entries(benches)) {
    if (only !== undefined && only !== name) continue;
    const began = performance.now();
    await bench({ say, figure: (figure) => void figures.push(figure) });
    say(`${name} took ${((performance.now() - began) / 1000).toFixed(0)} s`);
  }
  return figures;
}

/** The figures of another commit, from a copy of it that uses the packages of this one. */
function measureAt(commit: string): readonly Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'locksmith-bench-'));
  try {
    const archive = execFileSync('git', ['archive', commit], { cwd: root, maxBuffer: 1e9 });
    execFileSync('tar', ['x', '-C', folder], { input: archive });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const script = ['bench/run.ts', '--json', ...(only === undefined ? [] : ['--only', only])];
    const { status, stdout } = spawnSync(process.execPath, script, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (status !== 0) throw new Error(`${commit} has no bench that gives its figures`);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- printed by the same program
    return JSON.parse(stdout) as readonly Figure[];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

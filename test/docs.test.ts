import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import metadata from '../package.json' with { type: 'json' };
import { storeTunables, workflowTunables } from '../src/base/index.ts';
import { createTextReader } from '../src/config/text-reader.ts';
import { createAddressReader } from '../src/config/url-settings.ts';
import { delegatedScopes } from '../src/graph/index.ts';
import { alarmSeverities } from '../src/observability/alarm-severities.ts';
import { installSteps, marks } from '../src/commands/doctor/checks.ts';
import { migrations } from '../src/store/database/migrations.ts';
import { logEventParts } from './support/log-events.ts';
import { mayImport, readFaceSentence, rooms } from './support/rooms.ts';
import { usages } from '../src/commands/usages.ts';
import { alarms, formatTrouble, listTroubles } from './support/troubleshooting.ts';
import { listTunables } from './support/tunables.ts';

const root = resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const pages = ['.', 'docs', 'deploy', 'src', 'test', 'cards', 'manifest', 'bench'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: folder !== '.', encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file)),
);
/** The cells of each row of a Markdown table whose first cell is in backticks. */
const rowsOf = (page: string): readonly (readonly string[])[] =>
  page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

/** The names by which headings are linked to, as GitHub makes them. */
const headingsOf = (page: string): readonly string[] =>
  [...page.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );

describe('the documents', () => {
  it('are read at all', () => {
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/architecture.md', 'src/reset/README.md']));
  });

  it.each(pages)('%s names paths that exist', (page) => {
    const named = [
      ...read(page).matchAll(/(?<![\w/.:-])(?:src|test|docs|deploy|bench|cards|manifest)\/[\w./-]*\w\/?/g),
    ];
    const missing = named.map(([path]) => path).filter((path) => !existsSync(join(root, path)));
    expect(missing).toEqual([]);
  });

  it.each(pages.filter((page) => page.startsWith('src')))('%s names modules of its room that exist', (page) => {
    const named = [...read(page).matchAll(/`((?:[a-z-]+\/)*[a-z-]+\.ts)`/g)].map(([, path = '']) => path);
    const places = [join(root, dirname(page)), root];
    expect(named.filter((path) => !places.some((place) => existsSync(join(place, path))))).toEqual([]);
  });

  it.each(pages)('%s links to files that exist', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)(?<target>[^)#]+)/g)].map(
      (link) => link.groups?.['target'] ?? '',
    );
    expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });

  it('docs/architecture.md says of each room what its face says', () => {
    const rows = rowsOf(read('docs/architecture.md')).filter(([name = '']) => /^(?:\[)?`src\/[\w-]+\/`/.test(name));
    const said = rows.map(([name = '', sentence]) => [/src\/(?<room>[\w-]+)\//.exec(name)?.groups?.['room'], sentence]);
    expect(said).toEqual(
      rooms.map((room) => [room, readFaceSentence(room) ?? 'One entry per npm script beside `main.ts`.']),
    );
  });

  it('docs/architecture.md says which rooms a room may import', () => {
    const rows = rowsOf(read('docs/architecture.md')).filter(([name = '']) => name.startsWith('`src/'));
    const said = rows.map(([name = '', , imports]) => [name.slice('`src/'.length, -2), imports]);
    expect(said).toEqual(rooms.map((room) => [room, mayImport[room]?.map((one) => `\`${one}\``).join(', ') ?? 'all']));
  });

  it('README.md is short, and draws every room', () => {
    const page = read('README.md');
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(9000);
    const [, drawn = ''] = /```mermaid\n(.*?)```/s.exec(page) ?? [];
    expect(rooms.filter((room) => !new RegExp(`(?<![\\w-])${room}(?![\\w-])`).test(drawn))).toEqual([]);
  });

  it.each(pages)('%s has no cell of a table that is longer than 160 characters', (page) => {
    const cells = read(page)
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .flatMap((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
      .filter((cell) => !/^:?-+:?$/.test(cell));
    expect(cells.filter((cell) => cell.length > 160)).toEqual([]);
  });

  it.each(pages)('%s links to headings that exist', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:)(?<file>[^)#]*)#(?<heading>[^)]+)\)/g)];
    const lost = links.filter(({ groups }) => {
      const file = groups?.['file'] === '' ? page : join(dirname(page), groups?.['file'] ?? '');
      return !headingsOf(read(file)).includes(groups?.['heading'] ?? '');
    });
    expect(lost.map(([link]) => link)).toEqual([]);
  });

  it('docs/operations.md has every command, every alarm and every mark of the doctor', () => {
    const page = read('docs/operations.md');
    const names = rowsOf(page).map(([name = '']) => name.replaceAll('`', ''));
    const commands = Object.keys(usages).map((name) => (name === 'start' ? 'npm start' : `npm run ${name}`));
    expect(names.filter((name) => name.startsWith('npm '))).toEqual(expect.arrayContaining(commands));
    expect(names.filter((name) => name.startsWith('npm '))).toHaveLength(commands.length);
    expect(names).toEqual(expect.arrayContaining(Object.keys(alarms)));
    expect(names).toEqual(expect.arrayContaining(Object.values(marks)));
  });

  it('docs/operations.md says how severe each alarm is', () => {
    const said = rowsOf(read('docs/operations.md')).filter(([name = '']) => Object.hasOwn(alarms, name.slice(1, -1)));
    const severities = Object.fromEntries(said.map(([name = '', severity]) => [name.slice(1, -1), severity]));
    expect(severities).toEqual(alarmSeverities);
  });

  it('name no script of npm that is not there', () => {
    const named = [
      ...pages
        .map(read)
        .join('\n')
        .matchAll(/npm run (?:-s |--silent )?([a-z][\w:]*)/g),
    ];
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(([, name = '']) => !Object.hasOwn(metadata.scripts, name)).map(([words]) => words)).toEqual([]);
  });

  it('have the headings that the program sends its readers to', () => {
    const source = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => read(join('src', file)))
      .join('\n');
    const named = [...source.matchAll(/(docs\/[\w-]+\.md), "([^"]+)"/g)];
    expect(named.length).toBeGreaterThan(2);
    expect(
      named.filter(([, page = '', title = '']) => !read(page).includes(`\n## ${title}\n`)).map(([words]) => words),
    ).toEqual([]);
  });

  it('docs/install.md has as many numbered steps as the doctor says', () => {
    const steps = [...read('docs/install.md').matchAll(/^## (\d+) of (\d+): /gm)].map(([, step, of]) => [step, of]);
    expect(steps).toEqual(Array.from({ length: installSteps }, (_, at) => [String(at + 1), String(installSteps)]));
  });

  it('docs/install.md makes the user, the program and the folders before a command runs as that user', () => {
    const page = read('docs/install.md');
    const made = ['useradd ', 'git clone ', 'install -d -o locksmith ', '.env.example .env'].map((one) =>
      page.indexOf(one),
    );
    expect(Math.min(...made)).toBeGreaterThan(0);
    expect(Math.max(...made)).toBeLessThan(page.indexOf('npm run '));
  });

  it('docs/operations.md says with the program’s own numbers what follows where a bot ends in the middle of a reset', () => {
    const [, passage = ''] =
      /### Killed between setting and sending\n(.*?)\n## /s.exec(read('docs/operations.md')) ?? [];
    const minutes = (milliseconds: number) => `${milliseconds / 60_000} minutes`;
    const { confirmationValidMilliseconds, resetAttemptsWithinMilliseconds } = workflowTunables;
    for (const one of [confirmationValidMilliseconds, resetAttemptsWithinMilliseconds])
      expect(passage).toContain(minutes(one));
    expect([workflowTunables.undeliveredPasswordMilliseconds, workflowTunables.minDeliveryAttempts + 1]).toEqual([
      8 * 3_600_000,
      5,
    ]);
    expect(passage).toMatch(/\*\*The eight hours\*\*[^]*the fifth at the earliest/);
  });

  it('docs/operations.md says with the program’s own numbers how much of an end can be cut off unseen', () => {
    const page = read('docs/operations.md');
    const { headPrintedAfterRecords, headPrintedAfterMilliseconds, firstHeadDelayMilliseconds } = storeTunables;
    const limits = `${headPrintedAfterRecords} records and ${headPrintedAfterMilliseconds / 60_000} minutes`;
    expect(page).toContain(`at most ${limits}`);
    expect([page.includes('one second after the first record'), firstHeadDelayMilliseconds]).toEqual([true, 1000]);
  });

  it('docs/install.md names in each row of its permissions by policy a scope that Locksmith asks for', () => {
    const [, table = ''] = /### Permissions by policy\n(.*?)\n### /s.exec(read('docs/install.md')) ?? [];
    const scopes = rowsOf(table).flatMap(([, scope = '']) => [...scope.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
    expect(scopes.length).toBeGreaterThan(2);
    expect(scopes.filter((name) => !delegatedScopes.some((one) => one === name))).toEqual([]);
  });

  it('docs/install.md has for each address of a ticket system an example that is taken, and refused with what Locksmith adds', () => {
    const rows = rowsOf(read('docs/install.md')).filter(([name = '']) => /^`(?!APP_)[A-Z_]+_URL`$/.test(name));
    expect(rows.map(([name]) => name)).toHaveLength(5);
    for (const [name = '', example = '', added = ''] of rows) {
      const [, url = ''] = /`([^`]+)`/.exec(example) ?? [];
      const setting = name.slice(1, -1);
      const problems = (value: string) => {
        const reader = createTextReader({ [setting]: value });
        const addresses = createAddressReader(reader);
        if (added === 'nothing') addresses.neededWebhookUrl(setting, 'https');
        else addresses.neededServiceUrl(setting, 'https', added.slice(1, -1));
        return reader.problems;
      };
      expect(problems(url)).toEqual([]);
      if (added !== 'nothing') expect(problems(`${url}${added.slice(1, -1)}`)).toHaveLength(1);
    }
  });

  it('docs/troubleshooting.md has every refusal, alarm and failure by its words', () => {
    const lines = read('docs/troubleshooting.md')
      .split('\n')
      .filter((line) => line.startsWith('- **'));
    const troubles = listTroubles().flatMap((part) => part.troubles.map(formatTrouble));
    expect(new Set(lines)).toEqual(new Set(troubles));
    expect(lines.length).toBeGreaterThan(150);
  });

  it('docs/log-events.md has every event, step and alarm of the log', () => {
    const rows = rowsOf(read('docs/log-events.md')).map(([name, says]) => [name, says]);
    expect(rows).toEqual(logEventParts.flatMap(({ rows: own }) => own.map(([name, says]) => [`\`${name}\``, says])));
    expect(rows.length).toBeGreaterThan(120);
  });

  it('docs/operations.md has every migration, in the order in which they run', () => {
    const names = rowsOf(read('docs/operations.md')).map(([name = '']) => name.slice(1, -1));
    expect(names.filter((name) => /^\d{4}-/.test(name))).toEqual(Object.keys(migrations));
  });

  it('deploy/prometheus-rules.yml has the rules of docs/operations.md, with their time and severity, and names metrics that exist', () => {
    const file = read('deploy/prometheus-rules.yml');
    const rule = /expr: '(?<expr>.+)'\n +for: (?<time>\w+)\n +labels: \{ severity: (?<severity>\w+) \}/g;
    const rules = [...file.matchAll(rule)].map(({ groups }) => [
      groups?.['expr'],
      groups?.['time'],
      groups?.['severity'],
    ]);
    const [, table = ''] = /\| worth an alarm[^\n]*\n(.*?)\n\n/s.exec(read('docs/operations.md')) ?? [];
    expect(rules).toEqual(rowsOf(table).map(([expr = '', time, severity]) => [expr.slice(1, -1), time, severity]));
    expect(rules.length).toBeGreaterThan(15);
    const source = readdirSync(join(root, 'src/observability'), { encoding: 'utf8' })
      .map((name) => read(join('src/observability', name)))
      .join('\n');
    const named = [...file.matchAll(/locksmith_[a-z_]+/g)].map(([name]) => name.replace(/_(?:bucket|count|sum)$/, ''));
    expect([...new Set(named)].filter((name) => !source.includes(`'${name}'`))).toEqual([]);
  });

  it('docs/tunables.md lists every tunable, its default and what it is', () => {
    const rows = rowsOf(read('docs/tunables.md')).map((cells) => cells.join(' | '));
    expect(rows).toEqual(listTunables().map(({ name, preset, what }) => `\`${name}\` | ${preset} | ${what}`));
  });
});

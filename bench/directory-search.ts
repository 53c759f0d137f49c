import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { systemClock } from '../src/base/clock.ts';
import { asId, type CorrelationId } from '../src/base/ids.ts';
import { Secret } from '../src/base/secret.ts';
import { createDirectory } from '../src/directory/directory.ts';
import { type AggregatePartner, createPartner } from '../src/partner-center/index.ts';
import type { PartnerDirectory } from '../src/directory/directory.ts';
import { type Report, shareOf } from './figures.ts';
import type { Finding } from '../src/reset/ports/partner-center.ts';
import { makeCustomers, makePeople } from './make-people.ts';
import { type BenchQuestion, makeQuestions } from './make-questions.ts';

const correlationId = asId<CorrelationId>('8a53b025-d5be-4d98-ab20-229d1813de76');

/**
 * Asks for people among 100,000 users and 10,000 customers over HTTP, 500 a page and 20 ms a page: the first question
 * beside the bare round trips, the memory, 3,000 warm questions, and what a script does that pages through everything
 * for each question.
 */
export async function benchDirectorySearch({ say, figure }: Report): Promise<void> {
  const server = fork(new URL('directory-server.ts', import.meta.url));
  try {
    const [address]: unknown[] = await once(server, 'message');
    const baseUrl = `http://127.0.0.1:${portOf(address)}`;
    const partner = createPartner({ credentials: { getToken: () => Promise.resolve(new Secret('token')) }, baseUrl });
    const customers = makeCustomers(10_000);
    const questions = makeQuestions(makePeople(100_000), customers, 3_000);
    const customer = customers[0]?.id ?? '';

    const trips = await timeOf(() => readBare(baseUrl, customer));
    const before = memoryInUse();
    const directory = createDirectory({ partner, clock: systemClock });
    const load = await timeOf(() => ask(directory, { user: 'nobody', customer: 'Wide World Importers' }));
    say(
      `first question: ${load.toFixed(0)} ms, bare round trips ${trips.toFixed(0)} ms, ${(load / trips).toFixed(2)} times`,
    );
    figure({
      name: 'first question of a customer of 100,000 users over the bare pages',
      unit: 'ms',
      ours: load,
      beside: trips,
      goal: { is: 'at-most', value: 1.15 },
    });
    const held = (memoryInUse() - before) / 1e6;
    figure({
      name: 'memory for 100,000 users and 10,000 customers',
      unit: 'MB',
      ours: held,
      beside: undefined,
      goal: { is: 'at-most', value: 60 },
    });
    say(`memory for 100,000 users and 10,000 customers: ${held.toFixed(1)} MB`);

    await askAll(directory, questions.slice(0, 300));
    const answers = await askAll(directory, questions);
    const all = percentiles(answers.map(({ milliseconds }) => milliseconds));
    say(`warm questions: ${all} (goal for p99: 10 ms)`);
    say(`  of it processor time of this process: ${percentiles(answers.map(({ ownTime }) => ownTime))}`);
    figure({
      name: 'a warm question among 100,000 users, processor, p99',
      unit: 'ms',
      ours: shareOf(
        answers.map(({ ownTime }) => ownTime),
        0.99,
      ),
      beside: undefined,
      goal: { is: 'at-most', value: 5 },
    });
    for (const kind of new Set(questions.map((question) => question.kind))) {
      const these = answers.filter(({ question }) => question.kind === kind);
      const there = these.filter(({ question, finding }) => shows(finding, question.means)).length;
      say(
        `  ${kind}: ${percentiles(these.map(({ milliseconds }) => milliseconds))}, ${share(there, these.length)} show who is meant`,
      );
    }
    for (const length of [12, 50, 100, 200]) {
      const times: number[] = [];
      const ownTimes: number[] = [];
      for (const { user } of questions.slice(0, 1000)) {
        const text = writeSentence(user, length);
        const used = process.cpuUsage();
        times.push(await timeOf(() => directory.find({ text }, correlationId)));
        ownTimes.push(milliseconds(process.cpuUsage(used)));
      }
      say(`a sentence of ${String(length)} words: ${percentiles(times)} (goal for p99: 10 ms)`);
      say(`  of it processor time of this process: ${percentiles(ownTimes)}`);
    }
    const script: number[] = [];
    for (const { user } of questions.slice(1, 4)) script.push(await timeOf(() => askLikeAScript(partner, user)));
    say(`a script that pages through everything, by parts of names only: ${percentiles(script)}`);
  } finally {
    const exited = once(server, 'exit');
    server.kill();
    await exited;
  }
}

type Answered = {
  readonly question: BenchQuestion;
  readonly milliseconds: number;
  readonly ownTime: number;
  readonly finding: Finding;
};

async function askAll(directory: PartnerDirectory, questions: readonly BenchQuestion[]): Promise<readonly Answered[]> {
  const answers: Answered[] = [];
  for (const question of questions) {
    const [start, used] = [performance.now(), process.cpuUsage()];
    const finding = await ask(directory, question);
    const elapsed = performance.now() - start;
    answers.push({ question, milliseconds: elapsed, ownTime: milliseconds(process.cpuUsage(used)), finding });
  }
  return answers;
}

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}

function ask(directory: PartnerDirectory, { user, customer }: { user: string; customer: string }): Promise<Finding> {
  return directory.find({ text: `reset password for "${user}" at "${customer}"` }, correlationId);
}

/** A sentence of so many words, which tells a long story before it asks. */
function writeSentence(user: string, length: number): string {
  const asks = `please reset the password for ${user} at Wide World Importers`.split(' ');
  const story = 'hi team the caller rang again this morning and said that the laptop asks for a new login'.split(' ');
  const before = Array.from({ length: Math.max(0, length - asks.length) }, (_, at) => story[at % story.length] ?? '');
  return [...before, ...asks].join(' ');
}

async function askLikeAScript(partner: AggregatePartner, typed: string): Promise<number> {
  let found = 0;
  const wanted = typed.toLowerCase().split(' ');
  for await (const customer of partner.customers.query()) {
    if (customer.companyProfile.companyName?.toLowerCase() !== 'wide world importers') continue;
    for await (const { displayName = '' } of partner.customers.byId(customer.id).users.query()) {
      found += wanted.every((word) => displayName.toLowerCase().includes(word)) ? 1 : 0;
    }
  }
  return found;
}

async function readBare(baseUrl: string, customer: string): Promise<void> {
  for (const [path, pages] of [
    ['customers', 20],
    [`customers/${customer}/users`, 200],
  ] as const) {
    for (let page = 0; page < pages; page += 1) {
      const response = await fetch(`${baseUrl}/v1/${path}?size=500&page=${page}`);
      await response.text();
    }
  }
}

function shows(finding: Finding, name: string): boolean {
  switch (finding.kind) {
    case 'found':
      return finding.target.user.displayName === name;
    case 'which-user':
      return finding.choices.some(({ user }) => user.displayName === name);
    case 'no-user':
      return finding.near.some(({ displayName }) => displayName === name);
    case 'no-customer':
      return finding.near.some((customer) => customer.name === name);
    case 'unknown-domain':
      return finding.near.some((customer) => customer.name === name);
    case 'which-customer':
      return finding.choices.some((customer) => customer.name === name);
    case 'customer-missing':
    case 'not-a-reset':
    case 'trouble':
      return false;
  }
}

async function timeOf(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

function percentiles(milliseconds: readonly number[]): string {
  const sorted = milliseconds.toSorted((one, other) => one - other);
  const at = (part: number): string => (sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(2);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}

function share(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(0)} %`;
}

function memoryInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function portOf(address: unknown): number {
  const port: unknown = typeof address === 'object' && address !== null && 'port' in address ? address.port : undefined;
  if (typeof port !== 'number') {
    throw new TypeError('The server did not say its port.');
  }
  return port;
}

if (import.meta.main) {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  await benchDirectorySearch({ say, figure: () => undefined });
}

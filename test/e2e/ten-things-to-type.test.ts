import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sandboxPolicy } from '../../src/app/watch-policy-file.ts';
import { createTour, graphSteps, tourSteps } from '../../src/sandbox/tour.ts';
import { openTourTicks } from '../../src/sandbox/tour-ticks.ts';
import { type House, startHouse } from '../support/start-house.ts';
import { cardId, createTeamsPerson, robin } from '../support/teams-person.ts';

const mention = { type: 'mention', text: '<at>Locksmith</at>', mentioned: { id: '28:bot', name: 'Locksmith' } };

/** What each row of the README's table is answered with: the id of a card, or words. */
const answers = [
  /confirmation.*adele\.vance@/,
  /confirmation(?=.*4711)(?=.*Called back)(?!.*Input\.)/,
  /which-user.*alex\.wilber2?@/,
  /which-customer.*northwindtraders-eu/,
  /which-user.*Adele Vance/,
  /confirmation.*isaiah\.langer@|which-customer.*northwindtraders-eu/,
  /confirmation.*A second person has to approve/,
  /kept in the customer’s local directory/,
  /Lynne Robbins.* was deleted on .* can be restored until/,
  /signs in at another service/,
  /Frozen: from now on no password is reset for Contoso Bikes[^]*Thawed: Contoso Bikes[^]*Resets of everybody/,
];

const readme = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8');
const rows = readme.slice(readme.indexOf('## Things to type'), readme.indexOf('## How it is built')).split('\n');
const typed = rows
  .filter((row) => row.startsWith('| `'))
  .map((row) => [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, sentence = '']) => sentence));

describe('the things to type of the README, over HTTP', () => {
  let house: House;
  beforeAll(async () => {
    house = await startHouse();
  });
  afterAll(() => house.stop());

  it('are those of the tour, with the same words', () => {
    expect(typed).toEqual(tourSteps.map(({ type }) => type));
    expect(typed).toHaveLength(answers.length);
    for (const { see } of tourSteps) expect(rows.join('\n')).toContain(`| ${see}`);
  });

  it.each(typed.map((sentences, row) => [sentences, answers[row] ?? /^$/] as const))(
    '%j is answered as it says there',
    async (sentences, answer) => {
      // A chat of its own, so that no sentence is the answer to the one before.
      const [first = ''] = sentences;
      const conversationType = first.startsWith('@Locksmith ') ? 'groupChat' : 'personal';
      const technician = createTeamsPerson(house, robin, { id: `a:chat-${first}`, conversationType });
      for (const sentence of sentences) {
        const text = sentence.replace('@Locksmith', '<at>Locksmith</at>');
        await technician.say(text, text === sentence ? {} : { entities: [mention] });
      }
      const said = technician
        .shown()
        .map(({ card, text }) => `${cardId(card) ?? ''} ${text ?? ''} ${JSON.stringify(card)}`);
      expect(said.join('\n')).toMatch(answer);
    },
  );
});

describe('what Microsoft Graph alone tells, over HTTP', () => {
  const told = [
    /confirmation.*Sign-in is blocked/,
    /outcome-refused.*restricted administrative unit/,
    /confirmation.*account of an administrator.*A second person has to approve/,
    /confirmation.*account of an administrator.*A second person has to approve/,
  ];
  const sentences = graphSteps.map(({ type: [sentence = ''] }) => sentence);
  const guide = readFileSync(resolve(import.meta.dirname, '../../docs/what-to-type.md'), 'utf8');
  let house: House;
  beforeAll(async () => {
    house = await startHouse({ graph: 'on' });
  });
  afterAll(() => house.stop());

  it.each(sentences.map((sentence, at) => [sentence, told[at] ?? /^$/] as const))(
    '%j is answered as the tour and the guide say',
    async (sentence, answer) => {
      expect(guide).toContain(`\`${sentence}\``);
      const isGroup = sentence.startsWith('@Locksmith ');
      const chat = isGroup
        ? ({ id: `19:${sentence}@thread.v2`, conversationType: 'groupChat' } as const)
        : ({ id: `a:chat-${sentence}`, conversationType: 'personal' } as const);
      const technician = createTeamsPerson(house, robin, chat);
      const text = sentence.replace('@Locksmith', '<at>Locksmith</at>');
      await technician.say(text, isGroup ? { entities: [mention] } : {});
      const said = technician.shown().map(({ card }) => `${cardId(card) ?? ''} ${JSON.stringify(card)}`);
      expect(said.join('\n')).toMatch(answer);
    },
  );
});

describe('the tour', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'locksmith-tour-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const begin = (approvePage?: string, startWith?: string) =>
    createTour({
      ticks: openTourTicks(join(folder, 'data', 'tour.json')),
      policy: () => sandboxPolicy,
      customers: [],
      approvePage: () => approvePage,
      ...(startWith !== undefined && { startWith }),
    });

  it('keeps its ticks over a restart, until it is begun anew', () => {
    const ticks = (typed: string) => JSON.stringify(begin()('robin', typed)).match(/✓ \d+/g) ?? [];
    begin()('robin', 'reset alex wilber at contoso bikes');
    expect(ticks('tour')).toEqual(['✓ 3']);
    begin()('robin', 'reset lynne robbins at contoso bikes');
    expect(ticks('tour')).toEqual(['✓ 3', '✓ 9']);
    expect(JSON.stringify(begin()('robin', 'tour'))).toContain('tour anew begins without any');
    expect(ticks('tour anew')).toEqual([]);
    expect(ticks('tour')).toEqual([]);
    writeFileSync(join(folder, 'data', 'tour.json'), '{"robin":5}');
    expect(ticks('tour')).toEqual([]);
  });

  it('repeats the ports that the sandbox was started with, where it says how to start it anew', () => {
    expect(JSON.stringify(begin()('robin', 'tour'))).toContain('start it with POLICY_FILE=');
    expect(JSON.stringify(begin(undefined, 'PORT=4000 PLAYGROUND_PORT=5000 ')('robin', 'tour'))).toContain(
      'start it with PORT=4000 PLAYGROUND_PORT=5000 POLICY_FILE=',
    );
  });

  it('names the page on which a second person approves', () => {
    expect(JSON.stringify(begin('http://127.0.0.1:9/approve')('robin', 'tour'))).toContain(
      'on the page http://127.0.0.1:9/approve',
    );
  });

  it('ticks what a person has typed, whatever the letter case, and leaves every answer but its own to the bot', () => {
    const guide = begin();
    const ticks = (person: string) => JSON.stringify(guide(person, ' Tour. ')).match(/✓ \d+/g) ?? [];
    expect(guide('robin', 'hi')).toBeUndefined();
    expect(ticks('robin')).toEqual([]);
    expect(guide('robin', 'Reset Alex Wilber at Contoso Bikes!')).toBeUndefined();
    expect(guide('robin', 'reset password for Isaiah Langer')).toBeUndefined();
    expect(ticks('robin')).toEqual(['✓ 3']);
    expect(guide('robin', 'Northwind Traders')).toBeUndefined();
    expect(ticks('robin')).toEqual(['✓ 3', '✓ 6']);
    // Without "password for" it is the same order.
    expect(guide('robin', 'reset adele vance at contoso bikes, in person')).toBeUndefined();
    expect(ticks('robin')).toEqual(['✓ 1', '✓ 3', '✓ 6']);
    expect(ticks('priya')).toEqual([]);
  });

  it('ticks what was said in other words, and not what was said of somebody else', () => {
    const guide = begin();
    const ticks = () => JSON.stringify(guide('robin', 'tour')).match(/✓ \d+/g) ?? [];
    for (const other of ['Contoso Bikes on the phone: Alan Deyoung forgot his password', 'hi', 'contoso bikes'])
      expect(guide('robin', other)).toBeUndefined();
    expect(ticks()).toEqual([]);
    guide('robin', 'Contoso Bikes rang, Diego Siciliani needs a new password');
    guide('robin', 'pw reset for Wilber, Alex (Contoso Bikes) please');
    expect(ticks()).toEqual(['✓ 3', '✓ 8']);
  });

  it('says when it is over', () => {
    const guide = begin();
    for (const { type } of tourSteps) for (const sentence of type) guide('robin', sentence);
    const left = JSON.stringify(guide('robin', 'tour'));
    expect(left).toMatch(/4 of 15 things are left.*Bolder.*12\. .*✓ 11\. .*Type tour again/);
    expect(left).not.toContain('the whole way');
    for (const { type } of graphSteps) for (const sentence of type) guide('robin', sentence);
    expect(JSON.stringify(guide('robin', 'tour'))).toMatch(/✓ 15\. .*That was all of it\./);
  });

  it('is the sandbox’s alone: a bot without a guide answers the word by itself', async () => {
    const house = await startHouse();
    try {
      const technician = createTeamsPerson(house, robin, { id: 'a:chat-tour', conversationType: 'personal' });
      await technician.say('tour');
      await technician.text('At which customer is “tour”?');
    } finally {
      await house.stop();
    }
  });
});

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type House, startHouse } from '../support/start-house.ts';
import { cardId, createTeamsPerson } from '../support/teams-person.ts';

const robin = { name: 'Robin Tech', aadObjectId: '0a1b2c3d-0000-4000-8000-00000000000a', id: '29:robin' };

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
  /signs in at another service/,
  /Frozen: from now on no password is reset for Contoso Bikes[^]*Thawed: Contoso Bikes[^]*What everybody asked for/,
];

const readme = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8');
const rows = readme.slice(readme.indexOf('## Ten things to type'), readme.indexOf('## How it is built')).split('\n');
const typed = rows
  .filter((row) => row.startsWith('| `'))
  .map((row) => [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, sentence = '']) => sentence));

describe('the ten things to type of the README, over HTTP', () => {
  let house: House;
  beforeAll(async () => {
    house = await startHouse();
  });
  afterAll(() => house.stop());

  it('are ten', () => {
    expect(typed).toHaveLength(answers.length);
  });

  it.each(typed.map((sentences, row) => [sentences, answers[row] ?? /^$/] as const))(
    '%j is answered as it says there',
    async (sentences, answer) => {
      // A chat of its own, so that no sentence is the answer to the one before.
      const [first = ''] = sentences;
      const conversationType = first.startsWith('@Locksmith ') ? 'groupChat' : 'personal';
      const technician = createTeamsPerson(house, robin, { id: `a:chat-${first}`, conversationType });
      for (const sentence of sentences) await technician.say(sentence.replace('@Locksmith', '<at>Locksmith</at>'));
      const said = technician
        .shown()
        .map(({ card, text }) => `${cardId(card) ?? ''} ${text ?? ''} ${JSON.stringify(card)}`);
      expect(said.join('\n')).toMatch(answer);
    },
  );
});

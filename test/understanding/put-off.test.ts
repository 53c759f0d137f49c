import { describe, expect, it } from '@jest/globals';
import { createWorld } from './tables.ts';

const people = [
  ['Malik Ramos', 'Contoso Bikes'],
  ['Bao Maier', 'Kestrel Accounting'],
] as const;
const { find } = createWorld(
  people.map(([user, name]) => ({ name, domain: `${name.toLowerCase().replace(' ', '')}.example`, users: [user] })),
);

const times = [
  'on Friday at 5pm',
  'Monday morning',
  'at 5pm',
  'at 17:30',
  'at half past four',
  "at nine o'clock",
  'at noon',

  'this evening',
  'tomorrow',
  'tomorrow at noon',
  'the day after tomorrow',
  'next week',
  'on Wednesday',
  'on the 5th',
  'on 3 December',
  'come Friday',
  'over the weekend',
  'in a couple of hours',
  'starting Monday',
  'in two hours',
  'at the end of the day',
  'later today',
  'after lunch',
  'after the meeting',
  'not before Friday',
];
const conditions = [
  'if HR confirms',
  'once HR has confirmed',
  'after his manager has signed off',
  'when the contract is signed',
  'as soon as his boss agrees',
  'unless he calls back',
  'if he calls back',
  'provided the manager agrees',

  'when Bob is back',
  'as soon as we hear from HR',
  'should HR approve',
  'upon approval by HR',
  'in case she calls back',
  'if his identity is confirmed',
  'once verified',
  'the minute HR agrees',
  "upon HR's confirmation",
  'once I give the go-ahead',
  'only after I confirm',
  "with HR's approval only",
  "only with HR's approval",
  'only with the consent of HR',
  'subject to approval',
  'pending HR sign-off',
  'when I tell you',
];
const orders: readonly ((when: string, user: string, customer: string) => string)[] = [
  (when, user, customer) => `${when} reset the password for ${user} at ${customer}`,
  (when, user, customer) => `${when}, reset ${user} at ${customer}`,
  (when, user, customer) => `${when}, please reset ${user}'s password at ${customer}`,
  (when, user, customer) => `hi, ${when} please reset ${user} at ${customer}`,
  (when, user, customer) => `can you ${when} reset ${user} at ${customer}`,
  (when, user, customer) => `${when} ${user} at ${customer} needs a new password`,
  (when, user, customer) => `reset ${user} at ${customer} ${when}`,
  (when, user, customer) => `please reset the password for ${user} at ${customer}, ${when}`,
  (when, user, customer) => `reset, ${when}, the password of ${user} at ${customer}`,
  (when, user, customer) => `${when} I'll need a password reset for ${user} at ${customer}`,
  (when, user, customer) => `yeah, ${when} reset ${user} at ${customer}`,
];
/** What tells of the past, or puts nothing off. */
const told: readonly ((user: string, customer: string) => string)[] = [
  (user, customer) => `Since Monday he is locked out, reset ${user} at ${customer}`,
  (user, customer) => `This morning he forgot his password, please reset ${user} at ${customer}`,
  (user, customer) => `On Monday he changed his phone and forgot his password, please reset ${user} at ${customer}`,
  (user, customer) => `After five failed attempts he is locked out, reset ${user} at ${customer}`,
  (user, customer) => `If possible, reset ${user} at ${customer}`,
  (user, customer) => `If you can, please reset ${user} at ${customer}`,
  (user, customer) => `As soon as possible reset ${user} at ${customer}`,
  (user, customer) => `Once again: reset ${user} at ${customer}`,
  (user, customer) => `Before his 10 o'clock please reset ${user} at ${customer}`,
  (user, customer) => `Reset ${user} at ${customer} when you have a minute`,
  (user, customer) => `Reset ${user} at ${customer}, he has been locked out since Monday`,
  (user, customer) => `Reset ${user} at ${customer}, he forgot it this morning`,
  (user, customer) => `Reset ${user} at ${customer} and let me know if it works`,
  (user, customer) => `Reset ${user} at ${customer} right now`,
  (user, customer) => `Reset ${user} at ${customer} by the end of the week`,
  (user, customer) => `Before the weekend please reset ${user} at ${customer}`,
];

describe('an order with a time or a condition', () => {
  it.each(['later today', 'this afternoon', 'this evening', 'tomorrow', 'on Monday'])(
    'is none where a need is told of: %s',
    async (when) => {
      for (const [user, customer] of people)
        expect(await find(`${when} I need a password reset for ${user} at ${customer}`)).toBe('- not-a-reset');
    },
  );

  it.each([...times, ...conditions])('is none, wherever it stands and whoever is meant: %s', async (when) => {
    for (const order of orders)
      for (const [user, customer] of people) {
        const typed = order(when, user, customer);
        expect(`${typed} → ${await find(typed)}`).toBe(`${typed} → - not-a-reset`);
      }
  });

  it.each(told.map((tell) => [tell('Malik Ramos', 'Contoso Bikes')]))(
    'is one where it puts nothing off: %s',
    async (typed) => {
      expect(await find(typed)).toBe('Malik Ramos at Contoso Bikes');
    },
  );
});

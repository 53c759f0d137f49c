import type { Alarm } from '../reset/alarm.ts';

/** An alarm in a sentence for people, without anything that somebody typed. */
export function describeAlarm(alarm: Alarm): string {
  switch (alarm.kind) {
    case 'limit-reached':
      return `A reset was refused: the limit ${limits[alarm.limit]} (${alarm.most}) is reached.`;
    case 'needs-attention':
      return alarm.why === 'unclear'
        ? 'A reset needs attention: nobody knows whether the password is in force.'
        : 'A reset needs attention: its sealed password could not be opened.';
    case 'given-up':
      return givenUp[alarm.why];
    case 'foreign-press':
      return 'Somebody pressed a button that belongs to another person. It had no effect.';
    case 'bad-policy-file':
      return 'The policy file was changed into one that cannot be used. The policy before it stays in force.';
  }
}

const givenUp = {
  'seal-broken': 'A reset was refused before anything was sent: its sealed password could not be opened.',
  'no-progress': 'A reset was refused before anything was sent: whatever worked on it failed again and again.',
  undelivered: 'A password was set and could not be delivered in time. It was erased; the person has to be reset again.',
} as const;

const limits = {
  technician: 'for one technician in an hour',
  customer: 'for one customer in an hour',
  user: 'for one user in a day',
  overall: 'for everybody in an hour',
} as const;

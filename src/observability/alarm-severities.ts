import type { Alarm } from '../reset/index.ts';

export type AlarmSeverity = 'critical' | 'warning' | 'info';

/** How soon somebody should look. `critical`: at once; `warning`: today; `info`: there may be nothing to do. */
export const alarmSeverities = {
  'needs-attention': 'critical',
  'given-up': 'critical',
  frozen: 'critical',
  'row-altered': 'critical',
  'clocks-disagree': 'critical',
  'sign-in-paused': 'critical',
  'bot-sign-in-failed': 'critical',
  'sealing-key-missing': 'critical',
  'limit-reached': 'warning',
  'bad-policy-file': 'warning',
  'policy-customers-unknown': 'warning',
  'sign-in-ending': 'warning',
  'ticket-note-given-up': 'warning',
  'graph-unread': 'warning',
  thawed: 'info',
  'foreign-press': 'info',
} as const satisfies Readonly<Record<Alarm['kind'], AlarmSeverity>>;

/**
 * What is the same alarm, of those that one person can raise again and again by pressing or asking. They are counted together,
 * but never those of two people: the second may be the one to look for. Undefined for the others: each is sent.
 */
export function groupOf(alarm: Alarm): string | undefined {
  switch (alarm.kind) {
    case 'foreign-press':
      return `${alarm.kind}/${alarm.technician}`;
    case 'limit-reached':
      return `${alarm.kind}/${alarm.limit}/${alarm.technician}`;
    case 'needs-attention':
    case 'given-up':
    case 'frozen':
    case 'thawed':
    case 'bad-policy-file':
    case 'policy-customers-unknown':
    case 'row-altered':
    case 'clocks-disagree':
    case 'sign-in-paused':
    case 'bot-sign-in-failed':
    case 'sealing-key-missing':
    case 'sign-in-ending':
    case 'ticket-note-given-up':
    case 'graph-unread':
      return undefined;
  }
}

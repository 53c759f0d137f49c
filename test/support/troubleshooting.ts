import type { ListenError } from '../../src/base/index.ts';
import { asId, type CorrelationId, type CustomerId, type ObjectId, type UserId } from '../../src/base/index.ts';
import { alarmSeverities } from '../../src/observability/alarm-severities.ts';
import { codeByStatus, codesByStatus } from '../../src/partner-center/error-answer.ts';
import { StoreError } from '../../src/store/index.ts';
import { type Alarm, type Finding, type Refusal, type SignInPause, signInTroubles } from '../../src/reset/index.ts';
import {
  admissionTexts,
  chatReplies,
  describeRefusal,
  formatAlarm,
  formatFinding,
  formatTurnFailure,
  graphFailures,
  newSignInFailures,
  notAResetTexts,
  outcomeTexts,
  partnerCenterFailures,
  signInFailures,
  startFailureTexts,
  storeAdvice,
  ticketFailures,
} from '../../src/texts/index.ts';

/** Stands for a name, an address or an instant. */
const some = '…';
const ids = {
  correlationId: asId<CorrelationId>(some),
  technician: asId<ObjectId>(some),
  customer: asId<CustomerId>(some),
  user: asId<UserId>(some),
};

/** Every refusal, once for each of its sentences. What is said of Partner Center has a part of its own. */
const refusals: { readonly [Kind in Refusal['kind']]: readonly Extract<Refusal, { kind: Kind }>[] } = {
  'not-a-technician': [{ kind: 'not-a-technician' }],
  'groups-unknown': [{ kind: 'groups-unknown' }],
  'own-account': [{ kind: 'own-account' }],
  deleted: [{ kind: 'deleted' }, { kind: 'deleted', at: Date.UTC(2026, 10, 3) }],
  federated: [{ kind: 'federated' }],
  synchronised: [{ kind: 'synchronised' }],
  guest: [{ kind: 'guest' }],
  administrator: [{ kind: 'administrator', roles: [] }],
  'roles-unknown': [{ kind: 'roles-unknown' }],
  'management-restricted': [{ kind: 'management-restricted' }],
  'protection-unknown': [{ kind: 'protection-unknown', facts: ['roles'], code: some }],
  'approval-not-possible': [{ kind: 'approval-not-possible' }],
  'approval-needed': [{ kind: 'approval-needed' }],
  'approver-without-right': [{ kind: 'approver-without-right', by: some }],
  'target-changed': [{ kind: 'target-changed' }],
  'under-way': [{ kind: 'under-way', by: some }],
  frozen: [true, false].map((everything) => ({ kind: 'frozen', by: some, at: 0, everything })),
  'over-limit': (['technician', 'customer', 'user', 'overall'] as const).map((limit) => ({
    kind: 'over-limit',
    limit,
    most: 10,
    againAt: 0,
  })),
  'no-direct-message': (['not-installed', 'blocked', 'unreachable'] as const).map((why) => ({
    kind: 'no-direct-message',
    why,
  })),
  'ticket-mismatch': [{ kind: 'ticket-mismatch', concerns: ['other-customer'] }],
  'too-old': [{ kind: 'too-old' }],
  restored: [{ kind: 'restored' }],
  'seal-broken': [{ kind: 'seal-broken' }],
  'no-progress': [{ kind: 'no-progress' }],
  'partner-center': [],
};

const pauses = signInTroubles.filter((code): code is SignInPause => 'alarm' in signInFailures[code]);

/** Every alarm, once for each of its sentences. */
export const alarms: { readonly [Kind in Alarm['kind']]: readonly (Alarm & { kind: Kind })[] } = {
  'limit-reached': [
    { kind: 'limit-reached', limit: 'technician', most: 10, ...ids },
    { kind: 'limit-reached', limit: 'customer', most: 10, ...ids },
    { kind: 'limit-reached', limit: 'user', most: 10, ...ids },
    { kind: 'limit-reached', limit: 'overall', most: 10, ...ids },
  ],
  'needs-attention': [
    { kind: 'needs-attention', why: 'unclear', ...ids },
    { kind: 'needs-attention', why: 'seal-broken', ...ids },
  ],
  'given-up': [
    { kind: 'given-up', why: 'seal-broken', ...ids },
    { kind: 'given-up', why: 'no-progress', ...ids },
    { kind: 'given-up', why: 'undelivered', ...ids },
    { kind: 'given-up', why: 'right-ended', ...ids },
    { kind: 'given-up', why: 'not-alone', ...ids },
  ],
  frozen: [undefined, ids.customer].map((customer) => ({ kind: 'frozen', technician: ids.technician, customer })),
  thawed: [undefined, ids.customer].map((customer) => ({ kind: 'thawed', technician: ids.technician, customer })),
  'foreign-press': [{ kind: 'foreign-press', ...ids }],
  'bad-policy-file': [{ kind: 'bad-policy-file', problems: [] }],
  'policy-customers-unknown': [{ kind: 'policy-customers-unknown', customers: [some] }],
  'sign-in-paused': pauses.map((cause) => ({ kind: 'sign-in-paused', cause })),
  'bot-sign-in-failed': (['invalid_client', 'client_secret_expired', 'refused'] as const).map((cause) => ({
    kind: 'bot-sign-in-failed',
    cause,
  })),
  'sealing-key-missing': [{ kind: 'sealing-key-missing', keyId: some }],
  'row-altered': [
    { kind: 'row-altered', table: 'reset_requests', how: 'changed' },
    { kind: 'row-altered', table: 'open_questions', how: 'changed' },
    { kind: 'row-altered', table: 'contacts', how: 'changed' },
    { kind: 'row-altered', table: 'freezes', how: 'changed' },
    { kind: 'row-altered', table: 'ticket_notes', how: 'changed' },
    { kind: 'row-altered', table: 'readable_facts', how: 'changed' },
    { kind: 'row-altered', table: 'audit_records', how: 'changed' },
    { kind: 'row-altered', table: 'audit_records', how: 'not-newest' },
  ],
  'clocks-disagree': [
    { kind: 'clocks-disagree', milliseconds: 600_000 },
    { kind: 'clocks-disagree', milliseconds: -600_000 },
  ],
  'ticket-note-given-up': [
    {
      kind: 'ticket-note-given-up',
      why: 'unavailable',
      reference: some,
      ticket: some,
      correlationId: ids.correlationId,
      customer: ids.customer,
      user: ids.user,
    },
  ],
  'graph-unread': [
    { kind: 'graph-unread', customer: ids.customer, code: 'conditional-access', entraCode: 53_003, isLost: true },
    { kind: 'graph-unread', customer: ids.customer, code: 'account-unknown', entraCode: 50_020, isLost: false },
    { kind: 'graph-unread', customer: ids.customer, code: 'bad-request', isLost: false, leftOut: 'eligible-roles' },
    { kind: 'graph-unread', customer: undefined, code: 'sign-in-expired', entraCode: 700_082, isLost: true },
  ],
  'sign-in-ending': (['refresh-token', 'certificate'] as const).map((what) => ({
    kind: 'sign-in-ending',
    what,
    endsAt: 0,
  })),
};

const customer = { id: ids.customer, name: some, domain: some };
const near = { near: [], more: 0, people: [] };

/** What is asked back where a sentence means no one, or several. */
const findings: readonly Exclude<Finding, { kind: 'found' | 'not-a-reset' | 'trouble' }>[] = [
  { kind: 'customer-missing', typed: some, people: [] },
  { kind: 'no-customer', typed: some, ...near },
  { kind: 'unknown-domain', typed: some, elsewhere: false, ...near },
  { kind: 'unknown-domain', typed: some, elsewhere: true, ...near },
  { kind: 'which-customer', typed: some, choices: [], people: [] },
  { kind: 'no-user', typed: some, customer, customerInferred: false, near: [], more: 0 },
  { kind: 'which-user', typed: some, choices: [], customerInferred: false },
];

/** The words that somebody has seen, and what to do. */
type Trouble = {
  readonly words: string;
  readonly todo: string;
  /** What log, trail and metrics call it. */
  readonly code?: string;
};

/** Every refusal, alarm and failure by its words, in the parts of docs/troubleshooting.md. */
export function listTroubles(): readonly { readonly title: string; readonly troubles: readonly Trouble[] }[] {
  const address = { settings: { host: 'HOST', port: 'PORT' }, host: some, port: 3978, systemCode: some } as const;
  return [
    {
      title: 'Nothing was reset',
      troubles: Object.values(refusals)
        .flat()
        .map((refusal) => of(describeRefusal(refusal), `\`${refusal.kind}\``)),
    },
    {
      title: 'What became of a reset',
      troubles: [
        { words: outcomeTexts.givenUp.says, todo: outcomeTexts.givenUp.next },
        of(outcomeTexts.attention.unclear),
        of(outcomeTexts.attention['seal-broken']),
        { words: outcomeTexts.declined.says, todo: outcomeTexts.declined.next },
        { words: outcomeTexts.notApproved.says, todo: outcomeTexts.notApproved.next },
        { words: outcomeTexts.expired.says, todo: outcomeTexts.expired.next },
      ],
    },
    {
      title: 'Microsoft Graph at a customer',
      troubles: Object.entries(graphFailures).map(([code, { technician, administrator }]) => ({
        words: technician.problem,
        todo: `${technician.advice} ${administrator}`,
        code: `\`${code}\``,
      })),
    },
    {
      title: 'The ticket system, at the terminal and in the alarm',
      troubles: Object.entries(ticketFailures).map(([code, { problem, advice }]) => ({
        words: `${problem} (${code})`,
        todo: advice,
      })),
    },
    {
      title: 'Partner Center',
      troubles: Object.entries(partnerCenterFailures).map(([code, text]) =>
        of(text, [`\`${code}\``, ...nameAnswers(code)].join(': ')),
      ),
    },
    {
      title: 'The sign-in to Partner Center, in a chat',
      troubles: Object.entries(signInFailures).map(([code, { technician }]) => of(technician, `\`${code}\``)),
    },
    { title: 'Asked back', troubles: findings.map((finding) => split(formatFinding(finding, ids.correlationId))) },
    {
      title: 'Not understood, or not let in',
      troubles: [
        ...Object.values(notAResetTexts),
        chatReplies.notUnderstood,
        chatReplies.tooLong,
        chatReplies.confirmElsewhere,
        chatReplies.nothingToConfirm,
        chatReplies.confirmNotUnderstood(['Called back on a number on file', 'In person']),
        chatReplies.historyElsewhere,
        ...Object.values(admissionTexts),
        formatTurnFailure(new Error(), some),
        formatTurnFailure(new StoreError('full'), some),
        formatTurnFailure(new StoreError('unreachable'), some),
        formatTurnFailure(new StoreError('row-altered'), some),
      ].map(split),
    },
    {
      title: 'Alarms',
      troubles: Object.values(alarms)
        .flat()
        .map((alarm) => {
          const { words, todo } = split(formatAlarm(alarm));
          return { words, todo: `(\`${alarm.kind}\`, ${alarmSeverities[alarm.kind]}) ${todo}` };
        }),
    },
    {
      title: 'At the terminal: the sign-in',
      troubles: [
        ...Object.entries(signInFailures).map(([code, { administrator }]) => of(administrator, `\`${code}\``)),
        ...Object.values(newSignInFailures.mismatch).map((text) => of(text)),
        ...Object.values(newSignInFailures.mfa).map((text) => of(text)),
        of({ ...newSignInFailures.noCustomer, problem: `Partner Center ${newSignInFailures.noCustomer.problem}.` }),
      ],
    },
    {
      title: 'At the terminal: the database',
      troubles: Object.keys(storeAdvice)
        .filter(isStoreErrorCode)
        .map((code) => ({
          words: `${new StoreError(code).message} (${code})`,
          todo: storeAdvice[code],
        })),
    },
    {
      title: 'At the terminal: the start',
      troubles: [
        startFailureTexts['wrong-key'],
        startFailureTexts['audit-beginning-missing'],
        startFailureTexts['audit-end-altered'],
        startFailureTexts.fileMissing(some),
        startFailureTexts.fileClosed(some),
        startFailureTexts.noDatabase,
        startFailureTexts.unforeseen,
        ...(['taken', 'no-address', 'not-allowed'] as const satisfies readonly ListenError['code'][]).map((code) =>
          startFailureTexts.listen[code](address),
        ),
      ].map(split),
    },
  ];
}

/** Answers that are told apart by more than a table. */
const otherAnswers: Readonly<Record<string, readonly string[]>> = {
  'route-unknown': ['404 without a code'],
  refused: ['any other 4xx'],
  'unknown-result': ['a write without an answer, or with 408 or 5xx'],
  throttled: ['429'],
  'service-fault': ['408 or 5xx to a read'],
};

/** Which answers of Partner Center a code stands for, such as `403 with 900308 or 403`. Nothing where it is no answer. */
function nameAnswers(code: string): readonly string[] {
  const exact = Object.entries(codesByStatus).flatMap(([status, codes]) =>
    Object.entries(codes).flatMap(([number, one]) => (one === code ? [`${status} with ${number}`] : [])),
  );
  const plain = Object.entries(codeByStatus).flatMap(([status, one]) =>
    one === code
      ? [status in codesByStatus ? `${status} with any other code${status === '404' ? '' : ', or none'}` : status]
      : [],
  );
  const all = [...exact, ...plain, ...(otherAnswers[code] ?? [])];
  return all.length === 0 ? [] : [all.join('; ')];
}

function isStoreErrorCode(code: string): code is keyof typeof storeAdvice {
  return Object.hasOwn(storeAdvice, code);
}

function of({ problem, advice }: { readonly problem: string; readonly advice: string }, code?: string): Trouble {
  return { words: problem, todo: advice, ...(code !== undefined && { code }) };
}

/** The first sentence, and the others. */
function split(text: string): Trouble {
  const [, words = text, todo = ''] = /^(.+?[.?!])(?:\s+(.+))?$/s.exec(text.replaceAll(/\s+/g, ' ')) ?? [];
  return { words, todo };
}

/** A trouble as a line of the page. */
export function formatTrouble({ words, todo, code }: Trouble): string {
  const line = `- **${words}** ${code === undefined ? '' : `(${code}) `}${todo}`
    .replaceAll(/\{\{.*?\}\}/g, some)
    .replaceAll(/1970-01-01|1 Jan 1970, 00:00 UTC/g, some);
  return line.trim();
}

/** The page for technicians and operators. */
export function renderTroubleshooting(): string {
  const parts = listTroubles().map(
    ({ title, troubles }) => `## ${title}\n\n${[...new Set(troubles.map(formatTrouble))].join('\n')}\n`,
  );
  return `# Troubleshooting

Every refusal, alarm and failure by its words, and what to do: search this page for what you have read. \`${some}\` stands for a name, an
address or a time. The correlation id that the bot shows finds a reset in the log and in the trail; how to come to it from a reference (\`K7QM-3XWD\`), and to
the records from both: [operations](operations.md#from-a-reference-to-the-records). Nothing is reset in doubt,
so a refusal says in each case that nothing was changed. What stands in brackets is the code that log, trail, metrics and alarms have for it; at Partner
Center the HTTP status and Partner Center's own code follow, which the log has as \`httpStatus\` and \`partnerCode\`.

Written from \`src/texts/\`; a test fails where the two differ. To write the page anew:

\`\`\`sh
node test/support/write-troubleshooting.ts && npx prettier --write docs/troubleshooting.md
\`\`\`

Where to begin: \`npm run doctor\` looks at everything and says what to do. What each kind of alarm means is in
[operations](operations.md#alarms).

${parts.join('\n')}`;
}

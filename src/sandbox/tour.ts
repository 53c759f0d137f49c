import type { Guide } from '../teams/index.ts';

/** One of the ten things to try: what to type, one after the other, and what there is to see. */
export type TourStep = {
  readonly type: readonly string[];
  readonly where?: 'group';
  readonly see: string;
};

/** The ten things to try in the sandbox. The README has the same ones; a test types each. */
export const tourSteps: readonly TourStep[] = [
  { type: ['reset password for Adele Vance at Contoso Bikes'], see: 'the whole way, to a password in your own chat' },
  {
    type: ['reset adele vance at contoso bikes, #4711, called back'],
    see: 'a card that asks nothing more, and a note in the ticket',
  },
  { type: ['reset alex wilber at contoso bikes'], see: 'two of one name: the bot asks, and never picks' },
  { type: ['reset grady archie at northwind traders'], see: 'two customers of one name' },
  { type: ['reset adel vance at contoso bikes'], see: 'a typing error: one suggestion, one button' },
  {
    type: ['reset password for Isaiah Langer', 'northwind traders'],
    see: 'a dialogue: it asks for what is missing',
  },
  {
    type: ['@Locksmith reset megan bowen at contoso bikes'],
    where: 'group',
    see: 'an administrator: a second person has to approve',
  },
  {
    type: ['reset diego siciliani at contoso bikes'],
    see: 'synchronised from a local directory: refused, with what to do',
  },
  { type: ['reset johanna lorenz at contoso bikes'], see: 'signs in elsewhere (federated): refused' },
  {
    type: ['freeze contoso bikes', 'thaw contoso bikes', 'history'],
    see: 'an emergency brake, and your resets; `npm run audit -- verify`',
  },
];

/** What Microsoft Graph alone tells, at a customer of the sandbox that has consented. A test types each. */
export const graphSteps: readonly TourStep[] = [
  { type: ['reset enrico cattaneo at contoso bikes'], see: 'blocked from signing in: a warning' },
  { type: ['reset henrietta mueller at contoso bikes'], see: 'under restricted management: refused, with who can' },
  {
    type: ['@Locksmith reset pradeep gupta at contoso bikes'],
    where: 'group',
    see: 'a role that waits to be activated: a second person',
  },
  {
    type: ['@Locksmith reset lidia holloway at contoso bikes'],
    where: 'group',
    see: 'an administrator by a group: a second person',
  },
];

/** Write-back and passes are off by default, so they are seen in a sandbox with the policy that comes along. */
export const followUpsPolicy = 'deploy/sandbox-follow-ups.json';

const followUpsTour = `Write-back to a local directory, signing out and a Temporary Access Pass: stop this, and start it with POLICY_FILE=${followUpsPolicy} npm start. Then type reset diego siciliani at contoso bikes, called back.`;

/**
 * Makes the guide of the sandbox. It answers `tour` with the ten things to try and what Graph tells, and lets the bot answer everything else. A
 * thing gets its tick when the person has typed all of its sentences.
 */
export function createTour(): Guide {
  const typed = new Map<string, Set<string>>();
  return (person, text) => {
    const said = typed.get(person) ?? new Set();
    typed.set(person, said);
    const key = keyOf(text);
    if (key === 'tour') return formatTour(said);
    if (known.has(key)) said.add(key);
    return undefined;
  };
}

/** Letter case, punctuation, the mention and the words `password for` make no difference. */
function keyOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/^@locksmith\s/, '')
    .replace(/^reset (?:the )?password (?:for|of) /, 'reset ')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const known: ReadonlySet<string> = new Set([...tourSteps, ...graphSteps].flatMap(({ type }) => type.map(keyOf)));

function formatTour(said: ReadonlySet<string>): string {
  const write = ({ type, where, see }: TourStep, index: number): string => {
    const isDone = type.every((sentence) => said.has(keyOf(sentence)));
    const place = where === 'group' ? ', in the chat Second line (type @ and choose Locksmith from the list)' : '';
    return `${isDone ? '✓' : '☐'} ${index + 1}. ${type.join(', then ')}${place} → ${see.replaceAll('`', '')}`;
  };
  const lines = tourSteps.map(write);
  const ofGraph = graphSteps.map((step, index) => write(step, tourSteps.length + index));
  const isOver = [...lines, ...ofGraph].every((line) => line.startsWith('✓'));
  const end = isOver
    ? 'That was all of it. Next: docs/install.md, into your own tenant.'
    : 'Type tour again to see your ticks.';
  const graph = ['What Microsoft Graph alone tells of a person, unless it is off:', ...ofGraph];
  // The Playground shows a single line end as a space.
  return [
    'Ten things to try, and four more below. Type what stands before the arrow; behind it is what you will see:',
    ...lines,
    ...graph,
    followUpsTour,
    'What needs a second person you approve on the page Approve, whose address the start printed.',
    end,
  ].join('\n\n');
}

import { asId, type ResetRequestId, type UserId } from '../../base/index.ts';
import { type Freeze, makeReference, type ResetRequest } from '../../reset/index.ts';
import {
  type Card,
  renderFreezeQuestion,
  renderFreezes,
  renderFreezing,
  renderHelp,
  renderHistory,
  renderHome,
  renderNoFreeze,
  renderStatus,
} from '../../teams/index.ts';
import { sandboxSentence } from '../../texts/index.ts';
import { sampleQuestions } from './sample-questions.ts';
import { sampleNow, sampleRequest } from './sample-request.ts';
import { sampleStates as s } from './sample-requests.ts';

const view = { owner: 'sample', from: 0 };
const { technician, target } = sampleRequest();
const by = { technician, at: sampleNow };

/** The same request for another person, under another id. */
function of(number: number, displayName: string, request: ResetRequest): ResetRequest {
  const id = asId<ResetRequestId>(`sample-${number}`);
  const address = `${displayName.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@contosobakery.example`;
  const user = { ...request.target.user, id: asId<UserId>(`user-${number}`), displayName, userPrincipalName: address };
  return { ...request, id, target: { ...request.target, user } };
}

const open = [
  of(1, 'Adele Vance', s.unclearDelivered),
  of(2, 'Megan Bowen', s.ordinary),
  of(3, 'Alex Wilber', s.waiting),
  of(4, 'Isaiah Langer', s.working),
  of(5, 'Grady Archie', s.delivered),
  of(6, 'Miriam Graham', { ...s.reset, state: 'delivering' }),
  of(7, 'Henrietta Mueller', s.ordinary),
  of(8, 'Wolfeschlegelsteinhausenbergerdorff Maximilian-Alexander', s.ordinary),
];
const past = [
  of(1, 'Adele Vance', s.delivered),
  of(2, 'Megan Bowen', s.cancelled),
  of(3, 'Alex Wilber', s.refused[3] ?? s.cancelled),
  of(4, 'Isaiah Langer', s.declined),
  of(5, 'Grady Archie', s.expired),
  of(6, 'Miriam Graham', s.unclear),
];
const referencesOf = (requests: readonly ResetRequest[]) => new Map(requests.map(({ id }) => [id, makeReference(id)]));
const freezes: readonly Freeze[] = [
  { customer: undefined, by: technician, at: sampleNow - 60_000 },
  { customer: target.customer, by: technician, at: sampleNow - 3_600_000 },
];
const status = (changes: Partial<Parameters<typeof renderStatus>[0]>, from = 0, note?: string): Card =>
  renderStatus(
    {
      requests: open,
      questions: [],
      freezes: [],
      reader: technician,
      mayThaw: true,
      withheld: 0,
      isShared: false,
      references: referencesOf(open),
      ...changes,
    },
    { ...view, from, note },
  );
const history = (changes: Partial<Parameters<typeof renderHistory>[0]>, named?: string): Card =>
  renderHistory(
    {
      of: 'own',
      requests: past,
      from: 0,
      hasMore: true,
      isCut: false,
      isByReference: false,
      withheld: 0,
      references: referencesOf(past),
      ...changes,
    },
    named,
    view,
  );
const frozen = {
  freeze: { customer: target.customer, by: technician, at: sampleNow },
  ended: 2,
  waiting: 1,
  underWay: 1,
  own: open.slice(0, 1).map((request) => ({ request, what: 'ended' }) as const),
  isOwn: true,
  mayThaw: true,
} as const;
const pastFreezes = freezes.map(
  ({ customer, by, at }) => ({ kind: 'frozen', customer, by, at, name: customer?.name }) as const,
);
const { askedIn: chat } = s.delivered;
const chosen = [{ key: asId<ResetRequestId>('sample-1'), customer: target.customer }];
const question = sampleQuestions[0]?.question;

/** The cards of commands, in every state. */
export const sampleLists: readonly { readonly name: string; readonly card: Card }[] = [
  { name: 'Home', card: renderHome('Alex Wilber', sandboxSentence, false) },
  { name: 'Home: just installed', card: renderHome(undefined, sandboxSentence, false) },
  { name: 'Home: just installed in a group chat', card: renderHome(undefined, sandboxSentence, true) },
  { name: 'Help', card: renderHelp({ mayReset: true, mayApprove: true, mayAudit: true }, false) },
  {
    name: 'Help: for somebody without a right',
    card: renderHelp({ mayReset: false, mayApprove: false, mayAudit: false }, false),
  },
  { name: 'Status', card: status({}) },
  { name: 'Status: the last page, after a press', card: status({}, 6, 'Cancelled. Nothing was changed for Lee Gu.') },
  {
    name: 'Status: a question, and what is frozen',
    card: status({ requests: open.slice(1, 2), questions: question === undefined ? [] : [question], freezes }),
  },
  { name: 'Status: nothing open', card: status({ requests: [] }) },
  { name: 'Status: in a channel', card: status({ requests: open.slice(1, 3), isShared: true }) },
  { name: 'Status: names that play tricks', card: status({ requests: [s.awkward], withheld: 2 }) },
  { name: 'Status: what is frozen', card: renderFreezes({ freezes, reader: technician, mayThaw: false }, view) },
  { name: 'History', card: history({}) },
  {
    name: 'History: of everybody, for a customer',
    card: history({ of: 'everybody', hasMore: false, isCut: true }, 'Contoso'),
  },
  {
    name: 'History: with what was frozen, on the last page',
    card: history({ requests: past.slice(0, 2), hasMore: false, freezes: pastFreezes, areFreezesCut: true }),
  },
  {
    name: 'History: of a reference',
    card: history({ requests: past.slice(0, 1), hasMore: false, isByReference: true }, 'K7QM-3XWD'),
  },
  { name: 'History: nothing', card: history({ requests: [], hasMore: false }) },
  {
    name: 'Freeze?',
    card: renderFreezeQuestion({ kind: 'choices', everything: true, customers: chosen }, { owner: 'sample', until: 0 }),
  },
  {
    name: 'Freeze? For somebody with a right for single customers',
    card: renderFreezeQuestion(
      { kind: 'choices', everything: false, customers: chosen },
      { owner: 'sample', until: 0 },
    ),
  },
  { name: 'Freeze: done', card: renderFreezing({ kind: 'frozen', ...frozen }, chat, by) },
  {
    name: 'Freeze: of everything',
    card: renderFreezing(
      {
        kind: 'frozen',
        ...frozen,
        ended: 0,
        own: [],
        mayThaw: false,
        freeze: { ...frozen.freeze, customer: undefined },
      },
      chat,
      by,
    ),
  },
  { name: 'Freeze: already', card: renderFreezing({ kind: 'already', ...frozen }, chat, by) },
  { name: 'Freeze: a right that has ended', card: renderFreezing({ kind: 'not-a-technician' }, chat, by) },
  { name: 'Freeze: cancelled', card: renderNoFreeze('cancelled', chat, by) },
  { name: 'Freeze: too late', card: renderNoFreeze('expired', chat, by) },
];

import { asId, type CustomerId, type QuestionId, type ResetRequestId, type UserId } from '../../base/index.ts';
import type { Choice, Closed, Customer, CustomerUser, OpenQuestion } from '../../reset/index.ts';
import { sampleNow, sampleRequest } from './sample-request.ts';
import { sampleStates } from './sample-requests.ts';

const { technician, askedIn, askedBy, correlationId, target } = sampleRequest();

const northwind: Customer = {
  id: asId<CustomerId>('8f95863f-84cf-4878-a6b8-d535137676ea'),
  name: 'Northwind Traders',
  domain: 'northwindtraders.example',
};
const northwindEurope: Customer = {
  id: asId<CustomerId>('a0502836-bd9f-4c2a-89fd-0ed1466939a1'),
  name: 'Northwind Traders',
  domain: 'northwindtraders-eu.example',
};

function customers(...given: readonly Customer[]): readonly Choice[] {
  return given.map((customer, index) => ({ kind: 'customer', key: `choice-${index + 1}`, customer }));
}

function people(...given: readonly Partial<CustomerUser>[]): readonly Choice[] {
  return given.map((change, index) => ({
    kind: 'user',
    key: `choice-${index + 1}`,
    target: { ...target, user: { ...target.user, id: asId<UserId>(`user-${index + 1}`), ...change } },
  }));
}

function sampleQuestion(changes: Partial<OpenQuestion>): OpenQuestion {
  return {
    id: asId<QuestionId>('mT8sQ2vYb1kR6nD4xL0wZg'),
    version: 1,
    state: 'open',
    correlationId,
    technician,
    askedIn,
    askedBy,
    readings: [],
    asks: { kind: 'which-customer', typed: 'Northwind Traders', more: 0 },
    choices: customers(northwind, northwindEurope),
    customerChosen: false,
    chosen: undefined,
    becomes: asId<ResetRequestId>('kq3Zr0h1T2mX9vB7cW5yNA'),
    closing: undefined,
    askedAt: sampleNow - 60_000,
    expiresAt: sampleNow + 9 * 60_000,
    endedAt: undefined,
    card: undefined,
    cardIsOwed: false,
    putOff: 0,
    worker: undefined,
    dueAt: undefined,
    ...changes,
  };
}

const over = { endedAt: sampleNow } as const;
const everyClosing: readonly Closed[] = [
  { kind: 'gone', target },
  { kind: 'changed', target },
  { kind: 'nobody', typed: 'Meagan Browen', customer: northwind },
  { kind: 'customer-gone', customer: northwind },
  { kind: 'answered-elsewhere' },
  { kind: 'not-a-technician' },
  { kind: 'groups-unknown' },
];
const { customer: awkwardCustomer, user: awkwardUser } = sampleStates.awkward.target;

/** Questions to look at, by what there is to see. */
export const sampleQuestions: readonly { readonly name: string; readonly question: OpenQuestion }[] = [
  { name: 'Which customer?', question: sampleQuestion({}) },
  {
    name: 'Which customer? One near what was typed',
    question: sampleQuestion({
      asks: { kind: 'near-customer', typed: 'Nortwind Trader', more: 0 },
      choices: customers(northwind),
    }),
  },
  {
    name: 'Which user?',
    question: sampleQuestion({
      asks: { kind: 'which-user', typed: 'Megan Bowen', more: 0 },
      choices: people({}, { userPrincipalName: 'megan.bowen2@contosobakery.example', state: 'deleted' }),
    }),
  },
  {
    name: 'Which user? Those near what was typed',
    question: sampleQuestion({
      asks: { kind: 'near-user', typed: 'Meagan Browen', more: 0 },
      choices: people(
        {},
        { displayName: 'Megan Brown', userPrincipalName: 'megan.brown@contosobakery.example' },
        { displayName: 'Reagan Bowen', userPrincipalName: 'reagan.bowen@contosobakery.example', state: 'unknown' },
      ),
    }),
  },
  {
    name: 'Which user? Names that play tricks',
    question: sampleQuestion({
      asks: { kind: 'which-user', typed: awkwardUser.displayName, more: 0 },
      choices: [
        { kind: 'user', key: 'choice-1', target: { customer: awkwardCustomer, user: awkwardUser } },
        ...people({}, { displayName: '# 1. _Megan_ ~~Bowen~~ &lt;b&gt;' }).slice(1),
      ],
    }),
  },
  { name: 'Which customer? Looking', question: sampleQuestion({ state: 'chosen', chosen: 'choice-1' }) },
  { name: 'Question: cancelled', question: sampleQuestion({ state: 'cancelled', ...over }) },
  { name: 'Question: expired', question: sampleQuestion({ state: 'expired', ...over }) },
  ...everyClosing.map((closing) => ({
    name: `Question: nothing came of it, ${closing.kind}`,
    question: sampleQuestion({ state: 'closed', closing, ...over }),
  })),
];

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { systemClock } from '../../clock.ts';
import type { Secret } from '../../secret.ts';
import type { House } from './calls/house.ts';
import { prepareCall } from './calls/prepare-call.ts';
import { createDraws } from './data/create-draws.ts';
import { createPretendData } from './data/create-pretend-data.ts';
import { mix } from './data/mix.ts';
import { deliver } from './deliver.ts';
import { createFaults } from './faults/create-faults.ts';
import { withFault } from './faults/with-fault.ts';
import type { Answer } from './http/answer.ts';
import type { Call } from './http/call.ts';
import { createHeaderStamp } from './http/create-header-stamp.ts';
import type { Quirks } from './http/quirks.ts';
import { readCall } from './http/read-call.ts';
import { sendAnswer } from './http/send-answer.ts';
import { listenOnLoopback } from './http/listen-on-loopback.ts';
import type { PretendPartnerCenter, PretendPartnerCenterOptions } from './pretend-partner-center.ts';
import { recordCalls } from './record-calls.ts';
import { answerSignIn } from './sign-in/answer-sign-in.ts';
import { createAccounts } from './sign-in/create-accounts.ts';

/**
 * Makes a Partner Center to pretend with: HTTP on this machine, as strict as the documentation, with customers and
 * users of a seed. It changes nothing anywhere, and forgets everything when it is closed.
 */
export function createPretendPartnerCenter(options: PretendPartnerCenterOptions = {}): PretendPartnerCenter {
  const { seed = 1, clock = systemClock, acceptsToken: accepted = 'sandbox' } = options;
  const data = createPretendData(seed, clock.now());
  const accounts = createAccounts(data, clock);
  const { faults, take } = createFaults();
  const record = recordCalls();
  const house: House = {
    data,
    accounts,
    tokenKey: createHash('sha256').update(`continuation ${seed}`).digest('hex'),
    partnerRole: options.partnerRole ?? 'Privileged Authentication Administrator',
    synchronisedUsers: options.synchronisedUsers ?? 'refuse',
  };
  const acceptsToken =
    typeof accepted === 'string' ? (token: Secret) => token.reveal((text) => text === accepted) : accepted;
  const drawQuirks = createQuirkDraw(seed, options.quirks ?? true);
  const stampHeaders = createHeaderStamp(seed);

  const answerPartner = async (call: Call, response: ServerResponse): Promise<void> => {
    stampHeaders(call, response);
    const noted = record.note(call);
    const quirks = drawQuirks();
    const prepared = prepareCall(house, call, quirks, acceptsToken);
    if (prepared.kind === 'refused') {
      noted.status = deliver(response, { kind: 'answer', answer: prepared.answer }, quirks.bom);
      return;
    }
    const fault = take(call.method, call.query.size === 0 ? call.path : `${call.path}?${call.query.toString()}`);
    noted.fault = fault?.kind;
    const delivery =
      fault === undefined
        ? ({ kind: 'answer', answer: prepared.carryOut() } as const)
        : await withFault(fault, prepared.carryOut, clock);
    noted.status = deliver(response, delivery, quirks.bom && fault === undefined);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await readCall(request);
    if (call === undefined) {
      sendAnswer(response, { status: 413, headers: { Connection: 'close' }, body: { kind: 'none' } }, false);
      request.destroy();
    } else if (call.path === '/sign-in') {
      sendAnswer(response, answerSignIn(accounts, call), false);
    } else {
      await answerPartner(call, response);
    }
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else sendAnswer(response, defect, false);
    });
  });
  return {
    ...listenOnLoopback(server),
    calls: record.calls,
    faults,
    data,
    passwordMatches: (customerId, userId, password) => accounts.passwordMatches(customerId, userId, password),
    resetCount: (customerId, userId) => accounts.resetCount(customerId, userId),
    distinctPasswords: (customerId, userId) => accounts.distinctPasswords(customerId, userId),
  };
}

const defect: Answer = {
  status: 500,
  body: { kind: 'text', type: 'text/plain; charset=utf-8', text: 'The pretend Partner Center has a defect.' },
};

function createQuirkDraw(seed: number, isOn: boolean): () => Quirks {
  const draws = createDraws(mix(seed, 'quirks'));
  return () => ({
    bom: isOn && draws.onceIn(5),
    omitsNull: isOn && draws.onceIn(2),
    versionInLinks: isOn && draws.onceIn(2),
  });
}

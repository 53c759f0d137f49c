import { type Activity, CloudAdapter } from 'botbuilder';
import type { Log } from '../log.ts';
import type { Conversation } from '../reset/identity.ts';
import type { Answer } from './answer-request.ts';
import { apologyFor } from './apology-for.ts';
import { authoriseTurn } from './authorise-turn.ts';
import type { BotAuthentication } from './bot-authentication.ts';
import { describeError } from './describe-error.ts';
import { createSandboxGate } from './gate/create-sandbox-gate.ts';
import type { Admission, Gate, GateRule } from './gate/gate.ts';
import { refusalAnswers } from './gate/refusal-answers.ts';
import type { Incoming } from './incoming.ts';
import type { InvokeAnswer } from './invoke-answer.ts';
import { readActivity } from './read-activity.ts';
import { readEnvelope } from './read-envelope.ts';
import { writeInvokeBody } from './write-invoke-body.ts';

const nothingToSay: InvokeAnswer = { kind: 'message', text: 'There is nothing to do here.' };

/** One turn: what came in → how a press is answered; anything else is answered through the connector. */
export type Turn = (incoming: Incoming) => Promise<InvokeAnswer | undefined>;

export type BotAdapter = {
  /** Takes the body and the `Authorization` header of one request. It never rejects. */
  process(activity: object, authorization: string | undefined): Promise<Answer>;
};

/** What a turn is made of, whoever it is for. */
export type AdapterParts = {
  readonly turn: Turn;
  /** Says a sentence in a chat, through the connector. */
  readonly say: (conversation: Conversation, text: string) => Promise<void>;
  /** Makes a new reference by which a failure can be found in the log. */
  readonly reference: () => string;
  readonly log: Log;
};

/**
 * Bot Framework's `CloudAdapter` behind types of our own. The activity is read before the SDK sees it, and the SDK is
 * handed no more than it needs; what does not fit is a 400. Outside the sandbox there is no adapter without a gate, and
 * no turn without its leave. The turn's context dies with the turn, so nobody gets it. A turn that fails is answered in
 * a sentence with a reference, and logged under the same one.
 */
export function createAdapter({
  authentication,
  sandbox,
  gate = createSandboxGate(),
  turn,
  say,
  reference,
  log,
}: AdapterParts & { readonly authentication: BotAuthentication } & (
    { readonly sandbox: true; readonly gate?: Gate } | { readonly sandbox: false; readonly gate: Gate }
  )): BotAdapter {
  const cloud = new CloudAdapter(authentication);

  async function apologise(incoming: Incoming, error: unknown): Promise<InvokeAnswer> {
    const found = reference();
    log({ level: 'error', event: 'turn-failed', reference: found, incoming: incoming.kind, ...describeError(error) });
    const text = apologyFor(error, found);
    if (incoming.kind === 'message' || incoming.kind === 'submit') {
      try {
        await say(incoming.conversation, text);
      } catch (again) {
        log({ level: 'error', event: 'apology-failed', reference: found, ...describeError(again) });
      }
    }
    return { kind: 'message', text };
  }

  /** Runs the turn inside the SDK's, so that nothing that is thrown gets out. */
  async function run(
    { incoming, claims }: Extract<Admission, { kind: 'admitted' }>,
    envelope: Activity,
  ): Promise<InvokeAnswer | undefined> {
    let answer: InvokeAnswer | undefined;
    const logic = async () => {
      try {
        answer = await turn(incoming);
      } catch (error) {
        answer = await apologise(incoming, error);
      }
    };
    try {
      await cloud.processActivityDirect(await authoriseTurn(authentication, envelope, claims), envelope, logic);
    } catch (error) {
      answer = await apologise(incoming, error);
    }
    return answer;
  }

  /** Turns somebody away: in a sentence where they are a person to whom it may be said, else by a status. */
  async function turnAway(incoming: Incoming, rule: GateRule): Promise<Answer> {
    const { status, sentence, inChat } = refusalAnswers[rule];
    if (incoming.kind === 'malformed' && rule === 'activity') return refuse(incoming.why);
    if (sentence === undefined) return { status, body: undefined };
    if (incoming.kind === 'press') return { status: 200, body: writeInvokeBody({ kind: 'message', text: sentence }) };
    if (!inChat || (incoming.kind !== 'message' && incoming.kind !== 'submit')) return { status, body: undefined };
    try {
      await say(incoming.conversation, sentence);
    } catch (error) {
      log({ level: 'warn', event: 'refusal-not-said', rule, ...describeError(error) });
    }
    return { status: 200, body: undefined };
  }

  return {
    async process(activity, authorization) {
      const incoming = readActivity(activity, { sandbox });
      const admission = await gate.admit({ activity, incoming, authorization });
      if (admission.kind === 'refused') return turnAway(incoming, admission.rule);
      const envelope = readEnvelope(activity, { sandbox });
      if (envelope === undefined) return refuse('service address');
      const answer = await run(admission, envelope);
      return { status: 200, body: envelope.type === 'invoke' ? writeInvokeBody(answer ?? nothingToSay) : undefined };
    },
  };
}

function refuse(why: string): Answer {
  return { status: 400, body: { error: `this activity cannot be read: ${why}` } };
}

import { callWithTimeout, type Clock, describeErrorForLog, teamsTunables } from '../../base/index.ts';
import type { Conversation } from '../../reset/index.ts';
import { mentionInCommands } from '../../texts/index.ts';
import { type GateRule, refusalResponses } from '../gate/admission.ts';
import type { HttpResponse } from '../http/json-body.ts';
import { createInvokeBody, type InvokeResponse } from './card-actions.ts';
import { type FailureReporting, reportFailure } from './failure-report.ts';
import type { IncomingActivity } from './incoming-activity.ts';

/** What refusals and apologies are said with. */
export type SayingDependencies = FailureReporting & {
  readonly clock: Clock;
  /** Says a sentence in a chat, through the connector. */
  readonly reply: (conversation: Conversation, text: string) => Promise<void>;
};

/** Answers what the gate has refused, and a turn that has failed. Neither rejects, nor waits long for the connector. */
export function createRefusalsAndApologies({ clock, reply, newReference, log }: SayingDependencies) {
  return { refuse, apologise };

  /**
   * Answers what the gate refused: with a sentence if the rule allows one to this person, else with a status. A message
   * whose sentence was not said gets the status too: after a 503 Teams delivers it again.
   */
  async function refuse(incoming: IncomingActivity, rule: GateRule): Promise<HttpResponse> {
    const { status, sentence, inChat } = refusalResponses[rule];
    if (incoming.kind === 'malformed' && rule === 'activity') return badRequest(incoming.why);
    if (sentence === undefined) return { status, body: undefined };
    if (incoming.kind === 'press') return { status: 200, body: createInvokeBody({ kind: 'message', text: sentence }) };
    if (!inChat || (incoming.kind !== 'message' && incoming.kind !== 'submit')) return { status, body: undefined };
    const isSaid = await say(incoming.conversation, sentence, (error) => {
      log({ level: 'warn', event: 'refusal-not-said', rule, ...describeErrorForLog(error) });
    });
    return { status: isSaid ? 200 : status, body: undefined };
  }

  async function apologise(incoming: IncomingActivity, error: unknown): Promise<InvokeResponse> {
    const { reference, text } = reportFailure({ newReference, log }, 'turn-failed', error, { incoming: incoming.kind });
    if (incoming.kind === 'message' || incoming.kind === 'submit') {
      await say(incoming.conversation, text, (again) => {
        log({ level: 'error', event: 'apology-failed', reference, ...describeErrorForLog(again) });
      });
    }
    const isSomewhere = incoming.kind === 'press';
    return { kind: 'message', text: isSomewhere ? mentionInCommands(text, incoming.conversation) : text };
  }

  /** Whether it was said in time. The answer to Teams must not wait longer, or Teams delivers the message again. */
  async function say(conversation: Conversation, text: string, onFailure: (error: unknown) => void): Promise<boolean> {
    const saying = reply(conversation, text);
    saying.catch(onFailure);
    const outcome = await callWithTimeout(clock, teamsTunables.sayingMilliseconds, () => saying);
    return outcome.kind === 'answered';
  }
}

export function badRequest(why: string): HttpResponse {
  return { status: 400, body: { error: `this activity cannot be read: ${why}` } };
}

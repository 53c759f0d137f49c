import { type Activity, CloudAdapter } from 'botbuilder';
import { type AuthenticateRequestResult, ClaimsIdentity } from 'botframework-connector';
import { describeErrorForLog, type Log, readProperty, readTextProperty } from '../../base/index.ts';
import type { Conversation } from '../../reset/index.ts';
import { formatTurnFailure } from '../../texts/index.ts';
import type { BotAuthentication } from '../connector/bot-authentication.ts';
import { botFrameworkEndpoints, parseServiceUrl } from '../connector/bot-framework-endpoints.ts';
import { type Admission, type Gate, type GateRule, refusalResponses } from '../gate/admission.ts';
import type { TokenClaims } from '../gate/bearer-token.ts';
import { createSandboxGate } from '../gate/gate.ts';
import type { HttpResponse } from '../http/response.ts';
import { createInvokeBody, type InvokeResponse } from './card-actions.ts';
import { type IncomingActivity, readActivity } from './incoming-activity.ts';

const emptyInvokeResponse: InvokeResponse = { kind: 'message', text: 'There is nothing to do here.' };

/** One turn: what came in → how a press is answered; anything else is answered through the connector. */
export type Turn = (incoming: IncomingActivity) => Promise<InvokeResponse | undefined>;

export type BotAdapter = {
  /** Takes the body and the `Authorization` header of one request. It never rejects. */
  process(activity: object, authorization: string | undefined): Promise<HttpResponse>;
};

/** What a turn is made of, whoever it is for. */
export type AdapterDependencies = {
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
}: AdapterDependencies & { readonly authentication: BotAuthentication } & (
    { readonly sandbox: true; readonly gate?: Gate } | { readonly sandbox: false; readonly gate: Gate }
  )): BotAdapter {
  const cloud = new CloudAdapter(authentication);

  async function apologise(incoming: IncomingActivity, error: unknown): Promise<InvokeResponse> {
    const found = reference();
    log({
      level: 'error',
      event: 'turn-failed',
      reference: found,
      incoming: incoming.kind,
      ...describeErrorForLog(error),
    });
    const text = formatTurnFailure(error, found);
    if (incoming.kind === 'message' || incoming.kind === 'submit') {
      try {
        await say(incoming.conversation, text);
      } catch (again) {
        log({ level: 'error', event: 'apology-failed', reference: found, ...describeErrorForLog(again) });
      }
    }
    return { kind: 'message', text };
  }

  /** Runs the turn inside the SDK's, so that nothing that is thrown gets out. */
  async function run(
    { incoming, claims }: Extract<Admission, { kind: 'admitted' }>,
    envelope: Activity,
  ): Promise<InvokeResponse | undefined> {
    let answer: InvokeResponse | undefined;
    const logic = async () => {
      try {
        answer = await turn(incoming);
      } catch (error) {
        answer = await apologise(incoming, error);
      }
    };
    try {
      await cloud.processActivityDirect(await authenticateTurn(authentication, envelope, claims), envelope, logic);
    } catch (error) {
      answer = await apologise(incoming, error);
    }
    return answer;
  }

  /** Turns somebody away: in a sentence where they are a person to whom it may be said, else by a status. */
  async function turnAway(incoming: IncomingActivity, rule: GateRule): Promise<HttpResponse> {
    const { status, sentence, inChat } = refusalResponses[rule];
    if (incoming.kind === 'malformed' && rule === 'activity') return badRequest(incoming.why);
    if (sentence === undefined) return { status, body: undefined };
    if (incoming.kind === 'press') return { status: 200, body: createInvokeBody({ kind: 'message', text: sentence }) };
    if (!inChat || (incoming.kind !== 'message' && incoming.kind !== 'submit')) return { status, body: undefined };
    try {
      await say(incoming.conversation, sentence);
    } catch (error) {
      log({ level: 'warn', event: 'refusal-not-said', rule, ...describeErrorForLog(error) });
    }
    return { status: 200, body: undefined };
  }

  return {
    async process(activity, authorization) {
      const incoming = readActivity(activity, { sandbox });
      const admission = await gate.admit({ activity, incoming, authorization });
      if (admission.kind === 'refused') return turnAway(incoming, admission.rule);
      const envelope = readTurnActivity(activity, { sandbox });
      if (envelope === undefined) return badRequest('service address');
      const answer = await run(admission, envelope);
      return {
        status: 200,
        body: envelope.type === 'invoke' ? createInvokeBody(answer ?? emptyInvokeResponse) : undefined,
      };
    },
  };
}

function badRequest(why: string): HttpResponse {
  return { status: 400, body: { error: `this activity cannot be read: ${why}` } };
}

/**
 * What the SDK needs of an activity to check its token and run a turn, and no more: it crashes on some of the rest,
 * and obeys some of it (`deliveryMode`, a role of a skill). Undefined where it may not be answered to its address.
 */
function readTurnActivity(activity: object, { sandbox }: { readonly sandbox: boolean }): Activity | undefined {
  const serviceUrl = readTextProperty(activity, 'serviceUrl', 1024);
  if (serviceUrl === undefined) return undefined;
  if (parseServiceUrl(serviceUrl, { loopback: sandbox }).kind === 'refused') return undefined;
  const readId = (key: string) => ({ id: readTextProperty(readProperty(activity, key), 'id', 512) ?? '', name: '' });
  return {
    type: readTextProperty(activity, 'type', 64) ?? '',
    id: readTextProperty(activity, 'id', 512) ?? '',
    channelId: readTextProperty(activity, 'channelId', 64) ?? '',
    // As it was sent: the token names the address in exactly this spelling.
    serviceUrl,
    from: readId('from'),
    recipient: readId('recipient'),
    conversation: { ...readId('conversation'), isGroup: false, conversationType: '' },
    // The SDK's type asks for these; nobody reads them.
    localTimezone: '',
    callerId: '',
    text: '',
    label: '',
    valueType: '',
    listenFor: [],
  };
}

/**
 * Tells the SDK on whose word a turn runs. The claims are those the gate has checked; without any the SDK judges for
 * itself, which lets everything in where the bot is no Azure Bot, and nothing at all where it is one.
 */
async function authenticateTurn(
  authentication: BotAuthentication,
  activity: Activity,
  claims: TokenClaims | undefined,
): Promise<AuthenticateRequestResult> {
  if (claims === undefined) {
    const judged = await authentication.authenticateRequest(activity, '');
    return { ...judged, connectorFactory: authentication.createConnectorFactory(judged.claimsIdentity) };
  }
  const facts = { iss: claims.issuer, aud: claims.audience, serviceurl: claims.serviceUrl };
  const claimsIdentity = new ClaimsIdentity(
    Object.entries(facts).flatMap(([type, value]) => (value === undefined ? [] : [{ type, value }])),
    true,
  );
  return {
    audience: botFrameworkEndpoints.oauthScope,
    callerId: botFrameworkEndpoints.callerId,
    claimsIdentity,
    connectorFactory: authentication.createConnectorFactory(claimsIdentity),
  };
}

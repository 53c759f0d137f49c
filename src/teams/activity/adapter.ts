import { type Activity, CloudAdapter } from 'botbuilder';
import { type AuthenticateRequestResult, ClaimsIdentity } from 'botframework-connector';
import { readProperty, readTextProperty, teamsTunables } from '../../base/index.ts';
import { pressTexts } from '../../texts/index.ts';
import type { BotAuthentication } from '../connector/bot-authentication.ts';
import { botFrameworkEndpoints, parseServiceUrl } from '../connector/bot-framework-endpoints.ts';
import type { Admission, Gate, TokenClaims } from '../gate/admission.ts';
import type { HttpResponse } from '../http/json-body.ts';
import { createInvokeBody, type InvokeResponse } from './card-actions.ts';
import { type IncomingActivity, readActivity } from './incoming-activity.ts';
import { badRequest, createRefusalsAndApologies, type SayingDependencies } from './refusals-and-apologies.ts';

const emptyInvokeResponse: InvokeResponse = { kind: 'message', text: pressTexts.nothingToDo };

/**
 * One turn: takes an activity and resolves to the answer to a press. Anything else is answered through the connector. At `answerBy`,
 * in milliseconds since 1970, it resolves in any case.
 */
export type Turn = (incoming: IncomingActivity, answerBy: number) => Promise<InvokeResponse | undefined>;

export type BotAdapter = {
  /** Answers one request, given its body and its `Authorization` header. It never rejects. */
  process(activity: object, authorization: string | undefined): Promise<HttpResponse>;
};

/** What an adapter needs besides the sign-in and the gate. */
export type AdapterDependencies = SayingDependencies & { readonly turn: Turn };

/**
 * Bot Framework's `CloudAdapter` behind types of our own. The activity is read before the SDK sees it, and the SDK gets
 * no more of it than it needs. No turn runs unless the gate admits it. The SDK's turn context is passed to nothing,
 * because it is revoked at the end of the turn. A turn that fails is answered with a sentence.
 *
 * @param sandbox Whether activities of the Playground are read. They have looser ids and come from this machine.
 */
export function createAdapter({
  authentication,
  sandbox,
  gate,
  turn,
  ...saying
}: AdapterDependencies & {
  readonly authentication: BotAuthentication;
  readonly sandbox: boolean;
  readonly gate: Gate;
}): BotAdapter {
  const cloud = new CloudAdapter(authentication);
  const { refuse, apologise } = createRefusalsAndApologies(saying);

  return {
    async process(activity, authorization) {
      const receivedAt = saying.clock.now();
      const incoming = readActivity(activity, { sandbox });
      const isPress = incoming.kind === 'press';
      const answerWithin = isPress ? teamsTunables.pressAnswerMilliseconds : teamsTunables.turnMilliseconds;
      const decideBy = isPress ? receivedAt + teamsTunables.pressAdmissionMilliseconds : undefined;
      const admission = await gate.admit({ activity, incoming, authorization, decideBy });
      if (admission.kind === 'refused') return refuse(incoming, admission.rule);
      const envelope = readTurnActivity(activity, { sandbox });
      if (envelope === undefined) return badRequest('service address');
      const answer = await run(admission, envelope, receivedAt + answerWithin);
      return {
        status: 200,
        body: envelope.type === 'invoke' ? createInvokeBody(answer ?? emptyInvokeResponse) : undefined,
      };
    },
  };

  /** Runs the turn inside the SDK's. It never rejects. */
  async function run(
    { incoming, claims }: Extract<Admission, { kind: 'admitted' }>,
    envelope: Activity,
    answerBy: number,
  ): Promise<InvokeResponse | undefined> {
    let answer: InvokeResponse | undefined;
    const logic = async () => {
      try {
        answer = await turn(incoming, answerBy);
      } catch (error) {
        // The SDK would wrap it in an error of its own, without its name and code.
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
}

/**
 * The parts of an activity that the SDK needs to run a turn. The SDK crashes on some of the others and obeys some, such
 * as `deliveryMode` or the role of a skill. Undefined if its service address must not be answered.
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
    // The SDK's type requires these. They are never read.
    localTimezone: '',
    callerId: '',
    text: '',
    label: '',
    valueType: '',
    listenFor: [],
  };
}

/**
 * Gives the SDK the identity behind a turn: the claims that the gate has checked. Without claims the SDK decides itself.
 * It then admits everything if the bot has no app id, as in the sandbox, and nothing if it has one.
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
    Object.entries(facts).map(([type, value]) => ({ type, value })),
    true,
  );
  return {
    audience: botFrameworkEndpoints.oauthScope,
    callerId: botFrameworkEndpoints.callerId,
    claimsIdentity,
    connectorFactory: authentication.createConnectorFactory(claimsIdentity),
  };
}

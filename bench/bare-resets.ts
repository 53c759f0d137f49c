import { type Activity, CloudAdapter, ConfigurationBotFrameworkAuthentication, type TurnContext } from 'botbuilder';
import restify from 'restify';
import { Secret } from '../src/base/secret.ts';
import { createPartner } from '../src/partner-center/index.ts';
import { own } from '../test/support/own.ts';
import { callLikeReset, readFacts } from './bare-calls.ts';

/**
 * The peer of a whole reset: a bare botbuilder bot that finds a person by their address, shows a card, and makes the calls of a reset when its
 * button is pressed. It has no store, no trail, no rights and no policy, and understands one sentence.
 */
const [partnerUrl = ''] = process.argv.slice(2);
type People = ReadonlyMap<string, { readonly customer: string; readonly user: string }>;
const partner = createPartner({
  credentials: { getToken: () => Promise.resolve(new Secret('sandbox')) },
  baseUrl: partnerUrl,
});
const found = new Map<string, Promise<People>>();
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
// oxlint-disable-next-line oxc/no-async-endpoint-handlers -- restify waits for them, and calls the next one by itself
server.post('/api/messages', async (request, response) => {
  // @ts-expect-error -- what botbuilder writes of restify's request is not quite what restify does
  await adapter.process(request, response, async (context: TurnContext) => {
    const { activity } = context;
    if (activity.type === 'invoke') await reset(context, activity);
    else if (activity.text.startsWith('reset password for ')) await propose(context, activity);
    else await context.sendActivity({ type: 'message', text: `You said: ${activity.text}`, textFormat: 'plain' });
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ event: 'listening', url: server.url })}\n`);
});
process.once('disconnect', () => process.exit());

async function propose(context: TurnContext, { text }: Activity): Promise<void> {
  const [, address = '', domain = ''] = /^reset password for (\S+) at (\S+)$/.exec(text) ?? [];
  const person = (await peopleOf(domain)).get(address);
  if (person === undefined) throw new Error('nobody has this address');
  await readFacts(partnerUrl, person);
  await context.sendActivity({ attachments: [cardOf('confirmation', person)] });
}

async function reset(context: TurnContext, { value, from, serviceUrl }: Activity): Promise<void> {
  const data = own(own(value, 'action'), 'data');
  await callLikeReset({
    partnerUrl,
    connectorUrl: serviceUrl.replace(/\/$/, ''),
    customer: String(own(data, 'customer')),
    user: String(own(data, 'user')),
    technician: from.id,
  });
  const { content } = cardOf('outcome-reset');
  const body = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: content };
  await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
}

/** The people of a customer by their addresses, read once. */
function peopleOf(domain: string): Promise<People> {
  const known = found.get(domain) ?? readPeople(domain);
  found.set(domain, known);
  return known;
}

async function readPeople(domain: string): Promise<People> {
  const people = new Map<string, { readonly customer: string; readonly user: string }>();
  for await (const customer of partner.customers.query()) {
    if (customer.companyProfile.domain !== domain) continue;
    for await (const { id, userPrincipalName } of partner.customers.byId(customer.id).users.query())
      people.set(String(userPrincipalName), { customer: customer.id, user: id });
  }
  return people;
}

/** A card with one button. */
function cardOf(id: string, data?: object) {
  const content = {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [{ type: 'TextBlock', id, text: id }],
    actions: data === undefined ? [] : [{ type: 'Action.Execute', title: 'Reset password', verb: 'confirm', data }],
  };
  return { contentType: 'application/vnd.microsoft.card.adaptive', content };
}

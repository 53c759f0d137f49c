import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import restify from 'restify';

/**
 * The bare bot that the whole pipeline is measured beside: botbuilder's adapter behind restify, as its samples have it, and
 * an answer of one line to every message. Like Locksmith's sandbox it checks no token.
 */
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
// oxlint-disable-next-line oxc/no-async-endpoint-handlers -- restify waits for them, and calls the next one by itself
server.post('/api/messages', async (request, response) => {
  // @ts-expect-error -- what botbuilder writes of restify's request is not quite what restify does
  await adapter.process(request, response, async (context) => {
    if (context.activity.type === 'message') await context.sendActivity(`You said: ${context.activity.text}`);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ event: 'listening', url: server.url })}\n`);
});
process.once('disconnect', () => process.exit());
process.once('SIGTERM', () => process.exit());

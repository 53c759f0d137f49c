/** Names of modules whose debugging output holds messages. */
const talksOfMessages = /\*|http|net|tls|undici|fetch|stream|bot|msal|restify|axios|azure|request/i;
/** Switches of Node that write memory or traffic to files, or let somebody look into the process. */
const opensTheProcess = /--(?:inspect|heapsnapshot|heap-prof|report|tls-keylog|trace-event|abort-on-uncaught)/;

/**
 * What stands in the environment of production, is no setting of ours, and would give passwords or tokens away: a line
 * each. See https://nodejs.org/docs/latest-v24.x/api/cli.html.
 */
export function findUnsafeEnvironment(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const problems = ['DEBUG', 'NODE_DEBUG']
    .filter((name) => talksOfMessages.test(environment[name] ?? ''))
    .map((name) => `${name} would print what is sent over HTTP, passwords included`);
  if (opensTheProcess.test(environment['NODE_OPTIONS'] ?? '')) {
    problems.push(
      'NODE_OPTIONS would write what is in memory or on the wire to files, or open the process to a debugger',
    );
  }
  if (environment['NODE_TLS_REJECT_UNAUTHORIZED']?.trim() === '0') {
    problems.push('NODE_TLS_REJECT_UNAUTHORIZED is 0: tokens and passwords would go to whoever answers');
  }
  return problems;
}

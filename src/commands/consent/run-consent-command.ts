import type { Writable } from 'node:stream';
import type { Environment } from '../../config.ts';
import { readConsentSettings } from '../../config/read-consent-settings.ts';
import { readConsentArguments } from './read-consent-arguments.ts';
import { runConsent, type ConsentMeans } from './run-consent.ts';

const usage = `Usage: npm run consent [-- --port PORT]
       npm run consent -- --import [--file FILE]

Signs Locksmith’s account in to Partner Center, once, and keeps the sign-in sealed in the database. The bot may run
meanwhile and takes it up by itself.
--port    where the browser comes back to, http://localhost:PORT/, which Entra has to know; 8400 unless said otherwise.
--import  takes over a refresh token of the same application, from FILE or from the standard input.

Reads PARTNER_CENTER_TENANT_ID, PARTNER_CENTER_CLIENT_ID, PARTNER_CENTER_CLIENT_SECRET or
PARTNER_CENTER_CLIENT_CERTIFICATE, DATABASE_URL and SEALING_KEY.
`;

/** Runs `npm run consent`; returns the exit status: 0 where a sign-in is kept, 1 where none is, 2 where nothing was tried. */
export async function runConsentCommand({
  args,
  environment,
  errors,
  ...means
}: ConsentMeans & {
  readonly args: readonly string[];
  readonly environment: Environment;
  readonly errors: Writable;
}): Promise<number> {
  const order = readConsentArguments(args);
  if (order.kind === 'usage') {
    errors.write(order.problem === undefined ? usage : `${order.problem}\n\n${usage}`);
    return 2;
  }
  const read = readConsentSettings(environment, means.outside.clock.now());
  if (read.kind === 'problems') {
    errors.write(`Nobody can sign in yet:\n${read.problems.map((problem) => `  - ${problem}\n`).join('')}`);
    return 2;
  }
  const outcome = await runConsent(read.settings, order, means);
  switch (outcome.kind) {
    case 'kept':
      means.output.write('It is kept. The bot goes on with it by itself.\n');
      return 0;
    case 'nothing-kept':
      errors.write(`${outcome.says}\n${outcome.next}\nNothing was changed.\n`);
      return 1;
  }
}

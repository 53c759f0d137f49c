import { readFileSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import type { Platform } from '../../app/index.ts';
import { type ConsentSettings, type Environment, readConsentSettings } from '../../config/index.ts';
import { type DelegatedScope, delegatedScopes, scopesFor } from '../../graph/index.ts';
import { policyForCustomer, readPolicy } from '../../reset/index.ts';
import {
  beginConsent,
  importRefreshToken,
  type NewCredentials,
  SignInError,
  storedCredentials,
} from '../../sign-in/index.ts';
import { createSealer, openTokenStore, type OpenTokenStore, StoreError } from '../../store/index.ts';
import { type FailureText, storeAdvice } from '../../texts/index.ts';
import { printUsage } from '../command-line.ts';
import { usages } from '../usages.ts';
import { listenForAuthorizationCode } from './authorization-code-listener.ts';
import { type ConsentArguments, readConsentArguments, readRefreshToken } from './consent-input.ts';
import { consentAtCustomers, formatAskedScopes, formatConsentTable } from './customer-consents.ts';
import { checkNewSignIn, explainSignInFailure } from '../stored-sign-in.ts';
import { forgetProtection } from './forget-protection.ts';

/** Runs `npm run consent`; returns the exit status: 0 where a sign-in is kept, 1 where none is, 2 where nothing was tried. */
export async function runConsentCommand({
  args,
  environment,
  errors,
  ...means
}: ConsentContext & {
  readonly args: readonly string[];
  readonly environment: Environment;
  readonly errors: Writable;
}): Promise<number> {
  const order = readConsentArguments(args);
  if (order.kind === 'usage') return printUsage(errors, usages.consent, order);
  if (order.kind === 'forget') {
    const { platform, output } = means;
    return forgetProtection({ tenantId: order.tenantId, environment, platform, output, errors });
  }
  const read = readConsentSettings(environment, means.platform.clock.now());
  if (read.kind === 'problems') {
    errors.write(
      `Nobody can sign in yet:\n${read.problems.map((problem) => `  - ${problem}\n`).join('')}Where to begin: docs/install.md, step 4 of 9.\n`,
    );
    return 2;
  }
  if (order.kind === 'customer') return runCustomerConsents(read.settings, order.customer, means, errors);
  const outcome = await runConsent(read.settings, order, means);
  switch (outcome.kind) {
    case 'kept':
      means.output.write('It is kept. The bot goes on with it by itself.\n');
      return 0;
    case 'nothing-kept':
      errors.write(`${outcome.problem}\n${outcome.advice}\nNothing was changed.\n`);
      return 1;
  }
}

/** What a new sign-in is made with besides the settings. */
type ConsentContext = {
  readonly platform: Pick<Platform, 'fetch' | 'clock' | 'random' | 'signIn'>;
  readonly partnerCenterUrl: string;
  readonly input: Readable;
  readonly output: Writable;
};

type ConsentOutcome =
  { readonly kind: 'kept'; readonly account: string } | ({ readonly kind: 'nothing-kept' } & FailureText);

/**
 * Signs the one account in, by a person in a browser or by a refresh token from elsewhere, checks it, and keeps it sealed.
 * What was kept before stays until then. It works beside a running bot, which takes the new sign-in up by itself.
 */
async function runConsent(
  settings: ConsentSettings,
  order: Exclude<ConsentArguments, { readonly kind: 'usage' | 'customer' | 'forget' }>,
  means: ConsentContext,
): Promise<ConsentOutcome> {
  const { platform, partnerCenterUrl } = means;
  const sealer = createSealer(settings.sealingKeys, platform.random.bytes);
  let store: OpenTokenStore | undefined;
  try {
    // Before anybody is asked to sign in: what cannot be kept is not worth their time.
    store = await openTokenStore(settings.databaseUrl);
    await store.checkSealing(sealer);
    const made = await (order.kind === 'import'
      ? importSignIn(settings, order, means)
      : signIn(settings, order, means));
    if (made.kind === 'nothing-kept') return made;
    means.output.write('Microsoft Entra gave a token. Asking Partner Center …\n');
    const objection = await checkNewSignIn(made.signIn, partnerCenterUrl, platform);
    if (objection !== undefined) return nothingKept(objection);
    const { account } = made.signIn.credentials;
    means.output.write(`Signed in as ${account || 'an account without a name'}.\n`);
    await store.tokens.put(storedCredentials.seal(sealer, settings.app, made.signIn.credentials));
    return { kind: 'kept', account };
  } catch (failure) {
    if (failure instanceof SignInError) return nothingKept(explainSignInFailure(failure));
    if (!(failure instanceof StoreError)) throw failure;
    return nothingKept({ problem: `${failure.message} (${failure.code})`, advice: storeAdvice[failure.code] });
  } finally {
    await store?.close();
  }
}

const keptScopes =
  'A consent that was there keeps its scopes: "npm run doctor" says which are missing where. To renew one, delete the application\n' +
  'among the enterprise applications of that customer first.\n';

/** Consents at customers, and tells how it went: 0 where no customer refused, 1 where one did, or none was reached. */
async function runCustomerConsents(
  settings: ConsentSettings,
  customer: string,
  { platform, partnerCenterUrl, output }: ConsentContext,
  errors: Writable,
): Promise<number> {
  const scopesAt = readScopes(settings.policyFile);
  if (scopesAt === undefined) {
    errors.write(
      'POLICY_FILE names no policy that can be used, and the policy says which scopes are asked for.\nRun "npm run doctor", which names what is wrong with it.\nNothing was changed.\n',
    );
    return 2;
  }
  const run = await consentAtCustomers(settings, customer, {
    scopesAt,
    platform,
    partnerCenterUrl,
    progress(done, of, last) {
      errors.write(`${done} of ${of}: ${last.customer}: ${last.outcome}\n`);
    },
  });
  switch (run.kind) {
    case 'ended':
      output.write(formatConsentTable(run.consents));
      errors.write(
        `${run.problem}\n${run.advice}\n${run.left === 1 ? '1 customer was' : `${run.left} customers were`} not tried: run the same again.\n`,
      );
      return 1;
    case 'done':
      output.write(formatConsentTable(run.consents));
      if (run.consents.some(({ outcome }) => outcome === 'already')) output.write(keptScopes);
      output.write(
        formatAskedScopes(run.consents) +
          'A running bot asks a customer again within the hour; a new consent takes some minutes to count at Microsoft.\n',
      );
      return run.consents.some(({ outcome }) => outcome === 'refused') ? 1 : 0;
    case 'not-found':
      errors.write(
        run.several.length === 0
          ? 'No customer in Partner Center has that name, domain or tenant id.\nNothing was changed.\n'
          : `Several customers are called so: name one by its tenant id, ${run.several.join(' or ')}.\nNothing was changed.\n`,
      );
      return 1;
    case 'failed':
      errors.write(`${run.problem}\n${run.advice}\n`);
      return 1;
  }
}

/** What the policy needs at each customer; all scopes where no policy is named. Undefined: it cannot be used. */
function readScopes(policyFile: string | undefined): ((tenantId: string) => readonly DelegatedScope[]) | undefined {
  if (policyFile === undefined) return () => delegatedScopes;
  try {
    const read = readPolicy(readFileSync(policyFile, 'utf8'), undefined);
    if (read.kind !== 'policy') return undefined;
    return (tenantId) => scopesFor(policyForCustomer(read.policy, tenantId));
  } catch {
    return undefined;
  }
}

type SignInAttempt =
  { readonly kind: 'made'; readonly signIn: NewCredentials } | (ConsentOutcome & { readonly kind: 'nothing-kept' });

async function signIn(
  { app }: ConsentSettings,
  { port }: { readonly port: number },
  { platform, output }: ConsentContext,
): Promise<SignInAttempt> {
  const { fetch, clock, random } = platform;
  const listener = await listenForAuthorizationCode(port, clock).catch(() => undefined);
  if (listener === undefined) {
    return nothingKept({
      problem: `Port ${port} is taken.`,
      advice: 'Give another one with --port, and tell Entra of it.',
    });
  }
  try {
    const entra = { app, authority: platform.signIn.authority, fetch, clock };
    const consent = await beginConsent(entra, listener.redirectUri, random);
    output.write(
      'Open this address in a browser on this machine, within ten minutes, and sign in as the account that Locksmith\n' +
        `works with in Partner Center, with multifactor authentication:\n\n${consent.address}\n\n`,
    );
    const outcome = await listener.wait(consent.state);
    switch (outcome.kind) {
      case 'code':
        return { kind: 'made', signIn: await consent.finish(outcome.code) };
      case 'declined':
        return nothingKept({ problem: 'The sign-in was declined.', advice: 'Start again.' });
      case 'refused': {
        const codes = [outcome.error, outcome.entraCode].filter((one) => one !== undefined).join(', ');
        return nothingKept({
          problem: `Microsoft Entra ended the sign-in with an error${codes === '' ? '' : `: ${codes}`}.`,
          advice: 'Look that code up in the documentation of Microsoft Entra, or in its sign-in logs, and start again.',
        });
      }
      case 'too-late':
        return nothingKept({ problem: 'Nobody signed in within ten minutes.', advice: 'Start again.' });
    }
  } finally {
    listener.close();
  }
}

async function importSignIn(
  { app }: ConsentSettings,
  { file }: { readonly file: string | undefined },
  { platform, input, output }: ConsentContext,
): Promise<SignInAttempt> {
  if (file === undefined) output.write('Reading the refresh token from the standard input.\n');
  const token = await readRefreshToken(file, input);
  if (token === undefined) {
    return nothingKept({
      problem: 'There is no refresh token to read.',
      advice: 'It has to be one word, on the standard input or in the file that --file names.',
    });
  }
  const { fetch, clock } = platform;
  const entra = { app, authority: platform.signIn.authority, fetch, clock };
  return { kind: 'made', signIn: await importRefreshToken(entra, token) };
}

function nothingKept({ problem, advice }: FailureText): ConsentOutcome & { readonly kind: 'nothing-kept' } {
  return { kind: 'nothing-kept', problem, advice };
}

import { randomInt } from 'node:crypto';
import { Secret } from '../base/index.ts';
import { createPartner } from './partner-requests.ts';
import { PartnerError } from './partner-error.ts';
import { buildIndexedQuery } from './query.ts';

/**
 * The sample `CustomerUserUpdate` of the .NET SDK, for the sandbox. It takes the first user of the first customer that has
 * users. The user gets a new password, which must be changed at the next sign-in, and a new display name.
 */
export async function runExample(baseUrl: string, say: (line: string) => void): Promise<void> {
  const credentials = { getToken: () => Promise.resolve(new Secret('sandbox')) };
  const partner = createPartner({ credentials, baseUrl, applicationName: 'CustomerUserUpdate' }).with({});
  const firstPage = buildIndexedQuery({ size: 10 });
  for await (const customer of partner.customers.query(firstPage)) {
    for await (const { id, displayName = '', userPrincipalName } of partner.customers
      .byId(customer.id)
      .users.query(firstPage)) {
      say(`${userPrincipalName} of ${customer.companyProfile.companyName} is called ${displayName}.`);
      const user = partner.customers.byId(customer.id).users.byId(id);
      const password = new Secret(`Example-${randomInt(1e9, 1e10)}-Word`);
      const options = { mayRepeat: true, signal: AbortSignal.timeout(30_000) };
      await user.resetPassword({ password, forceChangePassword: true }, options);
      await user.patch({ displayName: `${displayName} (updated)` }, options);
      const updated = await user.get();
      say(`They have a new password and are now called ${updated.displayName}.`);
      return;
    }
  }
  say('There is nobody here.');
}

if (import.meta.main) {
  const say = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  const [, , address] = process.argv;
  try {
    if (address === undefined) {
      say('Give the address of the pretend Partner Center, such as http://127.0.0.1:49152.');
      process.exitCode = 1;
    } else {
      await runExample(address, say);
    }
  } catch (error) {
    if (!(error instanceof PartnerError)) {
      throw error;
    }
    say(`${error.code}: ${error.message}`);
    process.exitCode = 1;
  }
}

import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDirectory } from '../../src/directory/create-directory.ts';
import { createTenantOfDomain } from '../../src/directory/create-tenant-of-domain.ts';
import { createHandClock } from '../support/hand-clock.ts';
import { createFakePartner } from './fake-partner.ts';
import { ask, customerId, guid, person, say } from './people.ts';

/** Whose domains are, as the sign-in would say; a domain that is not there is nobody's. */
const tenants: Readonly<Record<string, string>> = { 'contoso.example': guid(1), 'rival.example': guid(9) };

let server: Server;
let authority: string;
let received: { readonly method: string | undefined; readonly url: string | undefined; readonly token: boolean }[];
let answer: 'truth' | 'redirect' | 'nothing' | 'flood';

beforeEach(async () => {
  received = [];
  answer = 'truth';
  server = createServer(({ method, url = '', headers }, response) => {
    received.push({ method, url, token: headers.authorization !== undefined });
    const [, domain = ''] = url.split('/');
    const tenant = tenants[domain];
    if (answer === 'nothing') return;
    if (answer === 'redirect') response.writeHead(302, { location: `${authority}/contoso.example/` }).end();
    else if (answer === 'flood') response.end('x'.repeat(200_000));
    else if (tenant === undefined) response.writeHead(400).end('{"error":"invalid_tenant"}');
    else response.end(JSON.stringify({ issuer: `https://login.microsoftonline.com/${tenant}/v2.0` }));
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  authority = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function directoryOf(timeout = () => new AbortController().signal) {
  const contoso = {
    id: guid(1),
    name: 'Contoso',
    domain: 'contoso.onmicrosoft.com',
    users: [person(100, 'Adele Vance')],
  };
  const fabrikam = { id: guid(2), name: 'Fabrikam', domain: 'fabrikam.example', users: [person(200, 'Adele Vance')] };
  const { partner } = createFakePartner([contoso, fabrikam]);
  const tenantOfDomain = createTenantOfDomain({ fetch, timeout, authority });
  return createDirectory({ partner, clock: createHandClock(), tenantOfDomain });
}

describe('a domain that no customer is known by, asked about over HTTP', () => {
  it('leads to the customer whose it is, is asked about once and without a token, and is kept', async () => {
    const directory = directoryOf();
    expect(await ask(directory, 'adele.vance@contoso.example')).toMatchObject({
      kind: 'found',
      customerInferred: 'address',
      target: { customer: { id: guid(1) } },
    });
    expect(say(await ask(directory, 'Adele Vance', 'contoso.example'))).toBe('found Adele Vance at Contoso');
    expect(say(await ask(directory, 'adele.vance@contoso.example'))).toContain('found');
    expect(received).toEqual([
      { method: 'GET', url: '/contoso.example/v2.0/.well-known/openid-configuration', token: false },
    ]);
  });

  it('is said to be a stranger’s, or nobody’s, whatever the chat was about', async () => {
    const directory = directoryOf();
    const options = { inferredCustomer: customerId(2) };
    for (const given of [undefined, options]) {
      expect(say(await ask(directory, 'adele.vance@rival.example', undefined, given))).toBe(
        'unknown-domain, rival.example, elsewhere',
      );
      expect(say(await ask(directory, 'adele.vance@nobodys.example', undefined, given))).toBe(
        'unknown-domain, nobodys.example',
      );
    }
    expect(say(await ask(directory, 'Adele Vance', 'rival.example'))).toBe('unknown-domain, rival.example, elsewhere');
  });

  it.each(['redirect', 'flood'] as const)('is nobody’s where the answer is a %s', async (kind) => {
    answer = kind;
    expect(say(await ask(directoryOf(), 'adele.vance@contoso.example'))).toMatch(/^unknown-domain, contoso.example/);
    expect(received).toHaveLength(1);
  });

  it('is nobody’s where no answer comes in time', async () => {
    answer = 'nothing';
    const directory = directoryOf(() => AbortSignal.timeout(20));
    expect(say(await ask(directory, 'adele.vance@contoso.example'))).toMatch(/^unknown-domain, contoso.example/);
  });

  it('is never asked about where it is no domain', async () => {
    const directory = directoryOf();
    const hostile = [
      'a@localhost',
      'a@127.0.0.1',
      'a@x/..%2fy.example',
      'a@x.example:80',
      'a@x.example?y',
      'a@x\\y.example',
    ];
    for (const typed of hostile) await ask(directory, typed);
    expect(received).toEqual([]);
  });
});

import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTenantDiscovery, readDomain } from '../../../src/directory/customers/domains.ts';
import { createDirectory } from '../../../src/directory/directory.ts';
import { createHandClock } from '../../support/hand-clock.ts';
import { createFakePartner } from '../fake-partner.ts';
import { ask, customerId, guid, person, say } from '../people.ts';

describe('a domain', () => {
  it.each([
    ['Contoso.Example', 'contoso.example'],
    ['a-b.onmicrosoft.com', 'a-b.onmicrosoft.com'],
    ['zürich.example', 'xn--zrich-kva.example'],
  ])('%s is one', (typed, domain) => {
    expect(readDomain(typed)).toBe(domain);
  });

  it.each([
    '',
    'contoso',
    '.example',
    'contoso.',
    'a..b.example',
    '-a.example',
    'a-.example',
    'a b.example',
    'a/b.example',
    'a.example/x',
    'a.example:80',
    'a@b.example',
    '127.0.0.1',
    '0x7f.1',
    '[::1]',
    'a.example?x',
    'a.example#x',
    'a%2e.example',
    'a_b.example',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(130)}example`,
    'a\\b.example',
    '../a.example',
  ])('%j is none', (typed) => {
    expect(readDomain(typed)).toBeUndefined();
  });
});

describe('a custom domain that no look-up has told', () => {
  const customer = () => ({
    id: guid(1),
    name: 'Contoso',
    domain: 'contoso.onmicrosoft.com',
    customDomains: ['contoso.onmicrosoft.com', 'www.contoso.example'],
    users: [person(100, 'Adele Vance')],
  });

  function house(answers: Readonly<Record<string, string>>) {
    const asked: string[] = [];
    const clock = createHandClock();
    const fake = createFakePartner([customer()]);
    const tenantOfDomain = (domain: string) => {
      asked.push(domain);
      return Promise.resolve(answers[domain]);
    };
    return { asked, clock, ...fake, directory: createDirectory({ partner: fake.partner, clock, tenantOfDomain }) };
  }

  it('leads to its tenant, once', async () => {
    const { directory, asked } = house({ 'contoso.example': guid(1) });
    expect(await ask(directory, 'adele.vance@contoso.example')).toMatchObject({
      kind: 'found',
      customerInferred: 'address',
    });
    expect(say(await ask(directory, 'adele.vance', 'contoso.example'))).toContain('found');
    expect(asked).toEqual(['contoso.example']);
  });

  it('that is nobody’s, or of a tenant that is no customer, leads to nobody, and it is said which of the two', async () => {
    const { directory, asked, clock } = house({ 'stranger.example': guid(9), 'odd.example': 'common' });
    expect(say(await ask(directory, 'a@stranger.example'))).toBe('unknown-domain, stranger.example, elsewhere');
    expect(say(await ask(directory, 'a', 'stranger.example'))).toBe('unknown-domain, stranger.example, elsewhere');
    expect(say(await ask(directory, 'a@odd.example'))).toBe('unknown-domain, odd.example');
    expect(say(await ask(directory, 'a@nobody.example'))).toBe('unknown-domain, nobody.example');
    expect(say(await ask(directory, 'a', 'nobody.example'))).toBe('no-customer');
    const before = asked.length;
    await ask(directory, 'a@nobody.example');
    expect(asked).toHaveLength(before);
    clock.advance(6 * 60_000);
    await ask(directory, 'a@nobody.example');
    expect(asked.length).toBeGreaterThan(before);
  });

  it('is not asked about where it is no domain', async () => {
    const { directory, asked } = house({});
    for (const typed of ['a@localhost', 'a@127.0.0.1', 'a@b/c.example', 'a@b.example:80']) await ask(directory, typed);
    expect(asked).toEqual([]);
  });
});

describe('OpenID discovery', () => {
  const asked: string[] = [];
  const answering = (status: number, text: string) =>
    createTenantDiscovery({
      fetch: (address) => {
        asked.push(address);
        return Promise.resolve({ status, text: () => Promise.resolve(text) });
      },
      timeout: () => new AbortController().signal,
    });
  const issuer = (value: unknown) => JSON.stringify({ issuer: value });

  it('tells the tenant of a domain', async () => {
    const tenantOf = answering(200, issuer(`https://login.microsoftonline.com/${guid(7)}/v2.0`));
    expect(await tenantOf('Contoso.example')).toBe(guid(7));
    expect(asked).toEqual(['https://login.microsoftonline.com/contoso.example/v2.0/.well-known/openid-configuration']);
  });

  it('tells none where the answer is a refusal, is nonsense, comes from elsewhere or does not come', async () => {
    const elsewhere = `https://login.example/${guid(7)}/v2.0`;
    const answers = [
      issuer(elsewhere),
      issuer(7),
      issuer('https://login.microsoftonline.com/{tenantid}/v2.0'),
      'no',
      'null',
      '{}',
    ];
    for (const text of answers) expect(await answering(200, text)('contoso.example')).toBeUndefined();
    expect(
      await answering(400, issuer(`https://login.microsoftonline.com/${guid(7)}/v2.0`))('a.example'),
    ).toBeUndefined();
    const silent = createTenantDiscovery({
      fetch: () => Promise.reject(new TypeError('fetch failed')),
      timeout: () => new AbortController().signal,
    });
    expect(await silent('contoso.example')).toBeUndefined();
    expect(await silent('no domain')).toBeUndefined();
  });
});

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
  const tenantOfDomain = createTenantDiscovery({ fetch, timeout, authority });
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

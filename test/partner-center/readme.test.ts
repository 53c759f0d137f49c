import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import { runExample } from '../../src/partner-center/sdk-example.ts';
import * as sdk from '../../src/partner-center/index.ts';
import getCustomer from './examples/get-customer.response.json' with { type: 'json' };
import listUsers from './examples/list-users.response.json' with { type: 'json' };
import { type Received, type Reply, serving, type StrictServer } from './start-strict-server.ts';

const serve = serving();
const readme = readFileSync(new URL('../../src/partner-center/README.md', import.meta.url), 'utf8');
const user = listUsers.body.items[0];

/** A few documented answers behind their addresses. */
function answerTo({ method, url, headers }: Received): Exclude<Reply, Function> {
  if (url.endsWith('/users/nobody')) {
    return { status: 404, json: { code: 60002, description: 'User object Id is not found' } };
  }
  if (/\/users\/[^/]+(\/resetpassword)?$/.test(url)) {
    return {
      json: method === 'GET' ? user : { ...user, passwordProfile: { password: 'echo', forceChangePassword: false } },
    };
  }
  if (url.includes('/users?')) {
    return { json: listUsers.body };
  }
  const isFirst = url.includes('filter=') && headers['ms-continuationtoken'] === undefined;
  const link = { uri: '/customers?seekOperation=Next', headers: [{ key: 'MS-ContinuationToken', value: 'AQAAAA==' }] };
  return { json: { totalCount: 2, items: [getCustomer.body], links: isFirst ? { next: link } : {} } };
}

function serveDocumented(): Promise<StrictServer> {
  return serve((response, request) => {
    const { status = 200, json } = answerTo(request);
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(json));
  });
}

describe('the README', () => {
  it('has snippets that run, one after the other, and say what they should', async () => {
    const server = await serveDocumented();
    const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
    const program = blocks
      .join('\n')
      .replaceAll(/^import .*$/gm, '')
      .replaceAll('https://api.partnercenter.microsoft.com', server.baseUrl);
    const said: string[] = [];
    const names = { ...sdk, Secret, console: { log: (...words: unknown[]) => said.push(words.join(' ')) } };
    const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
    await new AsyncFunction(...Object.keys(names), program)(...Object.values(names));
    expect(blocks).toHaveLength(5);
    expect(said).toEqual([
      'eebd1b55-5360-4438-a11d-5c06918c3014 1kl as kjk abcdefgh1234.ccsctp.net',
      'Daniel Tsai cloud',
      '1 2',
      '1kl as kjk',
      '200 b1317092-f087-471e-a637-f66523b2b94c Daniel@dtdemocspcustomer005.onmicrosoft.com',
      'user-not-found 404 60002 8a53b025-d5be-4d98-ab20-229d1813de76',
      'There is no such user at this customer.',
    ]);
  });

  it('imports in its snippets only what there is', () => {
    const imported = [...readme.matchAll(/^import \{ (.*) \} from '\.\/index\.ts';$/gm)].flatMap((match) =>
      (match[1] ?? '').split(', '),
    );
    expect(imported.filter((name) => !(name in sdk))).toEqual([]);
  });

  it('names every code', () => {
    expect(sdk.partnerErrorCodes.filter((code) => !readme.includes(`\`${code}\``))).toEqual([]);
  });
});

describe('the example', () => {
  it('gives the first user a new password and a new name', async () => {
    const server = await serveDocumented();
    const said: string[] = [];
    await runExample(server.baseUrl, (line) => said.push(line));
    expect(said).toEqual([
      'Daniel@dtdemocspcustomer005.onmicrosoft.com of 1kl as kjk is called Daniel Tsai.',
      'They have a new password and are now called Daniel Tsai.',
    ]);
    expect(server.received.map(({ method, url }) => `${method} ${url.split('/').at(-1)}`)).toEqual([
      'GET customers?size=10',
      'GET users?size=10',
      'PATCH resetpassword',
      `PATCH ${user?.id}`,
      `GET ${user?.id}`,
    ]);
  });
});

import { request } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { createPretendHaloPsa } from '../../../src/sandbox/halopsa/pretend-halopsa.ts';
import { startPages } from '../../../src/sandbox/pages/pages-server.ts';
import { createSignInPage } from '../../../src/sandbox/pages/sign-in-page.ts';
import { createTicketPages } from '../../../src/sandbox/pages/ticket-page.ts';
import { createPretendPartnerCenter } from '../../../src/sandbox/partner-center/index.ts';

const begin = (port = 0) =>
  startPages({
    port,
    links: [
      { url: 'http://127.0.0.1:9/', name: 'Chat', what: 'the <Playground>' },
      { url: 'http://127.0.0.1:9/readyz', name: 'Health', what: 'whether it is ready' },
    ],
    pages: [createSignInPage(createPretendPartnerCenter({}).accounts), createTicketPages(createPretendHaloPsa())],
  });

/** `fetch` sends no other `Host` than that of the address. */
const statusFor = (url: string, headers: Readonly<Record<string, string>>) =>
  new Promise<number | undefined>((resolve, reject) => {
    request(url, { headers }, (response) => {
      resolve(response.resume().statusCode);
    })
      .on('error', reject)
      .end();
  });

describe('the pages of the sandbox', () => {
  it('begin with one that links to each, and each links back to it', async () => {
    const pages = await begin();
    const first = await (await fetch(`${pages.url}/`)).text();
    const links = [...first.matchAll(/<a href="([^"]+)">([^<]+)</g)].map(([, to, name]) => [name, to]);
    expect(links).toEqual([
      ['Chat', 'http://127.0.0.1:9/'],
      ['Sign in', '/sign-in'],
      ['Tickets', '/tickets'],
      ['Health', 'http://127.0.0.1:9/readyz'],
    ]);
    expect(first).toContain('the &lt;Playground&gt;');
    for (const path of ['/sign-in', '/tickets', '/tickets/4711']) {
      const answer = await fetch(pages.url + path);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('<a href="/">');
    }
    await pages.stop();
  });

  it('have nothing but what is listed', async () => {
    const pages = await begin();
    for (const path of ['/approve', '/sign-in/x', '/tickets/1', '/ticketsx', '/v1/customers'])
      expect([path, (await fetch(pages.url + path)).status]).toEqual([path, 404]);
    await pages.stop();
  });

  it('are at the port that was asked for, and at a free one where another program has it', async () => {
    const first = await begin();
    const { port } = new URL(first.url);
    expect(first.isUsualPort).toBe(true);
    const second = await begin(Number(port));
    expect(second.isUsualPort).toBe(false);
    expect((await fetch(second.url)).status).toBe(200);
    await second.stop();
    await first.stop();
    const third = await begin(Number(port));
    expect(third).toMatchObject({ url: first.url, isUsualPort: true });
    await third.stop();
  });

  it('answer no page of another site, by whatever name it calls this machine', async () => {
    const pages = await begin();
    expect(await statusFor(`${pages.url}/sign-in`, {})).toBe(200);
    expect(await statusFor(`${pages.url}/sign-in`, { host: 'evil.example' })).toBe(404);
    expect(await statusFor(`${pages.url}/sign-in`, { origin: 'https://evil.example' })).toBe(404);
    expect(await statusFor(`${pages.url}/sign-in`, { origin: pages.url })).toBe(200);
    const { headers } = await fetch(pages.url);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    await pages.stop();
  });
});

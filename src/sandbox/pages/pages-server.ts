import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readErrorCode } from '../../base/index.ts';
import { type Answer, type Call, listenOnLoopback, readCall, sendAnswer, textAnswer } from '../loopback-http.ts';
import { escapeHtml, htmlAnswer, renderPage } from './page-layout.ts';

/** A page of the sandbox: it answers at its path and below. */
export type SandboxPage = {
  readonly path: `/${string}`;
  readonly name: string;
  /** What it is for, as a part of a sentence. */
  readonly what: string;
  answer(call: Call): Answer | Promise<Answer>;
};

/** Something to open that is served elsewhere. */
export type SandboxLink = { readonly url: string; readonly name: string; readonly what: string };

/** Where the pages are; `isUsualPort` is false where another program has the port, and a free one was taken. */
export type SandboxPages = { readonly url: string; readonly isUsualPort: boolean; stop(): Promise<void> };

/**
 * Serves the pages of the sandbox on 127.0.0.1, and before them one that links to each. A page of another site can call none of
 * them: the address has to be their own, and so has the origin of what is sent.
 */
export async function startPages({
  port,
  links = [],
  pages,
}: {
  readonly port: number;
  /** Of these the first stands before the pages, the others behind. */
  readonly links?: readonly SandboxLink[];
  readonly pages: readonly SandboxPage[];
}): Promise<SandboxPages> {
  let own = '';
  const server = createServer((request, response) => {
    serve(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else sendAnswer(response, textAnswer(500, 'The page has a defect.'), false);
    });
  });
  const loopback = listenOnLoopback(server);
  const usual = await loopback.listen({ port }).catch((failure: unknown) => {
    if (readErrorCode(failure) !== 'EADDRINUSE') throw failure;
    return undefined;
  });
  const { url } = usual ?? (await loopback.listen());
  own = url;
  return { url, isUsualPort: usual !== undefined, stop: () => loopback.close() };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request);
    const isOwn = (request.headers.origin ?? own) === own && request.headers.host === new URL(own).host;
    const answer = call === undefined || !isOwn ? nothing : await find(call);
    const headers = { 'Cache-Control': 'no-store', 'Content-Security-Policy': policy, ...answer.headers };
    sendAnswer(response, { ...answer, headers }, false);
  }

  async function find(call: Call): Promise<Answer> {
    if (call.path === '/') return htmlAnswer(200, renderFirst());
    const page = pages.find(({ path }) => call.path === path || call.path.startsWith(`${path}/`));
    return page === undefined ? nothing : page.answer(call);
  }

  function renderFirst(): string {
    const all = [
      ...links.slice(0, 1),
      ...pages.map(({ path, name, what }) => ({ url: path, name, what })),
      ...links.slice(1),
    ];
    const rows = all.map(
      ({ url: to, name, what }) =>
        `<dt><a href="${escapeHtml(to)}">${escapeHtml(name)}</a></dt><dd>${escapeHtml(what)}</dd>`,
    );
    return renderPage({ title: 'Locksmith’s sandbox', body: `<dl>${rows.join('\n')}</dl>`, isFirst: true });
  }
}

const nothing = textAnswer(404, 'There is nothing here.');
const policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'";

import { z } from 'zod';
import { textAnswer } from '../loopback-http.ts';
import { playgroundConfig } from '../playground-config.ts';
import { escapeHtml, htmlAnswer, renderPage } from './page-layout.ts';
import type { SandboxPage } from './pages-server.ts';

/** A card that waits for a second person, as the Playground shows it. */
type WaitingCard = {
  readonly conversation: string;
  readonly messageId: string;
  /** What the card says, without its buttons. */
  readonly says: readonly string[];
  readonly buttons: Readonly<
    Partial<Record<'Approve' | 'Decline', { readonly verb: string; readonly data?: unknown }>>
  >;
};

const shownMessage = z.object({
  actionConversationId: z.string(),
  message: z.object({
    messageId: z.string(),
    attachments: z.array(z.object({ content: z.looseObject({ type: z.literal('AdaptiveCard') }) })).min(1),
  }),
});
const pressAnswer = z.object({ type: z.string(), value: z.unknown() });

/** The page, and the end of listening to the Playground. */
export type ColleaguePage = SandboxPage & { stop(): void };

/**
 * Makes the page on which one person plays a colleague: it shows the cards of the Playground that wait for an approval, and
 * presses `Approve` or `Decline` as somebody else of the pretend company. Rejects where the Playground at `playgroundUrl` does not
 * tell what it shows.
 */
export async function createColleaguePage(playgroundUrl: string): Promise<ColleaguePage> {
  const base = playgroundUrl.replace(/\/$/, '');
  const waiting = new Map<string, WaitingCard>();
  const stream = new WebSocket(`${base.replace(/^http/, 'ws')}/_ws_conversation/v1/conversations/stream`);
  stream.addEventListener('message', ({ data }) => {
    const shown = shownMessage.safeParse(parseJson(String(data)));
    if (!shown.success) return;
    const { actionConversationId: conversation, message } = shown.data;
    const card = readCard(message.attachments[0]?.content);
    if (card.buttons.Approve === undefined) waiting.delete(message.messageId);
    else waiting.set(message.messageId, { conversation, messageId: message.messageId, ...card });
  });
  const opened = Promise.withResolvers<void>();
  stream.addEventListener('open', () => {
    opened.resolve();
  });
  stream.addEventListener('error', () => {
    opened.reject(new Error('the Playground does not tell what it shows'));
  });
  await opened.promise;
  return {
    path: '/approve',
    name: 'Approve',
    what: 'to be the colleague who approves what was asked in the group chat',
    async answer({ method, path, body: sent }) {
      if (path !== '/approve') return textAnswer(404, 'There is nothing here.');
      const said =
        method === 'POST'
          ? await press(new URLSearchParams(sent)).catch(() => 'The Playground did not answer.')
          : undefined;
      return htmlAnswer(200, renderWaiting([...waiting.values()], said));
    },
    stop: () => {
      stream.close();
    },
  };

  /** Presses a button as the Playground's own page does, but as another person. Returns what to say of it. */
  async function press(form: URLSearchParams): Promise<string> {
    const card = waiting.get(form.get('card') ?? '');
    const title = form.get('press') === 'Decline' ? 'Decline' : 'Approve';
    const colleague = playgroundConfig.users.find(({ id }) => id === form.get('as'));
    const button = card?.buttons[title];
    if (card === undefined || button === undefined || colleague === undefined) return 'That does not wait any more.';
    const response = await fetch(`${base}/_conversation/v1/invoke`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', title, ...button }, trigger: 'manual' },
        from: { id: colleague.id },
        conversation: { id: card.conversation },
        replyToId: card.messageId,
      }),
    });
    const { type, value } = pressAnswer.parse(await response.json());
    if (!type.includes('card')) return String(value);
    waiting.delete(card.messageId);
    return `${colleague.name} pressed ${title}. See the chat.`;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const button = z.object({
  type: z.literal('Action.Execute'),
  title: z.enum(['Approve', 'Decline']),
  verb: z.string(),
  data: z.unknown(),
});
const textRuns = z.object({ inlines: z.array(z.object({ text: z.string() })) });
const body = z.object({ body: z.array(z.unknown()), actions: z.array(z.unknown()).default([]) });

/** The lines of a card that hold names and facts, and its buttons. A card of another form has neither. */
function readCard(card: unknown): Pick<WaitingCard, 'says' | 'buttons'> {
  const read = body.safeParse(card);
  if (!read.success) return { says: [], buttons: {} };
  const says = read.data.body.flatMap((element) => {
    const line = textRuns.safeParse(element);
    return line.success ? [line.data.inlines.map(({ text }) => text).join('')] : [];
  });
  const buttons = read.data.actions.flatMap((action) => {
    const one = button.safeParse(action);
    return one.success ? [[one.data.title, { verb: one.data.verb, data: one.data.data }] as const] : [];
  });
  return { says, buttons: Object.fromEntries(buttons) };
}

function renderWaiting(waiting: readonly WaitingCard[], said: string | undefined): string {
  const people = playgroundConfig.users.map(
    ({ id, name }) => `<option value="${escapeHtml(id)}">${escapeHtml(name)}</option>`,
  );
  const forms = waiting.map(
    ({ messageId, says }) => `<form method="post" action="/approve" class="waits">
${says.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n')}
<input type="hidden" name="card" value="${escapeHtml(messageId)}">
<label>As <select name="as">${people.join('')}</select></label>
<button name="press" value="Approve">Approve</button>
<button name="press" value="Decline">Decline</button>
</form>`,
  );
  const none = `<p>Nothing waits. Ask for an administrator in the group chat: <code>@Locksmith reset megan bowen at contoso bikes</code>. ${said === undefined ? 'This page looks again by itself.' : 'Then <a href="/approve">look again</a>.'}</p>`;
  return renderPage({
    title: 'Approve as a colleague',
    body: `<p>Here you play somebody else of the pretend company. What waits in the chats of the Playground for a second person is below.</p>
${said === undefined ? '' : `<p role="status" id="result">${escapeHtml(said)}</p>`}
${forms.length === 0 ? none : forms.join('\n')}`,
    // What was just said would be gone with the next load.
    looksAgain: forms.length === 0 && said === undefined,
  });
}

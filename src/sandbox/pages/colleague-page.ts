import { z } from 'zod';
import type { AskedPlace, Conversation, MessageAddress, ResetRequest } from '../../reset/index.ts';
import { renderApproval } from '../../teams/index.ts';
import { formatCustomerName, formatRoles, formatTechnician, sanitizeName } from '../../texts/index.ts';
import { textAnswer } from '../loopback-http.ts';
import { playgroundConfig } from '../playground-config.ts';
import { escapeHtml, htmlAnswer, renderPage } from './page-layout.ts';
import type { SandboxPage } from './pages-server.ts';

type Colleague = (typeof playgroundConfig.users)[number];

/** Who may press a copy of the card, and where it stands. */
type Press = { readonly colleague: Colleague; readonly card: MessageAddress };

const pressAnswer = z.object({ type: z.string(), value: z.unknown() });
type PressAnswer = z.infer<typeof pressAnswer>;

/**
 * Makes the page on which one person plays a colleague: it shows every request that waits for a second person, in a chat or in
 * direct messages, and presses `Approve` or `Decline` as one of those who were asked. The Playground shows no chat of another
 * person.
 *
 * @param waiting The requests that wait for a second person now.
 */
export function createColleaguePage({
  playgroundUrl,
  botUrl,
  waiting,
}: {
  readonly playgroundUrl: string;
  readonly botUrl: string;
  readonly waiting: () => Promise<readonly ResetRequest[]>;
}): SandboxPage {
  const base = playgroundUrl.replace(/\/$/, '');
  return {
    path: '/approve',
    name: 'Approve',
    what: 'to be the colleague who approves what waits for a second person',
    async answer({ method, path, body }) {
      if (path !== '/approve') return textAnswer(404, 'There is nothing here.');
      const said = method === 'POST' ? await press(new URLSearchParams(body)).catch(() => noAnswer) : undefined;
      const shown = await waiting().catch(() => undefined);
      return htmlAnswer(200, renderWaiting(shown ?? [], shown === undefined ? storeSilent : said));
    },
  };

  /** Presses a button as another person. Returns what to say of it. */
  async function press(form: URLSearchParams): Promise<string> {
    const title = form.get('press') === 'Decline' ? 'Decline' : 'Approve';
    const request = (await waiting()).find(({ id }) => id === form.get('card'));
    const as = request && listPresses(request).find(({ colleague }) => colleague.id === form.get('as'));
    const button = request && findButton(request, title);
    if (as === undefined || button === undefined) return 'That does not wait any more.';
    const inChat = await pressInPlayground(as, button).catch(() => undefined);
    const { type, value } = inChat ?? (await pressAtBot(as, button));
    if (!type.includes('card')) return String(value);
    return `${as.colleague.name} pressed ${title}. ${inChat === undefined ? cardIsGone : 'See the chat.'}`;
  }

  /** As the Playground's own page does. It answers with an error where it does not know the chat, as after a restart. */
  async function pressInPlayground({ colleague, card }: Press, action: Button): Promise<PressAnswer> {
    const answer = await post(`${base}/_conversation/v1/invoke`, {
      name: 'adaptiveCard/action',
      value: { action, trigger: 'manual' },
      from: { id: colleague.id },
      conversation: { id: card.conversation.id },
      replyToId: card.activityId,
    });
    return pressAnswer.parse(answer);
  }

  /** As Teams does. Locksmith knows the chat of before, in which the card stood. */
  async function pressAtBot({ colleague, card }: Press, action: Button): Promise<PressAnswer> {
    const { id, kind, channelId, tenantId, botId } = card.conversation;
    const answer = await post(`${botUrl.replace(/\/$/, '')}/api/messages`, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      id: `press-${card.activityId}`,
      channelId,
      serviceUrl: `${base}/_connector`,
      from: { id: colleague.id, name: colleague.name, aadObjectId: colleague.aadObjectId },
      recipient: { id: botId, name: playgroundConfig.bot.name },
      conversation: { id, tenantId, conversationType: conversationTypes[kind], isGroup: kind !== 'personal' },
      channelData: { tenant: { id: tenantId } },
      replyToId: card.activityId,
      value: { action, trigger: 'manual' },
    });
    return pressAnswer.parse(answer);
  }
}

async function post(url: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
}

const conversationTypes: Readonly<Record<Conversation['kind'], string>> = {
  personal: 'personal',
  'group-chat': 'groupChat',
  channel: 'channel',
};

const noAnswer =
  'Neither the Playground nor Locksmith took that. In the chat type status, take the request back, and ask again.';
const cardIsGone = 'Its card was in a chat of before the restart; what comes of it stands in the new one.';
const storeSilent = 'Locksmith does not tell just now what waits. Load this page again.';

/** In a chat everybody but the one who asked may press; a direct message is for the person that it went to. */
function listPresses({ approval }: ResetRequest): readonly Press[] {
  const all = (approval?.places ?? []).flatMap(({ where, card }) => {
    const asked = playgroundConfig.users.filter((user) => where.kind === 'chat' || isCalled(user, where.member));
    return card === undefined ? [] : asked.map((colleague) => ({ colleague, card }));
  });
  return [...new Map(all.map((one) => [one.colleague.id, one])).values()];
}

/** Those who never wrote to the bot are known by their object id. */
function isCalled({ id, aadObjectId }: Colleague, member: string): boolean {
  return member === id || member === aadObjectId;
}

const button = z.object({ type: z.literal('Action.Execute'), title: z.string(), verb: z.string(), data: z.unknown() });
type Button = z.infer<typeof button>;

/** The button as it stands on the card that was posted. */
function findButton(request: ResetRequest, title: string): Button | undefined {
  const { actions = [] } = renderApproval(request, request.approval?.askedAt ?? 0);
  return actions.flatMap((action) => button.safeParse(action).data ?? []).find((one) => one.title === title);
}

const stands: Readonly<Record<AskedPlace['where']['kind'], string>> = {
  chat: 'Its card stands in the chat where it was asked.',
  person: 'Its card stands in direct messages to those below, which the Playground does not show.',
};

function renderRequest(request: ResetRequest): string {
  const { id, technician, target, proof, approval } = request;
  const { customer, user } = target;
  const roles = user.roles === 'unknown' ? 'could not be read' : formatRoles(user.roles) || 'none';
  const presses = listPresses(request);
  const people = presses.map(
    ({ colleague }) => `<option value="${escapeHtml(colleague.id)}">${escapeHtml(colleague.name)}</option>`,
  );
  const [place] = approval?.places ?? [];
  const lines = [
    `${formatTechnician(technician)} asks to reset the password of ${sanitizeName(user.displayName)} (${sanitizeName(user.userPrincipalName)}).`,
    `Customer: ${formatCustomerName(customer, sanitizeName)}`,
    `Roles: ${roles}`,
    `Caller verified: ${sanitizeName(proof?.verification ?? 'It was not said how')}`,
    `Ticket: ${sanitizeName(proof?.ticket ?? 'none')}`,
    ...(place === undefined ? [] : [stands[place.where.kind]]),
  ];
  const nobody = '<p>None of those who were asked is in the Playground.</p>';
  return `<form method="post" action="/approve" class="waits">
${lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n')}
<input type="hidden" name="card" value="${escapeHtml(id)}">
${
  presses.length === 0
    ? nobody
    : `<label>As <select name="as">${people.join('')}</select></label>
<button name="press" value="Approve">Approve</button>
<button name="press" value="Decline">Decline</button>`
}
</form>`;
}

function renderWaiting(waiting: readonly ResetRequest[], said: string | undefined): string {
  const none = `<p>Nothing waits. Ask for an administrator in the group chat: <code>@Locksmith reset megan bowen at contoso bikes</code>. ${said === undefined ? 'This page looks again by itself.' : 'Then <a href="/approve">look again</a>.'}</p>`;
  return renderPage({
    title: 'Approve as a colleague',
    body: `<p>Here you play somebody else of the pretend company. Every request that waits for a second person is below.</p>
${said === undefined ? '' : `<p role="status" id="result">${escapeHtml(said)}</p>`}
${waiting.length === 0 ? none : waiting.map(renderRequest).join('\n')}`,
    // What was just said would be gone with the next load.
    looksAgain: waiting.length === 0 && said === undefined,
  });
}

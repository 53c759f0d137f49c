import type { PretendHaloPsa } from '../halopsa/pretend-halopsa.ts';
import type { PretendAction, PretendTicket } from '../halopsa/ticket-data.ts';
import { textAnswer } from '../loopback-http.ts';
import { escapeHtml, htmlAnswer, renderPage } from './page-layout.ts';
import type { SandboxPage } from './pages-server.ts';

/** The pages of the pretend HaloPSA: which tickets there are, and each with its notes. */
export function createTicketPages({ data, actions }: Pick<PretendHaloPsa, 'data' | 'actions'>): SandboxPage {
  return {
    path: '/tickets',
    name: 'Tickets',
    what: 'which tickets there are, and Locksmith’s notes in them',
    answer({ path }) {
      if (path === '/tickets') return htmlAnswer(200, renderTicketList(data.tickets, actions));
      const [, shown] = /^\/tickets\/(\d+)$/.exec(path) ?? [];
      const ticket = data.tickets.find(({ id }) => id === Number(shown));
      return ticket === undefined
        ? textAnswer(404, 'There is no such ticket.')
        : htmlAnswer(200, renderTicketPage(ticket, actions));
    },
  };
}

/** The tickets, each with a link to its page. */
function renderTicketList(tickets: readonly PretendTicket[], actions: readonly PretendAction[]): string {
  const rows = tickets.map((ticket) => {
    const notes = actions.filter(({ ticketId }) => ticketId === ticket.id).length;
    return `<tr><td><a href="/tickets/${ticket.id}">#${ticket.id}</a></td><td>${escapeHtml(ticket.summary)}</td><td>${escapeHtml(ticket.contact.client.name)}</td><td>${escapeHtml(ticket.contact.name)}</td><td>${stateOf(ticket)}</td><td>${notes}</td></tr>`;
  });
  return renderPage({
    title: 'Tickets',
    isWide: true,
    body: `<table><thead><tr><th>Ticket</th><th>Subject</th><th>Customer</th><th>Contact</th><th>State</th><th>Notes</th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
  });
}

/** One ticket with its notes, the oldest first. A note is HTML, as in HaloPSA; its writer has to escape what is a stranger's. */
function renderTicketPage(ticket: PretendTicket, actions: readonly PretendAction[]): string {
  const notes = actions
    .filter(({ ticketId }) => ticketId === ticket.id)
    .map(
      ({ html, isHiddenFromUser, minutes, at }) =>
        `<article><header>${isHiddenFromUser ? 'Internal note' : 'The customer sees this'} · ${formatTime(at)}${minutes === undefined ? '' : ` · ${minutes} min of work`}</header><p>${html}</p></article>`,
    );
  const { contact } = ticket;
  return renderPage({
    title: `#${ticket.id} ${ticket.summary}`,
    isWide: true,
    body: `<p>${escapeHtml(contact.client.name)} · ${escapeHtml(contact.name)} (${escapeHtml(contact.address)}) · ${stateOf(ticket)}</p>
${notes.length === 0 ? '<p>No notes yet. Locksmith writes one when a reset with this ticket has ended.</p>' : notes.join('\n')}
<p><a href="/tickets">All tickets</a></p>`,
  });
}

/** `1 Dec 2026, 05:03 UTC`. */
function formatTime(milliseconds: number): string {
  const options = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
  return `${new Date(milliseconds).toLocaleString('en-GB', { ...options, timeZone: 'UTC' })} UTC`;
}

function stateOf({ isClosed, mergedInto }: PretendTicket): string {
  if (mergedInto !== undefined) return `merged into #${mergedInto}`;
  return isClosed ? 'closed' : 'open';
}

import type { PretendAction, PretendTicket } from './ticket-data.ts';

/** The tickets, each with a link to its page. */
export function renderTicketList(tickets: readonly PretendTicket[], actions: readonly PretendAction[]): string {
  const rows = tickets.map((ticket) => {
    const notes = actions.filter(({ ticketId }) => ticketId === ticket.id).length;
    return `<tr><td><a href="/tickets/${ticket.id}">#${ticket.id}</a></td><td>${escape(ticket.summary)}</td><td>${escape(ticket.contact.client.name)}</td><td>${escape(ticket.contact.name)}</td><td>${stateOf(ticket)}</td><td>${notes}</td></tr>`;
  });
  return renderPage(
    'Tickets',
    `<table><thead><tr><th>Ticket</th><th>Subject</th><th>Customer</th><th>Contact</th><th>State</th><th>Notes</th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
  );
}

/** One ticket with its notes, the oldest first. A note is HTML, as in HaloPSA; its writer has to escape what is a stranger's. */
export function renderTicketPage(ticket: PretendTicket, actions: readonly PretendAction[]): string {
  const notes = actions
    .filter(({ ticketId }) => ticketId === ticket.id)
    .map(
      ({ html, isHiddenFromUser, minutes, at }) =>
        `<article><header>${isHiddenFromUser ? 'Internal note' : 'The customer sees this'} · ${formatTime(at)}${minutes === undefined ? '' : ` · ${minutes} min of work`}</header><p>${html}</p></article>`,
    );
  const { contact } = ticket;
  return renderPage(
    `#${ticket.id} ${ticket.summary}`,
    `<p>${escape(contact.client.name)} · ${escape(contact.name)} (${escape(contact.address)}) · ${stateOf(ticket)}</p>
${notes.length === 0 ? '<p>No notes yet. Locksmith writes one when a reset with this ticket has ended.</p>' : notes.join('\n')}
<p><a href="/tickets">All tickets</a></p>`,
  );
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

function renderPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pretend HaloPSA</title>
<style>
  body { font: 1.05rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 8vh auto; padding: 0 1rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; padding: 0.4rem 0.6rem; border-bottom: 1px solid #ccc; }
  article { border-left: 4px solid #6264a7; background: #f5f5f5; padding: 0.5rem 1rem; margin: 1rem 0; }
  article header { font-size: 0.85rem; color: #555; }
</style>
</head>
<body>
<main>
<h1>${escape(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

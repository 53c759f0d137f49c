import { randomUUID } from 'node:crypto';
import { own } from '../test/support/own.ts';

const tenantId = '11111111-2222-4333-8444-555555555555';

/** Where the calls go, and about whom. */
export type BareReset = {
  readonly partnerUrl: string;
  /** Without a slash at the end. */
  readonly connectorUrl: string;
  readonly customer: string;
  readonly user: string;
  /** The Teams id of the technician. */
  readonly technician: string;
};

/** What one reset says to Partner Center and the connector between click and direct message, one after the other by `fetch`. */
export async function callLikeReset({ partnerUrl, connectorUrl, ...of }: BareReset): Promise<void> {
  const headers = makeHeaders();
  const person = `/v1/customers/${of.customer}/users/${of.user}`;
  const partner = (path: string, init: RequestInit = {}): Promise<unknown> =>
    callJson(partnerUrl + path, { ...init, headers });
  const connector = (method: string, path: string, body: object): Promise<unknown> =>
    callJson(`${connectorUrl}/v3/conversations${path}`, { method, headers, body: JSON.stringify(body) });
  await readFacts(partnerUrl, of);
  const opened = await connector('POST', '', {
    isGroup: false,
    bot: { id: '28:bot' },
    members: [{ id: of.technician }],
    tenantId,
    channelData: { tenant: { id: tenantId } },
  });
  const chat = String(own(opened, 'id'));
  const message = {
    type: 'message',
    from: { id: '28:bot' },
    conversation: { id: chat, conversationType: 'personal' },
    text: 'x',
    textFormat: 'plain',
  };
  const there = `/${encodeURIComponent(chat)}/activities`;
  const posted = await connector('POST', there, message);
  const password = 'CANARY-Plum-otter-basin-27';
  await partner(`${person}/resetpassword`, {
    method: 'PATCH',
    body: JSON.stringify({
      passwordProfile: { password, forceChangePassword: true },
      attributes: { objectType: 'CustomerUser' },
    }),
  });
  const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', id: 'password', text: password }] };
  await connector('PUT', `${there}/${String(own(posted, 'id'))}`, {
    ...message,
    text: undefined,
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  });
}

/** A person and their roles, at the same time. */
export async function readFacts(
  partnerUrl: string,
  { customer, user }: Pick<BareReset, 'customer' | 'user'>,
): Promise<void> {
  const person = `${partnerUrl}/v1/customers/${customer}/users/${user}`;
  await Promise.all(
    [person, `${person}/directoryroles`].map((address) => callJson(address, { headers: makeHeaders() })),
  );
}

function makeHeaders() {
  return {
    authorization: 'Bearer sandbox',
    accept: 'application/json',
    'content-type': 'application/json',
    'ms-requestid': randomUUID(),
    'ms-correlationid': randomUUID(),
  };
}

/** One call, which has to succeed. */
async function callJson(url: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`a bare call was answered with ${response.status}`);
  return response.json();
}

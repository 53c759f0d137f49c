import { createPretendData, findPerson } from '../data/pretend-data.ts';

/** A client of the pretend HaloPSA. Without a tenant it is connected to no Microsoft 365. */
export type PretendClient = { readonly id: number; readonly name: string; readonly tenantId: string | undefined };

/** A contact of a client. */
export type PretendContact = {
  readonly id: number;
  readonly client: PretendClient;
  readonly name: string;
  readonly address: string;
  readonly objectId: string | undefined;
};

export type PretendTicket = {
  readonly id: number;
  readonly summary: string;
  readonly contact: PretendContact;
  readonly isClosed: boolean;
  readonly mergedInto: number | undefined;
};

/** An action on a ticket, as it was posted. */
export type PretendAction = {
  readonly id: number;
  readonly ticketId: number;
  readonly html: string;
  readonly isHiddenFromUser: boolean;
  /** Minutes of work that were entered with it. */
  readonly minutes: number | undefined;
  readonly at: number;
};

export type PretendTickets = {
  readonly clients: readonly PretendClient[];
  readonly contacts: readonly PretendContact[];
  readonly tickets: readonly PretendTicket[];
};

/**
 * Tickets of people in the sandbox, and some that do not belong to what is asked: one is closed, one was merged into another, one
 * is of another customer, one of another contact, and one of a client without a tenant.
 */
export function makePretendTickets(seed: number, now: number): PretendTickets {
  const data = createPretendData(seed, now);
  const clients: PretendClient[] = [];
  const contacts: PretendContact[] = [];
  const contoso = addClient('contosobikes.onmicrosoft.com', 12);
  const northwind = addClient('northwindtraders.onmicrosoft.com', 13);
  const walkIn: PretendClient = { id: 14, name: 'Walk-in customers', tenantId: undefined };
  clients.push(walkIn);
  const adele = addContact(contoso, 'adele.vance@contosobikes.onmicrosoft.com', 101);
  const alex = addContact(contoso, 'alex.wilber@contosobikes.onmicrosoft.com', 102);
  const megan = addContact(contoso, 'megan.bowen@contosobikes.onmicrosoft.com', 103);
  const isaiah = addContact(northwind, 'isaiah.langer@northwindtraders.onmicrosoft.com', 104);
  const stranger = {
    id: 105,
    client: walkIn,
    name: 'Sam Stranger',
    address: 'sam@stranger.example',
    objectId: undefined,
  };
  contacts.push(stranger);
  const open = { isClosed: false, mergedInto: undefined };
  return {
    clients,
    contacts,
    tickets: [
      { id: 4711, summary: 'Adele cannot sign in since this morning', contact: adele, ...open },
      { id: 4712, summary: 'Alex forgot his password', contact: alex, ...open },
      { id: 4713, summary: 'Password, again', contact: adele, isClosed: true, mergedInto: undefined },
      { id: 4714, summary: 'Sign-in does not work (second mail)', contact: adele, isClosed: false, mergedInto: 4711 },
      { id: 4715, summary: 'Isaiah is locked out', contact: isaiah, ...open },
      { id: 4716, summary: 'A colleague of mine needs a new password', contact: megan, ...open },
      { id: 4717, summary: 'Please call me back <b>urgently</b> about my password', contact: stranger, ...open },
    ],
  };

  function addClient(domain: string, id: number): PretendClient {
    const customer = data.customers.find((one) => one.domain === domain);
    if (customer === undefined) throw new RangeError('No customer has this domain.');
    const client = { id, name: customer.name, tenantId: customer.id };
    clients.push(client);
    return client;
  }

  function addContact(client: PretendClient, address: string, id: number): PretendContact {
    const { user } = findPerson(data, address);
    const contact = { id, client, name: user.displayName, address: user.userPrincipalName, objectId: user.id };
    contacts.push(contact);
    return contact;
  }
}

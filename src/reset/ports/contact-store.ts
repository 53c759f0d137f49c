import type { ObjectId, TenantId } from '../../ids.ts';
import type { Contact } from '../people/contact.ts';

/** Where those live who have written to the bot. Every method is one transaction. */
export type ContactStore = {
  find(person: ObjectId, tenant: TenantId): Promise<Contact | undefined>;
  /** Keeps a contact in place of what was known of the same person. */
  keep(contact: Contact): Promise<void>;
  /** Those of one tenant who wrote last, the latest first; those who come behind `after`, where it is given. */
  latest(tenant: TenantId, atMost: number, after?: Contact): Promise<readonly Contact[]>;
};

import { findPerson } from '../../../src/sandbox/partner-center/index.ts';
import type { Running } from './start-pretend.ts';

/** Somebody at Contoso Bikes, with the address of their user. */
export function personAt({ pretend }: Running, nickname: string, domain = 'contosobikes.onmicrosoft.com') {
  const { customer, user } = findPerson(pretend.data, `${nickname}@${domain}`);
  return { customer, user, path: `/v1/customers/${customer.id}/users/${user.id}` };
}

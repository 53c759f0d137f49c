import type { PretendCustomer } from '../data/pretend-customer.ts';
import type { Answer } from '../http/answer.ts';
import type { Call } from '../http/call.ts';
import type { Quirks } from '../http/quirks.ts';
import { refuse } from '../http/refuse.ts';
import type { House } from './house.ts';
import type { FieldFilter } from './read-field-filter.ts';
import { readListQuery } from './read-list-query.ts';
import { writeCollection } from './write-collection.ts';
import { writeListedCustomer } from './write-customer.ts';

const fields = new Set(['CompanyName', 'Domain', 'IndirectReseller', 'IndirectCloudSolutionProvider']);

/**
 * `GET /v1/customers`: by pages, filtered by the beginning of one field or the whole of it, and by nothing else.
 * https://learn.microsoft.com/partner-center/developer/get-a-customer-by-name
 */
export function listCustomers({ data, tokenKey }: House, call: Call, { versionInLinks }: Quirks): Answer {
  const read = readListQuery(call, { needsSize: true, sortFields: [], tokenKey });
  if (read.kind === 'refused') return read.answer;
  const { size, start, filter } = read.query;
  const operator = filter?.operator.toLowerCase();
  if (filter !== undefined && operator !== 'starts_with' && operator !== 'equals') {
    return refuse(400, 2000, 'Customer search only allows starts with and equals operation.');
  }
  if (filter !== undefined && !fields.has(filter.field)) {
    return refuse(400, 2000, `Customers cannot be searched by '${filter.field}'.`);
  }
  const found = filter === undefined ? data.customers : data.customers.filter((customer) => fits(customer, filter));
  const items = found.slice(start, size === 0 ? undefined : start + size).map(writeListedCustomer);
  const page = { totalCount: found.length, items };
  const json = writeCollection(call, read.query, page, { tokenKey, versionInLinks });
  return { status: 200, body: { kind: 'json', json } };
}

function fits(customer: PretendCustomer, { field, value, operator }: FieldFilter): boolean {
  // No customer here came by way of another partner, so the two fields that name one find nobody.
  const text = field === 'CompanyName' ? customer.name : field === 'Domain' ? customer.domain : '';
  const [has, wanted] = [text.toLowerCase(), value.toLowerCase()];
  return text !== '' && (operator.toLowerCase() === 'equals' ? has === wanted : has.startsWith(wanted));
}

import { PartnerError } from './partner-error.ts';
import type { SimpleFieldFilter } from './partner-query.ts';

/**
 * A filter by one field, for customers `CompanyName`, `Domain`, `IndirectReseller` or `IndirectCloudSolutionProvider`,
 * for users `UserState`. Values are compared without regard to case.
 */
export function simpleFieldFilter(
  field: string,
  operator: SimpleFieldFilter['operator'],
  value: string,
): SimpleFieldFilter {
  if (field === '' || value === '') {
    throw new PartnerError({ code: 'invalid-argument', says: 'field and value must be set.' });
  }
  return { field, value, operator };
}

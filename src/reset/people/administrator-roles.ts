import { isAdministratorRole } from './is-administrator-role.ts';
import type { CustomerUser, DirectoryRole } from './target.ts';

/** The roles that make a user an administrator; `unknown` where nobody could read them, which counts as having some. */
export function administratorRoles({ roles }: Pick<CustomerUser, 'roles'>): readonly DirectoryRole[] | 'unknown' {
  return roles === 'unknown' ? roles : roles.filter(({ id }) => isAdministratorRole(id));
}

/** An address that Partner Center knows. */
export type Route =
  | { readonly kind: 'customers' }
  | { readonly kind: 'customer'; readonly customerId: string }
  | { readonly kind: 'users'; readonly customerId: string }
  | {
      readonly kind: 'user' | 'directory-roles' | 'reset-password';
      readonly customerId: string;
      readonly userId: string;
    };

/** Reads a path; undefined where no such address exists. Ids are decoded, whether they are GUIDs or not. */
export function findRoute(path: string): Route | undefined {
  const segments = path.split('/').map(decode);
  const [empty, version, customers, customerId, users, userId, last] = segments;
  if (empty !== '' || version !== 'v1' || customers !== 'customers') return undefined;
  if (segments.length === 3) return { kind: 'customers' };
  if (customerId === undefined || customerId === '') return undefined;
  if (segments.length === 4) return { kind: 'customer', customerId };
  if (users !== 'users') return undefined;
  if (segments.length === 5) return { kind: 'users', customerId };
  if (userId === undefined || userId === '') return undefined;
  if (segments.length === 6) return { kind: 'user', customerId, userId };
  if (segments.length > 7) return undefined;
  if (last === 'directoryroles') return { kind: 'directory-roles', customerId, userId };
  if (last === 'resetpassword') return { kind: 'reset-password', customerId, userId };
  return undefined;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** The addresses at Partner Center that are called, without anything of a customer or a user. */
export type PartnerRoute =
  | '/customers'
  | '/customers/{customer}'
  | '/customers/{customer}/users'
  | '/customers/{customer}/users/{user}'
  | '/customers/{customer}/users/{user}/directoryroles'
  | '/customers/{customer}/users/{user}/resetpassword'
  | 'other';

/** Whatever is called → one of the addresses that are known, by its form alone. */
export function routeOf(url: string): PartnerRoute {
  const path = URL.parse(url)?.pathname ?? '';
  const [version, customers, customer, users, user, last, ...more] = path.split('/').slice(1);
  if (version !== 'v1' || customers !== 'customers' || more.length > 0) return 'other';
  if (customer === undefined) return '/customers';
  if (users === undefined) return '/customers/{customer}';
  if (users !== 'users') return 'other';
  if (user === undefined) return '/customers/{customer}/users';
  if (last === undefined) return '/customers/{customer}/users/{user}';
  if (last === 'directoryroles' || last === 'resetpassword') return `/customers/{customer}/users/{user}/${last}`;
  return 'other';
}

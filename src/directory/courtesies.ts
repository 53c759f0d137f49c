/**
 * What stands beside a name and is none: courtesy, hurry, and what the name is of. Such a word is taken for a customer only
 * where there is one who is called exactly that.
 */
export const courtesies: ReadonlySet<string> = new Set([
  'please',
  'pls',
  'plz',
  'thanks',
  'thank',
  'you',
  'thx',
  'ty',
  'cheers',
  'asap',
  'urgent',
  'urgently',
  'now',
  'today',
  'immediately',
  'quickly',
  'again',
  'user',
  'customer',
  'client',
  'tenant',
  'company',
]);

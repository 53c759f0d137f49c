/** What kind of account a pretend user has. */
export type UserKind = 'ordinary' | 'administrator' | 'reader' | 'synchronised' | 'federated' | 'guest' | 'deleted';

/** A user written by hand, for the documentation and for tests. */
export type KnownUser = {
  readonly firstName: string;
  readonly lastName: string;
  /** The part of the UPN before the at sign. */
  readonly nickname: string;
  readonly kind: UserKind;
};

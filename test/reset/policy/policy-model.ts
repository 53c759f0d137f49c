/** A policy as it stands in the file, and everything that a leave depends on: what the model judges by. */
export type PolicyCase = {
  readonly file: PolicyText;
  readonly person: { readonly objectId: string; readonly userPrincipalName: string | undefined };
  readonly memberOf: readonly string[] | 'unknown';
  readonly customer: string;
  /** The user as the card showed them, and as Partner Center tells now. */
  readonly shown: UserText;
  readonly now: UserText | 'gone' | 'no-answer';
  /** Whether Microsoft Graph was asked now. */
  readonly isGraphAsked: boolean;
  /** What Graph was asked and did not tell now. */
  readonly unread: readonly ('account' | 'roles' | 'eligible-roles')[];
  /** How long after the card was made the password was changed, in milliseconds; undefined where that is not known. */
  readonly passwordChangedAfter: number | undefined;
  readonly said: { readonly verification: string; readonly ticket: string };
};

export type PolicyText = {
  readonly technicians: readonly string[];
  readonly approvers: readonly string[];
  readonly auditors: readonly string[];
  readonly verification?: { readonly required?: boolean; readonly methods?: readonly string[] };
  readonly ticket?: 'required' | 'optional' | 'off';
  readonly approval?: 'always' | 'privileged' | 'never';
  readonly privilegedTargets?: 'approve' | 'deny';
  readonly synchronisedUsers?: 'deny' | 'warn' | 'writeback';
  readonly customers?: Readonly<
    Record<string, Pick<Partial<PolicyText>, 'technicians' | 'ticket' | 'approval' | 'synchronisedUsers'>>
  >;
};

export type UserText = {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly state: 'active' | 'deleted' | 'unknown';
  readonly domainType: 'managed' | 'federated' | 'none' | 'unknown';
  readonly synchronised: boolean;
  readonly roles:
    | readonly {
        readonly id: string;
        readonly name: string;
        readonly by?: 'group' | 'role-assignable-group' | 'eligible' | undefined;
      }[]
    | 'unknown';
  /** What Microsoft Graph tells; undefined where there is nothing to weigh. */
  readonly graph?: {
    readonly isBlocked?: true;
    readonly canWriteBack?: true;
    readonly isGuest?: true;
    readonly isRestricted?: true;
    readonly lost?: { readonly facts: readonly ('account' | 'roles' | 'eligible-roles')[]; readonly code: string };
  };
};

const harmless = [
  '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
  '95e79109-95c0-4d8e-aee3-d01accf2d47b',
  '790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b',
  '4a5d8f65-41da-4de4-8968-e035b65339cf',
  '75934031-6c7e-415a-99d7-48dbd49e875e',
  'a0b1b346-4d3e-4e8b-98f8-753987be4970',
];
const methods = [
  'Called back on a number on file',
  'Authenticator approval',
  'In person',
  'Vouched for by their manager',
];

/** Every reason why this person has no leave to reset this user now, written from what is promised and from no code. */
export function reasonsAgainst({
  file,
  person,
  memberOf,
  customer,
  shown,
  now,
  isGraphAsked,
  unread,
  passwordChangedAfter,
  said,
}: PolicyCase): readonly string[] {
  const own = Object.entries(file.customers ?? {}).find(([id]) => same(id, customer))?.[1] ?? {};
  const technicians = own.technicians ?? file.technicians;
  const approval = own.approval ?? file.approval ?? 'privileged';
  const ticket = own.ticket ?? file.ticket ?? 'optional';
  const required = file.verification?.required ?? true;
  const known = file.verification?.methods ?? methods;
  const isNamed = technicians.some((one) => {
    if (one === '*' || same(one, person.objectId)) return true;
    return memberOf !== 'unknown' && memberOf.some((group) => same(one, `group:${group}`));
  });
  const verified = said.verification.trim();
  const number = said.ticket.trim();
  const proof: readonly [boolean, string][] = [
    [required && verified === '', 'not verified'],
    [verified !== '' && !known.includes(verified), 'no such way to verify'],
    [ticket === 'required' && number === '', 'no ticket'],
    [ticket !== 'off' && number.length > 64, 'long ticket'],
  ];
  const right: readonly [boolean, string][] = [
    [!isNamed, 'not named'],
    [approval === 'always', 'needs a second person'],
  ];
  const facts = now === 'gone' || now === 'no-answer' ? ([[true, now]] as const) : factsAgainst(now);
  return [...proof, ...right, ...facts].filter(([holds]) => holds).map(([, why]) => why);

  function isAllowedAsSynchronised({ graph }: UserText): boolean {
    const rule = own.synchronisedUsers ?? file.synchronisedUsers ?? 'deny';
    return rule === 'writeback' ? graph?.canWriteBack === true : rule === 'warn';
  }

  function factsAgainst(user: UserText): readonly [boolean, string][] {
    const isAdministrator =
      user.roles !== 'unknown' && user.roles.some((role) => !harmless.some((one) => same(one, role.id)));
    return [
      [user.userPrincipalName !== shown.userPrincipalName || user.displayName !== shown.displayName, 'renamed'],
      [same(user.id, person.objectId), 'own id'],
      [person.userPrincipalName !== undefined && isSamePerson(user.userPrincipalName, person.userPrincipalName), 'own'],
      [/#ext#/i.test(user.userPrincipalName), 'guest'],
      [user.graph?.isGuest === true, 'guest by Graph'],
      [user.graph?.isRestricted === true, 'restricted'],
      [user.graph?.lost !== undefined, 'protection lost'],
      [factsUntold(shown, user).some((fact) => !isGraphAsked || unread.includes(fact)), 'out of sight'],
      [user.graph?.isBlocked === true && shown.graph?.isBlocked !== true, 'blocked unseen'],
      [user.synchronised && !shown.synchronised, 'synchronised unseen'],
      [user.state === 'unknown' && shown.state !== 'unknown', 'state unseen'],
      [user.domainType === 'unknown' && shown.domainType !== 'unknown', 'domain unseen'],
      // Graph tells whole seconds.
      [isGraphAsked && passwordChangedAfter !== undefined && passwordChangedAfter > -1000, 'password unseen'],
      [user.state === 'deleted', 'deleted'],
      [user.domainType === 'federated', 'federated'],
      [user.synchronised && !isAllowedAsSynchronised(user), 'synchronised'],
      [user.roles === 'unknown', 'roles unknown'],
      [isAdministrator, 'administrator'],
    ];
  }
}

/** Which facts of Graph the card showed something of that nothing tells any more. */
function factsUntold(before: UserText, after: UserText): readonly ('account' | 'roles' | 'eligible-roles')[] {
  const isUntold = (mark: 'isBlocked' | 'canWriteBack' | 'isGuest' | 'isRestricted') =>
    before.graph?.[mark] === true && after.graph?.[mark] === undefined;
  const roles = before.roles === 'unknown' ? [] : before.roles;
  const isHeld = (id: string) => after.roles !== 'unknown' && after.roles.some((role) => same(role.id, id));
  return [
    ...(isUntold('isBlocked') || isUntold('canWriteBack') || isUntold('isGuest') || isUntold('isRestricted')
      ? (['account'] as const)
      : []),
    ...roles.flatMap(({ id, by }) => {
      if (by === undefined || isHeld(id)) return [];
      return by === 'eligible' ? (['eligible-roles'] as const) : (['roles'] as const);
    }),
  ];
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** `robin_partner.example#EXT#@contoso.example` is how robin@partner.example is written as a guest. */
function isSamePerson(one: string, other: string): boolean {
  const guestForm = (address: string): string => `${address.toLowerCase().replace('@', '_')}#ext#@`;
  return (
    same(one, other) || one.toLowerCase().startsWith(guestForm(other)) || other.toLowerCase().startsWith(guestForm(one))
  );
}

/** What makes a careful person stop. */
export const warningTexts = {
  administrator: (roles: string) => `Administrator: ${roles}.`,
  rolesUnknown: 'It could not be read whether this person is an administrator.',
  resetBefore: (when: string, by: string) =>
    `This person’s password was reset, or may have been, less than 24 hours before this was asked: ${when}, by ${by}.`,
  synchronised: 'This account is kept in a local directory and only copied to the cloud.',
  federated: 'This person signs in at another service; a password set here may be of no use.',
  domainUnknown: 'It could not be read where this person signs in.',
  deleted: 'This account is deleted.',
  stateUnknown: 'It could not be read whether this account is active.',
  customerInferred: {
    requester:
      'You did not name the customer. This is the one of your last reset in this chat; make sure that it is the right one.',
    'second-person':
      'Whoever asked did not name the customer. It is the one of their last reset in that chat; make sure that it is the right one.',
  },
  deceptiveRequester:
    'The name or address of whoever asked mixes alphabets or holds hidden characters. It may be made to look like somebody else’s.',
  deceptiveName: 'The person’s name mixes alphabets or holds hidden characters. Compare the address letter by letter.',
  deceptiveAddress: 'The address mixes alphabets or holds hidden characters. It may be made to look like another one.',
  deceptiveCustomer: 'The customer’s name or domain mixes alphabets or holds hidden characters. Compare the tenant id.',
  more: (count: number) => `and ${count} more`,
} as const;

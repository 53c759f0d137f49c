type PlaygroundUser = {
  readonly id: string;
  readonly name: string;
  /** The Playground spells it so. */
  readonly userPrincipleName: string;
  readonly aadObjectId: string;
  readonly givenName: string;
  readonly surname: string;
  readonly email: string;
};

/**
 * The company that the Playground pretends to be, a service desk whose people talk to the bot. The form is that of its
 * configuration file, https://aka.ms/teams-app-test-tool-config-guide. Its own default has Entra ids that are no GUIDs. It
 * needs exactly five people beside the one who types, and adds a channel `General` to the team.
 */
export const playgroundConfig = {
  version: '0.1.1',
  tenantId: '7f1d3a52-6c0e-4b8f-9a41-2f5e8c7d9b10',
  bot: { id: '28:5c2e9f04-1b7d-4e63-8a95-d0c4b6f3e217', name: 'Locksmith' },
  currentUser: createUser('Robin', 'Ashford', 'a94c6e1f-3d27-4f0b-8e5a-6b1c9d72f430'),
  users: [
    createUser('Priya', 'Nair', 'b1e7d0c4-58a3-4c96-9f2d-7a3e5b8c1064'),
    createUser('Tomasz', 'Zielinski', 'c6f2a9b8-0e41-4d75-a3c8-91d4e7f6b258'),
    createUser('Chloe', 'Martin', 'd3a8f5e6-7b92-4a1c-b06e-48c5d2f1a973'),
    createUser('Samuel', 'Okafor', 'e70b4c2d-9f16-4e38-8d5b-a2f6c3e9d041'),
    createUser('Ingrid', 'Larsen', 'f5d9e183-2a6c-4b07-9c4f-3e8b7a0d6152'),
  ],
  personalChat: { id: 'a:1robin-ashford-and-locksmith' },
  groupChat: { id: '19:second-line@thread.v2', name: 'Second line' },
  team: {
    id: '19:service-desk-general@thread.tacv2',
    name: 'Service desk',
    aadGroupId: '0d8e6f3b-4c15-4f9a-b7e2-59a1c8d3f604',
    channels: [{ id: '19:password-requests@thread.tacv2', name: 'Password requests' }],
  },
} as const;

function createUser(givenName: string, surname: string, aadObjectId: string): PlaygroundUser {
  const address = `${givenName}.${surname}@harbour-it.example`.toLowerCase();
  return {
    id: `29:1-${givenName}-${surname}`.toLowerCase(),
    name: `${givenName} ${surname}`,
    userPrincipleName: address,
    aadObjectId,
    givenName,
    surname,
    email: address,
  };
}

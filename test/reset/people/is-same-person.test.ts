import { describe, expect, it } from '@jest/globals';
import { asId, type ObjectId } from '../../../src/ids.ts';
import { isSamePerson } from '../../../src/reset/people/is-same-person.ts';

const jane = {
  objectId: asId<ObjectId>('0a0a0a0a-0000-4000-8000-00000000000f'),
  teamsUserId: '29:jane',
  userPrincipalName: 'jane@home.example',
};
const other = {
  objectId: asId<ObjectId>('0b0b0b0b-0000-4000-8000-00000000000f'),
  teamsUserId: '29:other',
  userPrincipalName: 'other@home.example',
};

describe('two who talk to the bot', () => {
  it.each([
    ['their object id', { ...other, objectId: asId<ObjectId>(jane.objectId.toUpperCase()) }],
    ['their id of Teams', { ...other, teamsUserId: jane.teamsUserId }],
    ['the object id in an id of Teams', { ...other, teamsUserId: `8:orgid:${jane.objectId}` }],
    ['their address', { ...other, userPrincipalName: 'JANE@home.example' }],
    ['the guest form of their address', { ...other, userPrincipalName: 'jane_home.example#EXT#@else.example' }],
    ['an id alone', { ...jane, userPrincipalName: undefined }],
  ])('are one person by %s', (_, person) => {
    expect([isSamePerson(jane, person), isSamePerson(person, jane)]).toEqual([true, true]);
  });

  it('are two where nothing is the same, and where an address is known of one alone or of neither', () => {
    const unknown = { ...other, userPrincipalName: undefined };
    expect(isSamePerson(jane, other)).toBe(false);
    expect([isSamePerson(jane, unknown), isSamePerson(unknown, jane)]).toEqual([false, false]);
    expect(isSamePerson({ ...jane, userPrincipalName: undefined }, unknown)).toBe(false);
  });
});

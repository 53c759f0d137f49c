import { describe, expect, it } from '@jest/globals';
import { asId, type ObjectId, type UserId } from '../../src/base/ids.ts';
import { isOwnAccount, isSamePerson, normalizeObjectId, readHomeAddress } from '../../src/reset/identity.ts';

const digits = '0a1b2c3d000040008000abcdef012345';
const written = '0a1b2c3d-0000-4000-8000-abcdef012345';

describe('an id', () => {
  it.each([
    written,
    written.toUpperCase(),
    digits,
    `{${written}}`,
    `(${written})`,
    ` ${written}\n`,
    `8:orgid:${written}`,
    `8:ORGID:${written.toUpperCase()}`,
  ])('has one spelling where it is of Entra: %j', (id) => {
    expect(normalizeObjectId(id)).toBe(digits);
  });

  it.each([
    ['29:1A-b', '29:1a-b'],
    [`29:${written}`, `29:${written}`],
    [`x8:orgid:${written}`, `x8:orgid:${written}`],
    [`${written}0`, `${written}0`],
    [`0${written}`, `0${written}`],
    [written.slice(1), written.slice(1)],
    ['', ''],
  ])('stays as it is but for its case where it is another: %j', (id, plain) => {
    expect(normalizeObjectId(id)).toBe(plain);
  });
});

describe('the address of a person in their own tenant', () => {
  it.each([
    ['Jane.Doe@Home.example', 'jane.doe@home.example'],
    ['jane_home.example#EXT#@host.example', 'jane@home.example'],
    ['Jane_Doe_Home.example#ext#@host.example', 'jane_doe@home.example'],
    ['jane_doe@home.example', 'jane_doe@home.example'],
    ['jane#EXT#@host.example', 'jane'],
    ['_home.example#EXT#@host.example', '@home.example'],
    ['#EXT#@host.example', ''],
    ['', ''],
  ])('of %j is %j', (address, home) => {
    expect(readHomeAddress(address)).toBe(home);
  });
});

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

const janeDoe = {
  objectId: asId<ObjectId>('0a0a0a0a-0000-4000-8000-00000000000f'),
  teamsUserId: '29:jane',
  userPrincipalName: 'Jane_Doe@home.example',
};
const janeDoeAsGuest = { ...janeDoe, userPrincipalName: 'jane_doe_home.example#EXT#@partner.example' };
const user = (userPrincipalName: string, id = 'another') => ({ id: asId<UserId>(id), userPrincipalName });

describe('a person’s own account', () => {
  it.each([
    ['the same object id', user('other@home.example', '0A0A0A0A-0000-4000-8000-00000000000F'), janeDoe],
    ['their object id in braces', user('other@home.example', '{0a0a0a0a-0000-4000-8000-00000000000f}'), janeDoe],
    ['their object id without hyphens', user('other@home.example', '0a0a0a0a00004000800000000000000f'), janeDoe],
    [
      'the object id in their id of Teams',
      user('other@home.example', '0a0a0a0a-0000-4000-8000-0000000000ff'),
      { ...janeDoe, teamsUserId: '8:orgid:0a0a0a0a-0000-4000-8000-0000000000ff' },
    ],
    ['the same UPN in another case', user('JANE_DOE@HOME.example'), janeDoe],
    ['a guest made of their UPN', user('jane_doe_home.example#EXT#@customer.example'), janeDoe],
    ['a guest made of their UPN, in another case', user('Jane_Doe_Home.example#ext#@customer.example'), janeDoe],
    ['their UPN at home, while they are a guest here', user('jane_doe@home.example'), janeDoeAsGuest],
    ['a guest there, while they are a guest here', user('jane_doe_home.example#EXT#@customer.example'), janeDoeAsGuest],
  ])('is known by %s', (_what, target, person) => {
    expect(isOwnAccount(target, person)).toBe(true);
  });

  it.each([
    ['another address', user('jane.doe@home.example'), janeDoe],
    ['a guest of another house', user('jane_doe_other.example#EXT#@home.example'), janeDoe],
    [
      'another id while the UPN is not known',
      user('jane_doe@home.example'),
      { ...janeDoe, userPrincipalName: undefined },
    ],
  ])('is not %s', (_what, target, person) => {
    expect(isOwnAccount(target, person)).toBe(false);
  });
});

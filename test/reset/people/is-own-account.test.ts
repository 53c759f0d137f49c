import { describe, expect, it } from '@jest/globals';
import { asId, type ObjectId, type UserId } from '../../../src/ids.ts';
import { isOwnAccount } from '../../../src/reset/people/is-own-account.ts';

const jane = {
  objectId: asId<ObjectId>('0a0a0a0a-0000-4000-8000-00000000000f'),
  teamsUserId: '29:jane',
  userPrincipalName: 'Jane_Doe@home.example',
};
const guestJane = { ...jane, userPrincipalName: 'jane_doe_home.example#EXT#@partner.example' };
const user = (userPrincipalName: string, id = 'another') => ({ id: asId<UserId>(id), userPrincipalName });

describe('somebody’s own account', () => {
  it.each([
    ['the same object id', user('other@home.example', '0A0A0A0A-0000-4000-8000-00000000000F'), jane],
    ['their object id in braces', user('other@home.example', '{0a0a0a0a-0000-4000-8000-00000000000f}'), jane],
    ['their object id without hyphens', user('other@home.example', '0a0a0a0a00004000800000000000000f'), jane],
    [
      'the object id in their id of Teams',
      user('other@home.example', '0a0a0a0a-0000-4000-8000-0000000000ff'),
      { ...jane, teamsUserId: '8:orgid:0a0a0a0a-0000-4000-8000-0000000000ff' },
    ],
    ['the same UPN in another case', user('JANE_DOE@HOME.example'), jane],
    ['a guest made of their UPN', user('jane_doe_home.example#EXT#@customer.example'), jane],
    ['a guest made of their UPN, in another case', user('Jane_Doe_Home.example#ext#@customer.example'), jane],
    ['their UPN at home, while they are a guest here', user('jane_doe@home.example'), guestJane],
    ['a guest there, while they are a guest here', user('jane_doe_home.example#EXT#@customer.example'), guestJane],
  ])('is known by %s', (_what, target, person) => {
    expect(isOwnAccount(target, person)).toBe(true);
  });

  it.each([
    ['another address', user('jane.doe@home.example'), jane],
    ['a guest of another house', user('jane_doe_other.example#EXT#@home.example'), jane],
    ['another id while the UPN is not known', user('jane_doe@home.example'), { ...jane, userPrincipalName: undefined }],
  ])('is not %s', (_what, target, person) => {
    expect(isOwnAccount(target, person)).toBe(false);
  });
});

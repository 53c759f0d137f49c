import { describe, expect, it } from '@jest/globals';
import { homeAddress } from '../../../src/reset/people/home-address.ts';

describe('the address somebody has at home', () => {
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
    expect(homeAddress(address)).toBe(home);
  });
});

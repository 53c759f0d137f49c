import { describe, expect, it } from '@jest/globals';
import { isAdministratorRole } from '../../src/reset/target.ts';

describe('a directory role', () => {
  it.each([
    ['Directory Readers', '88d8e3e3-8f55-4a1e-953a-9b9898b8876b'],
    ['Guest Inviter', '95e79109-95c0-4d8e-aee3-d01accf2d47b'],
    ['Message Center Reader', '790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b'],
    ['Reports Reader', '4a5d8f65-41da-4de4-8968-e035b65339cf'],
    ['Usage Summary Reports Reader', '75934031-6c7e-415a-99d7-48dbd49e875e'],
    ['User', 'a0b1b346-4d3e-4e8b-98f8-753987be4970'],
  ])('gives nothing to break in for: %s, in whatever case its id is written', (_, id) => {
    expect([isAdministratorRole(id), isAdministratorRole(id.toUpperCase())]).toEqual([false, false]);
  });

  it.each([
    ['Global Administrator', '62e90394-69f5-4237-9190-012177145e10'],
    ['Helpdesk Administrator', '729827e3-9c14-49f7-bb1b-9608f156bbb8'],
    ['Global Reader', 'f2ef992c-3afb-46b9-b7cf-a126ee74c451'],
    ['one that nobody knows', '00000000-0000-4000-8000-000000000000'],
    ['one without an id', ''],
  ])('counts as an administrator’s: %s', (_, id) => {
    expect(isAdministratorRole(id)).toBe(true);
  });
});

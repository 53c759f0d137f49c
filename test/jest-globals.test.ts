import { expect, it } from '@jest/globals';
import * as imported from '@jest/globals';

const documented = [
  'afterAll',
  'afterEach',
  'beforeAll',
  'beforeEach',
  'describe',
  'expect',
  'fdescribe',
  'fit',
  'it',
  'jest',
  'test',
  'xdescribe',
  'xit',
  'xtest',
] as const;

it.each(documented)('hands out %s as Jest documents it, imported and as a global', (name) => {
  const types = [imported[name], Reflect.get(globalThis, name)].map((one) => typeof one);
  expect(types).toStrictEqual(name === 'jest' ? ['object', 'object'] : ['function', 'function']);
});

it('counts the calls of a function that Jest makes', () => {
  const called = imported.jest.fn(() => 1);
  expect(called()).toBe(1);
  expect(called).toHaveBeenCalledTimes(1);
});

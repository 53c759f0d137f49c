import runner from './runner.cjs';

// Modules beside the tests import these once, and each file of tests has its own.
const follow = (name) =>
  new Proxy(() => undefined, {
    apply: (_, self, given) => Reflect.apply(runner.current[name], self, given),
    get: (_, key) => runner.current[name][key],
  });

export const afterAll = follow('afterAll');
export const afterEach = follow('afterEach');
export const beforeAll = follow('beforeAll');
export const beforeEach = follow('beforeEach');
export const describe = follow('describe');
export const expect = follow('expect');
export const fdescribe = follow('fdescribe');
export const fit = follow('fit');
export const it = follow('it');
export const test = follow('test');
export const xdescribe = follow('xdescribe');
export const xit = follow('xit');
export const xtest = follow('xtest');
export const jest = runner.current.jest;

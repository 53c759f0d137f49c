'use strict';

const { enableCompileCache, flushCompileCache, registerHooks } = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { default: runCircus } = require('jest-circus/runner');
const { ModuleMocker } = require('jest-mock');

// Types stripped by one run or worker are there for the next.
enableCompileCache(path.join(__dirname, '../../../node_modules/.cache/locksmith'));

const globals = pathToFileURL(path.join(__dirname, 'globals.mjs')).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: globals, shortCircuit: true } : next(specifier, context),
});

const mocker = new ModuleMocker(globalThis);
const timeoutOfTests = Symbol.for('TEST_TIMEOUT_SYMBOL');

/** The part of Jest's `jest` that needs no registry of modules. The tests here do without; a test from elsewhere may not. */
const jest = {
  fn: (implementation) => mocker.fn(implementation),
  spyOn: (...given) => mocker.spyOn(...given),
  mocked: (value) => value,
  isMockFunction: (value) => mocker.isMockFunction(value),
  clearAllMocks: () => mocker.clearAllMocks(),
  resetAllMocks: () => mocker.resetAllMocks(),
  restoreAllMocks: () => mocker.restoreAllMocks(),
  setTimeout(milliseconds) {
    globalThis[timeoutOfTests] = milliseconds;
  },
};

/** What `@jest/globals` hands out: of the file that runs now. */
const current = { jest };

/** A file may use them without an import, as Jest documents. */
function handOut(given) {
  Object.assign(current, given);
  Object.assign(globalThis, given, { jest });
  Reflect.deleteProperty(globalThis, timeoutOfTests);
}

// Jest kills a worker that is not gone half a second after its last test, and warns. Node takes that long to give back half a
// gigabyte, and does so only where the end was not asked for. A handle that is left open still keeps the worker from getting here.
if (process.send !== undefined) process.once('beforeExit', () => process.exit());

/**
 * Runs a file of tests as Node runs the bot: Node loads it, strips its types, and keeps what it imports for the worker's
 * other files. Jest would evaluate botbuilder and the whole bot for each file anew, in a realm where every global is looked
 * up through a proxy. It works because no module has state; `realm.cjs` puts the process back as it was.
 */
async function run(globalConfig, config, environment, runtime, testPath, sendMessageToJest) {
  const loader = {
    // The state of the file before goes with the module that held it.
    requireInternalModule(file) {
      Reflect.deleteProperty(globalThis, Symbol.for('EVENT_HANDLERS'));
      Reflect.deleteProperty(require.cache, file);
      return require(file);
    },
    requireModule: require,
    setGlobalsForRuntime: handOut,
    unstable_shouldLoadAsEsm: () => true,
    unstable_importModule: (file) => import(pathToFileURL(file).href),
    enterTestCode: () => undefined,
    leaveTestCode: () => undefined,
  };
  const results = await runCircus(globalConfig, config, environment, loader, testPath, sendMessageToJest);
  // At its end a worker has half a second, which may be too short to write everything.
  flushCompileCache();
  return results;
}

module.exports = run;
module.exports.current = current;

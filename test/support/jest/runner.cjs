'use strict';

const { enableCompileCache, flushCompileCache, registerHooks } = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { default: runCircus } = require('jest-circus/runner');

// Types stripped by one run or worker are there for the next.
enableCompileCache(path.join(__dirname, '../../../node_modules/.cache/locksmith'));

const globals = pathToFileURL(path.join(__dirname, 'globals.mjs')).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: globals, shortCircuit: true } : next(specifier, context),
});

/** What `@jest/globals` hands out: of the file that runs now. */
const current = {};

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
    setGlobalsForRuntime: (given) => Object.assign(current, given),
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

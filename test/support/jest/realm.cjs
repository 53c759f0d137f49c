'use strict';

/** The worker's own realm, put back after each file as it was before. Jest's own environments make a realm for each file. */
class OwnRealm {
  // What Jest asks for; no test has mocks or changes globals.
  global = { process: {} };
  moduleMocker = { restoreAllMocks: () => undefined };
  #console;
  #before = { console: globalThis.console, exitCode: process.exitCode, env: { ...process.env } };

  constructor(_config, { console }) {
    this.#console = console;
  }

  getVmContext() {
    return null;
  }

  async setup() {
    globalThis.console = this.#console;
  }

  async teardown() {
    const { console, exitCode, env } = this.#before;
    globalThis.console = console;
    process.exitCode = exitCode;
    for (const name of Object.keys(process.env)) if (!(name in env)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, env);
  }
}

module.exports = OwnRealm;

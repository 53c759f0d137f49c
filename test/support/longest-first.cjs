'use strict';

const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * What takes longest, in a clean clone: without earlier durations Jest goes by the size of the files, and some of these are
 * the smallest ones. A worker that began with one of them last would run alone.
 */
const longest = [
  // Not long, but first: msal keeps the address of a managed identity for a whole process, so nothing may look for it before.
  '/sign-in/app-token.test.ts',
  '/e2e/playground-approval.test.ts',
  '/store/reset-store-postgres.test.ts',
  '/e2e/playground.test.ts',
  '/e2e/start-failures.test.ts',
  '/e2e/playground-asking.test.ts',
  '/store/database/postgres.test.ts',
  '/sandbox/playground-page.test.ts',
  '/store/reset-store-sqlite.test.ts',
  '/commands/audit/audit-processes.test.ts',
  '/understanding/names-in-sentences.test.ts',
  '/reset/workflow/due-requests.test.ts',
];

class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => longest.findIndex((name) => path.endsWith(`/test${name}`));
    const isLong = (test) => place(test) !== -1;
    const sorted = super.sort(tests);
    return [
      ...sorted.filter(isLong).sort((one, other) => place(one) - place(other)),
      ...sorted.filter((test) => !isLong(test)),
    ];
  }
}

module.exports = LongestFirst;

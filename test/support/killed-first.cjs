'use strict';

const { default: Sequencer } = require('@jest/test-sequencer');

/** The suite that takes longest begins first, also in a clean clone, in which nobody knows yet how long any takes. */
class KilledFirst extends Sequencer {
  sort(tests) {
    const isKilled = ({ path }) => path.endsWith('/killed.test.ts');
    const sorted = super.sort(tests);
    return [...sorted.filter(isKilled), ...sorted.filter((test) => !isKilled(test))];
  }
}

module.exports = KilledFirst;

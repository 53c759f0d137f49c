'use strict';

const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * The suite that takes longest begins first, also in a clean clone, which holds no earlier durations.
 * The suite that measures the ten seconds of a stop runs last: beside the longest one it starves on two cores.
 */
class KilledFirst extends Sequencer {
  sort(tests) {
    const isKilled = ({ path }) => path.endsWith('/killed.test.ts');
    const isEnding = ({ path }) => path.endsWith('/crash/ending.test.ts');
    const sorted = super.sort(tests);
    const others = sorted.filter((test) => !isKilled(test) && !isEnding(test));
    return [...sorted.filter(isKilled), ...others, ...sorted.filter(isEnding)];
  }
}

module.exports = KilledFirst;

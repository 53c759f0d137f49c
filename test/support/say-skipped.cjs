'use strict';

/** Says at the end which tests were skipped; the reason stands in their names. */
class SaySkipped {
  onRunComplete(_contexts, results) {
    const skipped = results.testResults.flatMap((suite) =>
      suite.testResults.filter((test) => test.status === 'pending' || test.status === 'todo'),
    );
    if (skipped.length === 0) return;
    const groups = Map.groupBy(skipped, ({ ancestorTitles, title }) => {
      const names = [...ancestorTitles, title];
      return names.find((name) => name.includes('(skipped: ')) ?? names[0];
    });
    for (const [title, tests] of groups) process.stderr.write(`skipped, ${tests.length}: ${title}\n`);
  }
}

module.exports = SaySkipped;

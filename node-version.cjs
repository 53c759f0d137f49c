// Loaded before everything else, and in old syntax, so that an older Node can still say the sentence instead of a stack trace.
'use strict';
if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    'Locksmith needs Node 24 or newer; this is Node ' +
      process.versions.node +
      '. Run "npm ci" (it brings Node 24 along) or install Node 24.\n',
  );
  process.exit(1);
}
// Node would open its inspector on this signal, through which the keys can be read. The image forbids it with
// --disable-sigusr1. An older Node refuses to start with that, so it is not in the scripts.
process.on('SIGUSR1', function () {});
// Starts in two thirds of the time from the second start on; where nothing may be written it is simply not kept.
require('node:module').enableCompileCache(require('node:path').join(__dirname, 'node_modules', '.cache', 'locksmith'));

// Run by npm after an installation. Where the machine's own Node is older than what packages ask for, npm has just warned
// of it (EBADENGINE); this says what that means. In old syntax, so that an older Node can say it.
'use strict';
var installing = /\bnode\/v(\d+)(\S*)/.exec(process.env.npm_config_user_agent || '');
if (installing && Number(installing[1]) < 24) {
  var brought = require('node:fs').existsSync(
    require('node:path').join(__dirname, 'node_modules', 'node', 'package.json'),
  );
  process.stdout.write(
    brought
      ? "The warnings EBADENGINE are about this machine's own Node " +
          installing[1] +
          installing[2] +
          ', which Locksmith does not use: every npm script runs on Node ' +
          require('./node_modules/node/package.json').version +
          ', which was just installed beside it.\n'
      : 'Locksmith needs Node 24 or newer to run, and this machine has Node ' +
          installing[1] +
          installing[2] +
          ': install Node 24, or run "npm ci" without --omit=dev.\n',
  );
}

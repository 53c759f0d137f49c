// Loaded by every npm script of Locksmith's: the settings in .env, as `node --env-file-if-exists=.env` reads them. That switch
// itself would print a line where there is no such file, and an older Node would not know it and could not say why.
// What is set in the environment counts more than what stands in the file.
'use strict';
const path = require('node:path');
const before = new Set(Object.keys(process.env));
try {
  process.loadEnvFile(path.join(__dirname, '.env'));
} catch (error) {
  if (error.code !== 'ENOENT') refuse('The file .env cannot be read (' + error.code + '). Mend it, or take it away.');
}
// Node reads its own variables when it starts. What seems to be set and has no effect would mislead.
for (const name of Object.keys(process.env)) {
  if (name.startsWith('NODE_') && name !== 'NODE_ENV' && !before.has(name))
    refuse(name + ' stands in .env, which is too late for Node: set it in the environment.');
}

function refuse(why) {
  process.stderr.write(why + '\n');
  process.exit(1);
}

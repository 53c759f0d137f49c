// Loaded by every npm script of Locksmith's: the settings in .env, as `node --env-file-if-exists=.env` reads them. That switch
// itself would print a line where there is no such file, and an older Node would not know it and could not say why.
// What is set in the environment counts more than what stands in the file.
'use strict';
try {
  process.loadEnvFile(require('node:path').join(__dirname, '.env'));
} catch (error) {
  if (error.code !== 'ENOENT') {
    process.stderr.write('The file .env cannot be read (' + error.code + '). Mend it, or take it away.\n');
    process.exit(1);
  }
}

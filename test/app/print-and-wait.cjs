'use strict';
// Tells in its output that it lives, so that a test can see it go on after a signal.
process.stdout.write('waits\n');
setTimeout(() => process.stdout.write('still waits\n'), 300);

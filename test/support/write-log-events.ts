import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { renderLogEvents } from './log-events.ts';

writeFileSync(join(resolve(import.meta.dirname, '../..'), 'docs/log-events.md'), renderLogEvents());

import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { renderTunables } from './tunables.ts';

writeFileSync(join(resolve(import.meta.dirname, '../..'), 'docs/tunables.md'), renderTunables());

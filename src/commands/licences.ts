import { readFileSync, writeFileSync } from 'node:fs';
import { listShippedPackages } from './licences/list-shipped-packages.ts';
import { writeLicencePage } from './licences/write-licence-page.ts';

const packages = listShippedPackages(readFileSync('package-lock.json', 'utf8'));
writeFileSync('docs/licences.md', writeLicencePage(packages));
process.stdout.write(`docs/licences.md: ${packages.length} packages\n`);

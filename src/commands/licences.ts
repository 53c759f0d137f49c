import { readFileSync, writeFileSync } from 'node:fs';
import { listShippedPackages, renderLicencePage } from './licences/shipped-packages.ts';

const packages = listShippedPackages(readFileSync('package-lock.json', 'utf8'));
writeFileSync('docs/licences.md', renderLicencePage(packages));
process.stdout.write(`docs/licences.md: ${packages.length} packages\n`);

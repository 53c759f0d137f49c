import { readFileSync, writeFileSync } from 'node:fs';
import { runCommand } from './command-line.ts';
import { usages } from './usages.ts';

await runCommand({
  usage: usages.licences,
  async run() {
    const { listShippedPackages, renderLicencePage } = await import('./shipped-packages.ts');
    const packages = listShippedPackages(readFileSync('package-lock.json', 'utf8'));
    writeFileSync('docs/licences.md', renderLicencePage(packages));
    process.stdout.write(`docs/licences.md: ${packages.length} packages\n`);
    return 0;
  },
});

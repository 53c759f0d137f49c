import { Gauge, type Registry } from 'prom-client';
import metadata from '../../package.json' with { type: 'json' };

/** Says which program runs, and on which Node, in the labels of a sample that is always 1. */
export function tellBuild(registry: Registry): void {
  const build = new Gauge({
    name: 'locksmith_build_info',
    help: 'The version of Locksmith and of Node that runs; always 1.',
    labelNames: ['version', 'node'] as const,
    registers: [registry],
  });
  build.set({ version: metadata.version, node: process.versions.node }, 1);
}

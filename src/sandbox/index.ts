/** The pretend Partner Center and the Playground launcher. Loaded in the sandbox only. */
export { createPretendGraph, type PretendGraph } from './graph/pretend-graph.ts';
export type { GraphFault } from './graph/answers-and-faults.ts';
export { createPretendPartnerCenter } from './partner-center/index.ts';
export { startSandbox } from './start-sandbox.ts';

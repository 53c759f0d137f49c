/** The pretend Partner Center and the Playground launcher. Loaded in the sandbox only. */
export { createPretendPartnerCenter } from './partner-center/index.ts';
export { startSandbox } from './start-sandbox.ts';

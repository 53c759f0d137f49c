/** The composition root: builds each part once, by hand; readiness and graceful shutdown. */
export { type App, createApp } from './app.ts';
export {
  createShutdown,
  keepProcessAlive,
  type Running,
  runUntilShutdown,
  type Shutdown,
} from './graceful-shutdown.ts';
export { routePlatform } from './outbound-proxy.ts';
export { type Platform, realPlatform } from './platform.ts';
export { settleLater } from './settle-later.ts';
export { explainStartFailure, startProduction } from './start-production.ts';
export { createStartedParts } from './started-parts.ts';
export { sandboxPolicy } from './watch-policy-file.ts';

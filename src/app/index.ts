/** The composition root: builds each part once, by hand; readiness and graceful shutdown. */
export { type App, type AppSettings, createApp } from './app.ts';
export { createShutdown, runCommand, runUntilShutdown, type Shutdown } from './graceful-shutdown.ts';
export { openPolicyFile } from './policy-file.ts';
export { type Platform, realPlatform } from './platform.ts';
export { explainStartFailure } from './start-failure.ts';
export { startProduction } from './start-production.ts';

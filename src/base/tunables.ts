/** The Partner Center SDK's defaults. */
export const partnerCenterTunables = {} as const;

/** Sign-in to Microsoft Entra and Microsoft Graph. */
export const signInTunables = {} as const;

/** How names are found, and for how long an index counts. */
export const directoryTunables = {} as const;

/** Use cases of a reset: questions, approval, history, who may. */
export const useCaseTunables = {} as const;

/** The workflow that carries a confirmed reset to its end. */
export const workflowTunables = {} as const;

/** Bot Framework: HTTP server, gate, connector, handlers. */
export const teamsTunables = {} as const;

/** Database, audit log and their clocks. */
export const storeTunables = {} as const;

/** Metrics and alarms. */
export const observabilityTunables = {} as const;

/** Start, shutdown, readiness and configuration. */
export const processTunables = {} as const;

/** Commands beside the bot. */
export const commandTunables = {} as const;

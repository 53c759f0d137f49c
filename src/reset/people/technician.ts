import type { ObjectId, TenantId } from '../../ids.ts';

/** Somebody who talks to the bot, as the signed activity names them. Decisions rest on `objectId` and `tenantId` alone. */
export type Technician = {
  readonly objectId: ObjectId;
  readonly tenantId: TenantId;
  /** The channel's own id of the person (`29:…`), valid for this bot only. */
  readonly teamsUserId: string;
  /** For people to read, never to decide by. */
  readonly name: string;
  /** From the roster; undefined until it was looked up. */
  readonly userPrincipalName: string | undefined;
};

import { z } from 'zod';
import { callWithTimeout, type Clock, parseGuid, ticketTunables } from '../base/index.ts';
import { orElse } from './ticket-error.ts';
import { createCached, maybeId, maybeText } from './ticket-client.ts';

const connectionAnswer = z.object({ id: maybeId });
/** A list, one connection, or an object that holds the list, by the version of HaloPSA. */
const connectionsAnswer = z
  .union([z.array(connectionAnswer), z.record(z.string(), z.unknown())])
  .transform((answer): readonly { readonly id: number | undefined }[] => {
    if (Array.isArray(answer)) return answer;
    const one = connectionAnswer.parse(answer);
    if (one.id !== undefined) return [one];
    return Object.values(answer).flatMap((value) => z.array(connectionAnswer).safeParse(value).data ?? []);
  });

const mappingsAnswer = z.object({
  mappings_client: z
    .array(z.object({ client_id: maybeId, azure_tenant_id: maybeText }))
    .nullish()
    .transform((mappings) => mappings ?? []),
});

/** Tenants in Microsoft Entra, by the id of the client in HaloPSA. */
type TenantsOfClients = ReadonlyMap<number, readonly string[]>;

/** The tenants of HaloPSA's clients, as its connections to Microsoft 365 tell them. */
type HaloTenants = {
  /** Reads all of them now. Rejects with a `TicketError`. */
  read(): Promise<TenantsOfClients>;
  /**
   * The tenants of each client, or none of any where they cannot be read, or not in time: the company is told by its name then. A
   * list that comes late counts from then on.
   */
  find(): Promise<TenantsOfClients>;
};

/** Creates the look-up, which keeps what it has read for a while. `get` reads a path of HaloPSA's API. */
export function createHaloTenants(
  clock: Clock,
  get: <Answer>(path: string, shape: z.ZodType<Answer>) => Promise<Answer>,
): HaloTenants {
  const none: TenantsOfClients = new Map();
  let noneBefore = 0;
  const kept = createCached(clock, ticketTunables.clientTenantsMilliseconds, async () => {
    const tenants = await read();
    noneBefore = 0;
    return tenants;
  });
  return { read, find };

  async function find(): Promise<TenantsOfClients> {
    if (clock.now() < noneBefore) return none;
    const reading = kept().catch(orElse(undefined));
    const timed = await callWithTimeout(clock, ticketTunables.tenantsTimeoutMilliseconds, () => reading);
    if (timed.kind === 'answered' && timed.result !== undefined) return timed.result;
    noneBefore = clock.now() + ticketTunables.tenantsRetryMilliseconds;
    return none;
  }

  async function read(): Promise<TenantsOfClients> {
    const connections = await get('/AzureADConnection?type=2', connectionsAnswer);
    const ids = connections.flatMap(({ id }) => id ?? []).slice(0, ticketTunables.maxTenantConnections);
    const read = await Promise.all(
      ids.map((id) => get(`/AzureADConnection/${id}?type=2&includedetails=true&includetenants=true`, mappingsAnswer)),
    );
    const tenants = new Map<number, readonly string[]>();
    for (const { client_id: clientId, azure_tenant_id: text = '' } of read.flatMap((one) => one.mappings_client)) {
      const tenant = parseGuid(text);
      if (clientId !== undefined && tenant !== undefined)
        tenants.set(clientId, [...(tenants.get(clientId) ?? []), tenant]);
    }
    return tenants;
  }
}

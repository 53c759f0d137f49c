/**
 * A row of the trail as the text that is chained. `number` and `at` are texts, as a database that was tampered with may
 * hold what no number of ours can; the hash is not part of it.
 */
export type AuditEventRow = {
  readonly at: string;
  readonly kind: string;
  readonly actor: string;
  readonly instance: string;
  readonly version: string;
  readonly request_id: string | null;
  readonly correlation_id: string | null;
  readonly operation_id: string | null;
  readonly customer_id: string | null;
  readonly user_id: string | null;
  readonly state_before: string | null;
  readonly state_after: string | null;
  /** Both are JSON objects already, and canonical ones. */
  readonly about: string;
  readonly facts: string;
};

/** The canonical JSON of one event: names in order, no spaces, and what a row does not have is left out. */
export function writeAuditEvent(row: AuditEventRow, number: string): string {
  return (
    `{"about":${row.about},"actor":${JSON.stringify(row.actor)},"at":${row.at}` +
    perhaps('correlationId', row.correlation_id) +
    perhaps('customerId', row.customer_id) +
    `,"facts":${row.facts},"instance":${JSON.stringify(row.instance)},"kind":${JSON.stringify(row.kind)},"number":${number}` +
    perhaps('operationId', row.operation_id) +
    perhaps('requestId', row.request_id) +
    perhaps('stateAfter', row.state_after) +
    perhaps('stateBefore', row.state_before) +
    perhaps('userId', row.user_id) +
    `,"version":${JSON.stringify(row.version)}}`
  );
}

function perhaps(name: string, value: string | null): string {
  return value === null ? '' : `,"${name}":${JSON.stringify(value)}`;
}

/** The tables as they stand after the last migration. Instants are milliseconds since 1970 in UTC. */
export type Schema = {
  readonly reset_requests: ResetRequestRow;
  readonly open_questions: QuestionRow;
  readonly audit_records: AuditRow;
  readonly audit_head: { readonly id: number; readonly number: number; readonly hash: string };
  readonly token_cache: TokenCacheRow;
  readonly freezes: FreezeRow;
  readonly contacts: ContactRow;
  readonly settings: { readonly name: string; readonly value: string };
  readonly kysely_migration: { readonly name: string };
};

/** What is asked for in queries stands in columns, the rest in `details` as JSON; ids stand in both. */
export type ResetRequestRow = {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly customer_id: string;
  readonly user_id: string;
  readonly technician_id: string;
  readonly technician_tenant_id: string;
  readonly asked_in: string;
  readonly asked_by: string;
  readonly card_is_owed: number;
  readonly proposed_at: number;
  readonly confirmed_at: number | null;
  readonly sealed_key_id: string | null;
  readonly sealed_nonce: string | null;
  readonly sealed_ciphertext: string | null;
  readonly lease_owner: string | null;
  readonly lease_until: number | null;
  readonly due_at: number | null;
  readonly details: string;
};

/** As with requests: ids stand in columns and in `details`. */
export type QuestionRow = {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly technician_id: string;
  readonly technician_tenant_id: string;
  readonly asked_in: string;
  readonly asked_by: string;
  readonly due_at: number | null;
  readonly ended_at: number | null;
  readonly details: string;
};

/** One sealed sign-in; `lease_owner` renews it until `lease_until`. */
type TokenCacheRow = {
  readonly name: string;
  readonly version: number;
  readonly sealed_key_id: string;
  readonly sealed_nonce: string;
  readonly sealed_ciphertext: string;
  readonly lease_owner: string | null;
  readonly lease_until: number | null;
};

export type AuditRow = {
  readonly number: number;
  readonly at: number;
  readonly kind: string;
  readonly actor: string;
  readonly instance: string;
  readonly request_id: string | null;
  readonly correlation_id: string | null;
  readonly operation_id: string | null;
  readonly customer_id: string | null;
  readonly user_id: string | null;
  readonly state_before: string | null;
  readonly state_after: string | null;
  readonly facts: string;
  /** Whom it is about, as canonical JSON. */
  readonly about: string;
  /** The program that wrote it. */
  readonly version: string;
  /** Empty in records from before there was a chain. */
  readonly hash: string;
};

/** `scope` is the tenant id of a customer, or `*` for everything. */
export type FreezeRow = {
  readonly scope: string;
  readonly frozen_at: number;
  readonly details: string;
};

export type ContactRow = {
  readonly object_id: string;
  readonly tenant_id: string;
  readonly seen_at: number;
  readonly details: string;
};

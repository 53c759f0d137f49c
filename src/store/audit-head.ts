/** The end of the trail: its last record and that one's hash. */
export type AuditHead = { readonly number: number; readonly hash: string };

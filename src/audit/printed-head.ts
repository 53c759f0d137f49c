import type { AuditHead } from '../store/audit-head.ts';

/** A head that was printed; `at` is when, in milliseconds since 1970, where the line says so. */
export type PrintedHead = AuditHead & { readonly at?: number | undefined };

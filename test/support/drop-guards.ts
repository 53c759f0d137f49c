/** Takes away what the database itself forbids, so that a test can do what somebody who may do everything there can. */
export const dropGuards = {
  sqlite: [
    'audit_records_no_update',
    'audit_records_no_delete',
    'audit_records_no_replace',
    'audit_head_no_insert',
    'audit_head_no_delete',
  ]
    .map((name) => `drop trigger if exists ${name};`)
    .join(' '),
  postgres:
    'drop trigger if exists audit_records_guard on audit_records; drop trigger if exists audit_head_guard on audit_head;',
} as const;

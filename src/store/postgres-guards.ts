import type { TrailHook } from './trail-shape.ts';

/**
 * The triggers that the migrations make on PostgreSQL, as `readPostgresShape` reads them: 2 before, 4 insert, 8 delete,
 * 16 update, 32 truncate. https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_trigger.h
 */
export const postgresGuards: readonly TrailHook[] = [
  {
    what: 'trigger',
    table: 'audit_records',
    name: 'audit_records_guard',
    definition: "58: begin raise exception 'the audit trail is append-only'; end",
    isOn: true,
  },
  {
    what: 'trigger',
    table: 'audit_head',
    name: 'audit_head_guard',
    definition: "46: begin raise exception 'the head of the audit trail is only moved'; end",
    isOn: true,
  },
];

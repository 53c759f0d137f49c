import { types } from 'pg';

const int8 = 20;

/** How values of a PostgreSQL server are read: instants and numbers of records stay far below 2^53. */
export const postgresTypes = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? Number : types.getTypeParser(oid, format),
};

import { describe, expect, it } from '@jest/globals';
import { readDatabaseUrl } from '../../src/store/read-database-url.ts';

describe('reading DATABASE_URL', () => {
  it.each([
    ['sqlite:./data/locksmith.db', { kind: 'sqlite', path: './data/locksmith.db' }],
    ['sqlite:/var/lib/locksmith.db', { kind: 'sqlite', path: '/var/lib/locksmith.db' }],
    ['sqlite:C:\\data\\locksmith.db', { kind: 'sqlite', path: 'C:\\data\\locksmith.db' }],
    ['postgres://u:p@host:5432/db?sslmode=require', { kind: 'postgres' }],
    ['postgresql://host/db', { kind: 'postgres' }],
    ['sqlite:', { kind: 'malformed' }],
    ['sqlite:a\0b', { kind: 'malformed' }],
    ['mysql://host/db', { kind: 'malformed' }],
    ['postgres:host', { kind: 'malformed' }],
    ['postgres://host:port/db', { kind: 'malformed' }],
    ['', { kind: 'malformed' }],
  ])('reads “%s”', (text, read) => {
    expect(readDatabaseUrl(text)).toMatchObject(read);
  });
});

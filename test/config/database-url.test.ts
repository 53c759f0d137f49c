import { describe, expect, it } from '@jest/globals';
import { parseIntoClientConfig } from 'pg-connection-string';
import { readDatabaseUrl } from '../../src/config/database-url.ts';

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

  const password = 'postgres://u:p@';
  it.each([
    '127.0.0.1:5432/db',
    'localhost/db?sslmode=disable',
    '[::1]/db',
    '%2Fvar%2Frun%2Fpostgresql/db',
    'db.example.com/db?host=/var/run/postgresql',
    'db.example.com/db?sslmode=verify-full',
    'db.example.com/db?sslmode=require',
    'db.example.com/db?sslmode=verify-ca&sslrootcert=/etc/ca.pem',
    'db.example.com/db?sslmode=disable&sslmode=verify-full',
    'db.example.com/db?ssl=no-verify&sslmode=verify-full',
  ])('knows that nobody comes between it and %s', (rest) => {
    expect(readDatabaseUrl(password + rest)).toMatchObject({ kind: 'postgres', isPrivate: true });
  });

  it.each([
    'db.example.com/db',
    'db.example.com/db?sslmode=disable',
    'db.example.com/db?sslmode=no-verify',
    'db.example.com/db?sslmode=allow',
    'db.example.com/db?sslmode=verify-full&sslmode=no-verify',
    'db.example.com/db?sslmode=require&uselibpqcompat=true',
    'db.example.com/db?ssl=no-verify',
    'localhost/db?host=db.example.com',
    'localhost.example.com/db',
    '127.0.0.1.example.com/db',
    '10.0.0.4/db',
  ])('knows that somebody may come between it and %s', (rest) => {
    expect(readDatabaseUrl(password + rest)).toMatchObject({ kind: 'postgres', isPrivate: false });
  });

  it('does not know where an address without a host leads', () => {
    expect(readDatabaseUrl('postgres:///db')).toMatchObject({ kind: 'postgres', isPrivate: false });
  });

  it.each(['prefer', 'require', 'verify-ca'])(
    'gives pg the word that it takes %s for, so that it has nothing to say',
    (mode) => {
      const read = readDatabaseUrl(`postgres://u:p%40ss@db.example.com:5432/db?sslmode=${mode}&options=-c%20a%3Db`);
      const { url } = read.kind === 'postgres' ? read : { url: '' };
      expect(parseIntoClientConfig(url)).toMatchObject({ password: 'p@ss', options: '-c a=b', ssl: {} });
      expect(new URL(url).searchParams.get('sslmode')).toBe('verify-full');
    },
  );

  it.each(['sslmode=verify-full', 'sslmode=require', 'ssl=no-verify&sslmode=verify-full'])(
    'is read by pg as TLS with a certificate that is checked: %s',
    (parameters) => {
      const read = readDatabaseUrl(`postgres://db.example.com/db?${parameters}`);
      expect(parseIntoClientConfig(read.kind === 'postgres' ? read.url : '').ssl).toEqual({});
    },
  );
});

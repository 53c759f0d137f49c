import { Secret } from '../base/index.ts';
import { readDatabaseUrl } from './database-url.ts';
import type { TextReader } from './text-reader.ts';

/** Reads settings that are addresses: what they may be, and whether something secret may stand in them. */
export function createAddressReader({ text, neededText, report }: TextReader) {
  return { url, proxy, databaseUrl, webhookUrl, neededWebhookUrl, serviceUrl, neededServiceUrl };

  function url(name: string): string | undefined {
    const value = text(name);
    if (value === undefined) return undefined;
    const wellFormed = /^https?:\/\/[^/?#@]+(?:\/[^?#]*)?$/.test(value) && URL.canParse(value);
    if (!wellFormed) report(`${name} is not an http or https address`);
    else if (value.startsWith('http:') && !isLoopback(new URL(value).hostname)) {
      report(`${name} is plain http to another machine: give an https address`);
    }
    return value.replace(/\/+$/, '');
  }

  /** The address of a proxy, `http://host:port`, without a user, a path or a query. */
  function proxy(name: string): string | undefined {
    const value = text(name);
    if (value === undefined) return undefined;
    const url = /^http:\/\/[^/?#@\s]+\/?$/.test(value) ? URL.parse(value) : null;
    if (url === null) report(`${name} is not the address of a proxy: write http://host:port, without a user or a path`);
    return url?.origin ?? value;
  }

  /**
   * Reads `DATABASE_URL`; without it, the address of the sandbox's file. It may hold a password, so it is a secret, and no
   * problem repeats it. `private` demands that PostgreSQL on another machine proves by its certificate who it is.
   */
  function databaseUrl(connection: 'any' | 'private' = 'private'): Secret {
    const name = 'DATABASE_URL';
    const value = text(name) ?? 'sqlite:./data/locksmith.db';
    const read = readDatabaseUrl(value);
    if (read.kind === 'malformed') report(`${name} is neither sqlite:PATH nor postgres://…`);
    else if (read.kind === 'postgres' && connection === 'private' && !read.isPrivate) {
      report(
        `${name} would reach PostgreSQL on another machine in plain text, or without checking who answers: write sslmode=verify-full into it (postgres://…/locksmith?sslmode=verify-full), and sslrootcert=FILE where the certificate is of an authority of your own`,
      );
    }
    return new Secret(value);
  }

  /** An address that may hold a key, so it is a secret, and no problem repeats it. */
  function webhookUrl(name: string, scheme: 'https' | 'https-or-loopback'): Secret | undefined {
    const value = text(name);
    if (value === undefined) return undefined;
    const url = URL.parse(value);
    const isPermitted =
      url?.protocol === 'https:' ||
      (scheme === 'https-or-loopback' && url?.protocol === 'http:' && isLoopback(url.hostname));
    if (!isPermitted) report(`${name} is not an https address`);
    else if (url.username !== '' || url.password !== '') report(`${name} holds a user name or a password`);
    return new Secret(value);
  }

  function neededWebhookUrl(name: string, scheme: 'https' | 'https-or-loopback'): Secret {
    neededText(name);
    return webhookUrl(name, scheme) ?? new Secret('');
  }

  /**
   * The address of a service, without a query and without a slash at its end. `added` is what Locksmith itself puts behind it: an
   * address that ends so already is refused.
   */
  function serviceUrl(name: string, scheme: 'https' | 'https-or-loopback', added: string): string | undefined {
    const value = url(name);
    if (value?.startsWith('http:') === true && scheme === 'https') report(`${name} is not an https address`);
    if (value?.toLowerCase().endsWith(added) === true) {
      report(`${name} ends with ${added}, which Locksmith adds itself: leave that out`);
    }
    return value;
  }

  function neededServiceUrl(name: string, scheme: 'https' | 'https-or-loopback', added: string): string {
    neededText(name);
    return serviceUrl(name, scheme, added) ?? '';
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

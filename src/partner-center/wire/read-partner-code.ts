import { readField } from './read-field.ts';
import { readJson } from './read-json.ts';

/**
 * Partner Center's own code in the body of an error, a number or a string there; undefined where there is none: the
 * gateway's `{statusCode, message}`, plain text, HTML from something in between, nothing. Digits only and seven at
 * most, which no password is. One level of JSON inside `description` is looked into, its HTML entities decoded once.
 */
export function readPartnerCode(body: string): string | undefined {
  const fault = readJson(body);
  const code = readCode(fault);
  if (code !== undefined) {
    return code;
  }
  const description = readField(fault, 'description');
  return typeof description === 'string' ? readCode(readJson(decodeEntities(description))) : undefined;
}

function readCode(fault: unknown): string | undefined {
  const code = readField(fault, 'code');
  const text = typeof code === 'number' ? String(code) : code;
  return typeof text === 'string' && /^\d{1,7}$/.test(text) ? text : undefined;
}

function decodeEntities(text: string): string {
  const named: Record<string, string> = { quot: '"', '#34': '"', '#39': "'", apos: "'", lt: '<', gt: '>', amp: '&' };
  return text.replaceAll(/&(quot|#34|#39|apos|lt|gt|amp);/g, (entity, name: string) => named[name] ?? entity);
}

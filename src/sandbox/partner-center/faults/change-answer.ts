import type { Answer } from '../http/answer.ts';
import type { Json } from '../http/json.ts';
import { isJsonObject } from '../http/read-json-object.ts';
import type { PretendFault } from './pretend-fault.ts';

type Change = Extract<PretendFault, { readonly kind: 'pascal-case' | 'next-repeats' | 'next-elsewhere' }>;

/** Distorts a true answer; one without JSON stays as it is, and so do the links of a page that is no collection. */
export function changeAnswer(answer: Answer, change: Change): Answer {
  if (answer.body.kind !== 'json') return answer;
  const { json } = answer.body;
  const changed = change.kind === 'pascal-case' ? withCapitals(json) : withNext(json, change);
  return { ...answer, body: { kind: 'json', json: changed } };
}

function withCapitals(json: Json): Json {
  if (Array.isArray(json)) return json.map(withCapitals);
  if (!isJsonObject(json)) return json;
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [
      name.charAt(0).toUpperCase() + name.slice(1),
      value === undefined ? undefined : withCapitals(value),
    ]),
  );
}

function withNext(json: Json, change: Exclude<Change, { readonly kind: 'pascal-case' }>): Json {
  if (!isJsonObject(json) || !isJsonObject(json['links'])) return json;
  const { self, next } = json['links'];
  if (change.kind === 'next-repeats') {
    // The address and headers of the first page: following them leads round in a circle.
    return { ...json, links: { self, next: self } };
  }
  const link = isJsonObject(next) ? next : self;
  if (!isJsonObject(link) || typeof link['uri'] !== 'string') return json;
  return { ...json, links: { self, next: { ...link, uri: change.origin + link['uri'] } } };
}

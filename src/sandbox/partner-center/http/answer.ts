import type { Json } from './json.ts';

/** What is answered: JSON, or a text of some type, or nothing. */
export type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body:
    | { readonly kind: 'json'; readonly json: Json }
    | { readonly kind: 'text'; readonly type: string; readonly text: string }
    | { readonly kind: 'none' };
};

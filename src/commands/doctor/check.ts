/** What a look at one thing found. What is wrong comes with what to do about it; nothing here holds a secret. */
export type Finding =
  | { readonly kind: 'ok'; readonly says: string }
  | { readonly kind: 'wrong'; readonly says: string; readonly todo: string }
  | { readonly kind: 'not-checked'; readonly says: string };

/** One thing to look at. */
export type Check = { readonly name: string; readonly look: () => Promise<Finding> };

/** What a press of a button is answered with: another card, or a sentence. "Not allowed" is a sentence too. */
export type InvokeAnswer =
  { readonly kind: 'card'; readonly card: object } | { readonly kind: 'message'; readonly text: string };

/** A filter by one field: the only kind customers and users know. */
export type SimpleFieldFilter = {
  readonly field: string;
  readonly value: string;
  readonly operator: 'starts_with' | 'equals';
};

/** An order of users. */
export type PartnerSort = { readonly field: string; readonly direction: 'ascending' | 'descending' };

/** Which items a collection gives. */
export type PartnerQuery =
  | { readonly kind: 'simple'; readonly filter: SimpleFieldFilter | undefined }
  | {
      readonly kind: 'indexed';
      readonly size: number;
      readonly filter: SimpleFieldFilter | undefined;
      readonly sort: PartnerSort | undefined;
    }
  | { readonly kind: 'seek'; readonly operation: 'Next'; readonly token: string };

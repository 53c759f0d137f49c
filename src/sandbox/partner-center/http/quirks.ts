/** Freedoms that Partner Center takes with an answer; a caller has to bear with each of them. */
export type Quirks = {
  /** A BOM before the body. */
  readonly bom: boolean;
  /** Fields that are null are left out. */
  readonly omitsNull: boolean;
  /** Addresses in links begin with `/v1`. */
  readonly versionInLinks: boolean;
};

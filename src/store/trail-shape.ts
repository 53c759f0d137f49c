/** The tables that the trail stands in, as a database describes them. */
export type TrailShape = {
  readonly tables: readonly TrailTable[];
  /** What the database does by itself when one of them is written or read. */
  readonly hooks: readonly TrailHook[];
};

export type TrailTable = {
  readonly name: string;
  /** A view, say, can show rows that nobody wrote. */
  readonly isTable: boolean;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly isKey: boolean }[];
};

export type TrailHook = {
  readonly what: 'trigger' | 'rule' | 'row security';
  readonly table: string;
  readonly name: string;
  /** What it does, in a form that can be compared. */
  readonly definition: string;
  readonly isOn: boolean;
};

/** Their names; the settings say where the chain begins. */
export const trailTables = ['audit_records', 'audit_head', 'settings'] as const;

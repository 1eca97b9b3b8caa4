/**
 * One table of columns per grid serves the screen, the command line, the Excel writer and the importer.
 * `grids.ts` holds the table; this file says what a row of it means.
 */
export const gridNames = [
  'people',
  'phones',
  'premises',
  'vehicles',
  'intelligence',
  'communications',
  'crimes',
  'custody',
  'referrals',
  'lines',
  'groups',
  'targets',
  'warrants',
  'officers',
  'teams',
  'safeguarding',
  'actions',
  'results',
  'seizures',
  'arrests',
  'outcomes',
  'lineNumbers',
  'commanders',
  'decisions',
  'operation',
  'sources',
  'imports',
  'packs',
] as const;
export type GridName = (typeof gridNames)[number];

/**
 * text      one line                       longText  several lines
 * name      a person's name as written     date      ISO date            datetime  ISO date and time, local
 * phone     E.164 or 'withheld'            postcode  'CA1 1AA'           vrm       upper case, no spaces
 * number    a number                       yesNo     'yes' | 'no'        code      one of `codes`
 * codes     several of `codes`, comma-separated
 * ref       a reference to one record      refs      several references, comma-separated
 */
export type ColumnType =
  | 'text'
  | 'longText'
  | 'name'
  | 'date'
  | 'datetime'
  | 'phone'
  | 'postcode'
  | 'vrm'
  | 'number'
  | 'yesNo'
  | 'code'
  | 'codes'
  | 'ref'
  | 'refs';

export interface Column {
  /** Contract name of the value: key of a row, of `--where`, of `FIELD=VALUE`. */
  field: string;
  /** Heading on screen and in packs. */
  title: string;
  type: ColumnType;
  /** Pixels on screen at the dense row height. */
  width?: number;
  /** Key of a code list in `shared/reference/codeLists.ts`. */
  codes?: string;
  /** Grids a `ref` may point to. */
  to?: readonly GridName[];
  /** The user may change it; everything else comes from evidence or is worked out. */
  editable?: boolean;
  /** Worked out from other values; never stored as evidence. */
  derived?: boolean;
  /** Not shown until chosen in the column list. */
  hidden?: boolean;
  /** Never leaves the workspace in a pack (domain-facts 1.7): source references, reporters, provenance notes. */
  restricted?: boolean;
  required?: boolean;
  /** One line for tooltips and for the command line's help. */
  hint?: string;
}

export interface Grid {
  name: GridName;
  /** Heading on screen. */
  title: string;
  /** What one row is called: 'warrant'. */
  noun: string;
  /** Letters before the number in a reference: `WAR-3`. */
  prefix: string;
  /** SQL table of the rows. */
  table: string;
  /** Layer of truth the rows belong to. */
  layer: 'evidence' | 'entities' | 'plan' | 'packs';
  /** Fields that make up the short label of a row in links, first non-blank of each in turn. */
  label: readonly string[];
  /** Rows can be added by hand (a manual entry is evidence too). */
  addable: boolean;
  /** Rows about identifiable people: reading them is a consultation and is journaled. */
  personal: boolean;
  columns: readonly Column[];
}

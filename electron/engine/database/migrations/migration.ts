/** One numbered step of the schema. */
export interface Migration {
  number: number;
  name: string;
  /** Migrations never use current code: they must do the same in ten years. */
  sql: string;
}

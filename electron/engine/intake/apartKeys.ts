/**
 * Certain keys of records that people told apart: what was wrongly taken for one by a key is not joined by it again,
 * neither when the same file comes back nor when a later one says more.
 */
import type { ReadDatabase } from '../database/connection.ts';
import { all } from '../database/sql.ts';
import { rootOf } from '../entities/groups.ts';
import { allPrints, printOf, printOfRow, ToldApart } from '../entities/matching/decisions.ts';
import type { RecordDraft } from './reading.ts';

export class ApartKeys {
  private readonly database: ReadDatabase;
  private readonly toldApart: ToldApart;
  /** Rows of this import by grid and key, and prints of what was put into each row. */
  private readonly rows = new Map<string, Set<number>>();
  private readonly prints = new Map<string, Set<string>>();

  constructor(database: ReadDatabase) {
    this.database = database;
    this.toldApart = new ToldApart(database);
  }

  /**
   * Whether a record that a key would join to a row has to do with anything that was told apart. Hardly any has: the
   * others are looked up the short way.
   */
  concerns(draft: RecordDraft, known: number, cells: readonly string[]): boolean {
    const { grid } = draft;
    return (
      this.toldApart.concerns(grid) &&
      (this.toldApart.isSide(grid, rootOf(this.database, grid, known)) || this.isPrinted(draft, cells))
    );
  }

  private isPrinted = (draft: RecordDraft, cells: readonly string[]): boolean =>
    this.toldApart.concerns(draft.grid) && this.toldApart.knows(draft.grid, printsOf(draft, cells));

  /** Notes what became of a record. `cells`: of its row. */
  remember(draft: RecordDraft, keys: readonly string[], id: number, cells: readonly string[]): void {
    if (!this.isPrinted(draft, cells)) return;
    for (const key of keys) {
      const full = `${draft.grid}/${key}`;
      this.rows.set(full, (this.rows.get(full) ?? new Set()).add(id));
    }
    const row = `${draft.grid}/${id}`;
    const prints = this.prints.get(row) ?? new Set();
    for (const print of printsOf(draft, cells)) prints.add(print);
    this.prints.set(row, prints);
  }

  /**
   * The row of a key on the side on which the record was seen before. What fits both sides becomes a row of its own:
   * nobody guesses.
   */
  find(
    draft: RecordDraft,
    key: string,
    cells: readonly string[],
    note: (code: string, message: string) => void,
  ): number | null {
    const { grid } = draft;
    const stored = all<{ id: number }>(
      this.database,
      'SELECT row_id AS id FROM entity_key WHERE grid = ? AND key = ? ORDER BY row_id',
      grid,
      key,
    ).map((row) => row.id);
    const found = [...new Set([...stored, ...(this.rows.get(`${grid}/${key}`) ?? [])])];
    const own = printsOf(draft, cells);
    const fitting = found.filter(
      (id) =>
        !this.toldApart.refuses(
          grid,
          own,
          new Set([...allPrints(this.database, grid, id), ...(this.prints.get(`${grid}/${id}`) ?? [])]),
        ),
    );
    const roots = fitting.map((id) => rootOf(this.database, grid, id));
    const isEither = roots.some((one) => roots.some((other) => this.toldApart.areApart(grid, one, other)));
    const [first] = fitting;
    if (first !== undefined && !isEither) return first;
    if (isEither)
      note(
        'entity.told-apart',
        'Two records that were told apart have this name or identifier. The row was joined to neither: decide under Matches.',
      );
    return null;
  }
}

const printsOf = (draft: RecordDraft, cells: readonly string[]): string[] => [
  printOf(draft.grid, draft.fields),
  printOfRow(cells),
];

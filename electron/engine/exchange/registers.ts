/**
 * What of a workspace is exchanged as _registers_: one key, one whole value, and who entered it, when, on which copy.
 *
 *   v/<grid>/<row>/<field>   a manual value that stands: edits, additions, removals, merges, settings of the operation
 *   acceptance/<id>          a finding that was set aside
 *   mapping/<name>           a saved mapping
 *   spec/<name>              a pack of the force's own
 *   import/<id>              whether an import stands, and how often that changed
 *   photograph/<id>          a photograph; its bytes go beside the registers
 *   pack/<id>                what became of an issued copy
 *
 * Values are whole, never merged letter by letter: grounds of a warrant that nobody wrote must not arise. Evidence is
 * no register: it is never edited and goes as it stands (`evidence.ts`). How a screen is arranged, drafts and settings
 * of the machine stay where they are.
 */
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import { findColumn, grids } from '../../../shared/grid/grids.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { gridNames } from '../../../shared/grid/types.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { all } from '../database/sql.ts';
import { createdField, removedField } from '../entities/materialise.ts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface Register {
  value: Json;
  user: string;
  /** ISO instant. */
  at: string;
  /** Number of the copy on which it was entered. */
  copy: number;
}

const Stored = z.tuple([z.json(), z.string().max(200), z.string().max(40), z.int().min(0)]);

export const encodeRegister = ({ value, user, at, copy }: Register): string =>
  JSON.stringify([value, user, at, copy]);

/** @throws AppError `exchange.forged` for a text that is no register. */
export function decodeRegister(text: string): Register {
  try {
    const [value, user, at, copy] = Stored.parse(JSON.parse(text));
    return { value: value as Json, user, at, copy };
  } catch {
    throw wrongRegister();
  }
}

export const wrongRegister = () =>
  new AppError('exchange.forged', 'The package holds values that no copy can have. Nothing was taken.');

export const sameValue = (a: Json | undefined, b: Json | undefined) =>
  JSON.stringify(a) === JSON.stringify(b);

export interface ValueKey {
  grid: GridName;
  id: number;
  field: string;
}

export const valueKey = (grid: GridName, id: number, field: string) => `v/${grid}/${id}/${field}`;
export const rowPrefix = (grid: GridName, id: number) => `v/${grid}/${id}/`;

const knownGrids = new Set<string>(gridNames);
const special = /^\$(created|removed|into|not:\d{1,15}|moved:\d{1,15}:[A-Za-z0-9]{0,20}:\d{1,6})$/;

/** Whether a manual value of this name can stand in a row of the grid. */
function isField(grid: GridName, field: string): boolean {
  const column = findColumn(grids[grid], field);
  return special.test(field) || (column !== undefined && !column.derived);
}

/** The manual value that a key names; null for another register. @throws AppError `exchange.forged`. */
export function parseValueKey(key: string): ValueKey | null {
  if (!key.startsWith('v/')) return null;
  const [, grid = '', row = '', ...rest] = key.split('/');
  const field = rest.join('/');
  const id = Number(row);
  const isKnown =
    knownGrids.has(grid) && Number.isSafeInteger(id) && id > 0 && isField(grid as GridName, field);
  if (!isKnown) throw wrongRegister();
  return { grid: grid as GridName, id, field };
}

/** The kind and number of a register that is no value, such as `import/7`. Names keep their text. */
export function parseOtherKey(key: string): { kind: string; name: string } {
  const slash = key.indexOf('/');
  return { kind: key.slice(0, slash), name: key.slice(slash + 1) };
}

/** Whether the registers of a row say that it was removed. */
export const saysRemoved = (register: Register | undefined) => register?.value === 1;

export interface StandingValue {
  grid: GridName;
  row_id: number;
  field: string;
  value: CellValue;
  seq: number;
  user: string;
  at: string;
  copy: number | null;
}

/** Manual values that stand: of every field the newest that was not given up. */
export function readStanding(database: ReadDatabase): StandingValue[] {
  return all<StandingValue>(
    database,
    `SELECT s.grid, s.row_id, s.field, s.value, s.seq, coalesce(o.user, j.user) AS user, coalesce(o.at, j.at) AS at, o.copy
     FROM (SELECT grid, row_id, field, value, max(seq) AS seq FROM manual_value m
       WHERE NOT EXISTS (SELECT 1 FROM overruled_value x
         WHERE x.grid = m.grid AND x.row_id = m.row_id AND x.field = m.field AND x.seq = m.seq)
       GROUP BY grid, row_id, field) s
     LEFT JOIN journal j ON j.seq = s.seq
     LEFT JOIN exchange_origin o ON o.grid = s.grid AND o.row_id = s.row_id AND o.field = s.field AND o.seq = s.seq`,
    // Of a field that there no longer is nothing is said, and nothing is changed.
  ).filter(({ grid, field }) => knownGrids.has(grid) && isField(grid, field));
}

const packPrefix = 'packSpec:';
export const specSetting = (name: string) => `${packPrefix}${name}`;

/** The registers of the workspace as it stands. A row that was removed is that alone. `own` is for what has no author of its own. */
export function readRegisters(database: ReadDatabase, own: Omit<Register, 'value'>): Map<string, Register> {
  const registers = new Map<string, Register>();
  const standing = readStanding(database);
  const removed = new Set(
    standing
      .filter(({ field, value }) => field === removedField && value === 1)
      .map(({ grid, row_id }) => rowPrefix(grid, row_id)),
  );
  for (const { grid, row_id, field, value, user, at, copy } of standing) {
    if (removed.has(rowPrefix(grid, row_id)) && field !== removedField) continue;
    registers.set(valueKey(grid, row_id, field), { value: value ?? null, user, at, copy: copy ?? own.copy });
  }
  const others = (rows: { key: string; value: string; user?: string | null; at?: string | null }[]) => {
    for (const { key, value, user, at } of rows)
      registers.set(key, {
        value: JSON.parse(value) as Json,
        user: user ?? own.user,
        at: at ?? own.at,
        copy: own.copy,
      });
  };
  others(
    all(
      database,
      `SELECT 'acceptance/' || id AS key, by AS user, at, json_object('rule', rule, 'refs', refs, 'message', message,
         'reason', reason, 'by', by, 'at', at, 'standing', standing) AS value FROM acceptance`,
    ),
  );
  others(
    all(
      database,
      `SELECT 'mapping/' || lower(name) AS key, saved_by AS user, saved_at AS at, json_object('name', name,
         'savedAt', saved_at, 'savedBy', saved_by, 'headings', headings, 'mapping', mapping) AS value FROM saved_mapping`,
    ),
  );
  others(
    all(
      database,
      `SELECT 'spec/' || substr(key, ${packPrefix.length + 1}) AS key, json_quote(value) AS value FROM setting
       WHERE key GLOB '${packPrefix}*'`,
    ),
  );
  others(
    all(
      database,
      `SELECT 'photograph/' || p.id AS key, j.user, j.at, json_object('grid', p.grid, 'row', coalesce(p.home, p.row_id),
         'mediaType', p.media_type, 'sha256', p.sha256, 'takenOn', p.taken_on, 'caption', p.caption,
         'standing', p.standing) AS value FROM photograph p LEFT JOIN journal j ON j.seq = p.seq`,
    ),
  );
  others(
    all(
      database,
      `SELECT 'pack/' || id AS key, json_object('state', state, 'stateAt', state_at, 'stateNote', state_note) AS value
       FROM pack`,
    ),
  );
  return registers;
}

/** Whether each import stands, by number. Its register counts the changes too, which the workspace does not keep. */
export const readImportStates = (database: ReadDatabase) =>
  all<{ id: number; state: 'standing' | 'undone'; user: string; at: string }>(
    database,
    'SELECT id, state, user, at FROM import',
  );

export interface ImportState {
  state: 'standing' | 'undone';
  turn: number;
}

const ImportStateShape = z.strictObject({ state: z.enum(['standing', 'undone']), turn: z.int().min(0) });
const AcceptanceShape = z.strictObject({
  rule: z.string().max(200),
  refs: z.string().max(2000),
  message: z.string().max(10_000),
  reason: z.string().max(2000),
  by: z.string().max(200),
  at: z.string().max(40),
  standing: z.union([z.literal(0), z.literal(1)]),
});
const MappingShape = z.strictObject({
  name: z.string().min(1).max(200),
  savedAt: z.string().max(40),
  savedBy: z.string().max(200),
  headings: z.string().max(1_000_000),
  mapping: z.string().max(1_000_000),
});
const PhotographShape = z.strictObject({
  grid: z.enum(['people', 'premises']),
  row: z.int().min(1),
  mediaType: z.enum(['image/png', 'image/jpeg']),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  takenOn: z.string().max(40).nullable(),
  caption: z.string().max(2000).nullable(),
  standing: z.union([z.literal(0), z.literal(1)]),
});
const PackStateShape = z.strictObject({
  state: z.enum(['held', 'recalled', 'returned', 'destroyed', 'lost']),
  stateAt: z.string().max(40).nullable(),
  stateNote: z.string().max(2000).nullable(),
});

const shapes = {
  import: ImportStateShape,
  acceptance: AcceptanceShape,
  mapping: MappingShape,
  spec: z.string().max(1_000_000),
  photograph: PhotographShape,
  pack: PackStateShape,
} as const;
type Shapes = typeof shapes;

/** The value of a register that is no manual value, checked. @throws AppError `exchange.forged`. */
export function readOther<Kind extends keyof Shapes>(kind: Kind, value: Json): z.infer<Shapes[Kind]> {
  const parsed = shapes[kind].safeParse(value);
  if (!parsed.success) throw wrongRegister();
  return parsed.data as z.infer<Shapes[Kind]>;
}

/** Checks a register that came from outside. @throws AppError `exchange.forged`. */
export function checkRegister(key: string, { value }: Register): void {
  const named = parseValueKey(key);
  if (!named) {
    const { kind, name } = parseOtherKey(key);
    if (!Object.hasOwn(shapes, kind) || name === '' || name.length > 300) throw wrongRegister();
    if (!['mapping', 'spec'].includes(kind) && !/^[1-9]\d{0,14}$/.test(name)) throw wrongRegister();
    readOther(kind as keyof Shapes, value);
    return;
  }
  const isCell =
    value === null || typeof value === 'number' || (typeof value === 'string' && value.length <= 1_000_000);
  const isFlag = ![createdField, removedField].includes(named.field) || value === 1 || value === 0;
  if (!isCell || !isFlag) throw wrongRegister();
}

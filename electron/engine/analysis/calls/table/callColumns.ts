/** Rows of call data as they are kept, in columns that grow. */

type Column = Float64Array | Int32Array;

export interface CallRow {
  id: number;
  evidence: number;
  start: number | null;
  a: number | null;
  b: number | null;
  type: number | null;
  direction: number | null;
  duration: number | null;
  imei: number | string | null;
  imsi: number | string | null;
  cellStart: number | null;
  cellEnd: number | null;
  cellName: number | null;
  text: string | null;
}

/** Bulk texts share a few wordings; what comes after so many different ones is conversation. */
const mostWordings = 200_000;

/** 0 stands for a phone or text that is not there. */
export class CallColumns {
  count = 0;
  /** Texts that repeat, by number; filled by the reader. */
  readonly texts = new Map<number, string>();
  /** Place of the sheet of each row among the sheets that were read. */
  sheetEnds: number[] = [];
  /** Whether any row names a last cell, or a cell by name: mostly none does. */
  hasEnds = false;
  hasNames = false;
  readonly wordings: string[] = [];
  private readonly wordingPlaces = new Map<string, number>();
  id: Float64Array;
  evidence: Float64Array;
  start: Float64Array;
  a: Float64Array;
  b: Float64Array;
  imei: Float64Array;
  imsi: Float64Array;
  type: Int32Array;
  direction: Int32Array;
  duration: Int32Array;
  cellStart: Int32Array;
  cellEnd: Int32Array;
  cellName: Int32Array;
  wording: Int32Array;

  constructor(size: number) {
    const wide = () => new Float64Array(size);
    const narrow = () => new Int32Array(size);
    this.id = wide();
    this.evidence = wide();
    this.start = wide();
    this.a = wide();
    this.b = wide();
    this.imei = wide();
    this.imsi = wide();
    this.type = narrow();
    this.direction = narrow();
    this.duration = narrow();
    this.cellStart = narrow();
    this.cellEnd = narrow();
    this.cellName = narrow();
    this.wording = narrow();
  }

  /** One row in the order of `CallRow`, as the database gives it; the last three may be left out. */
  add(values: readonly (number | string | null)[]): void {
    const row = this.count;
    if (row === this.id.length) this.grow();
    this.count += 1;
    this.id[row] = values[0] as number;
    this.evidence[row] = values[1] as number;
    this.start[row] = values[2] === null ? Number.NaN : (values[2] as number);
    this.a[row] = (values[3] as number | null) ?? 0;
    this.b[row] = (values[4] as number | null) ?? 0;
    this.type[row] = (values[5] as number | null) ?? 0;
    this.direction[row] = (values[6] as number | null) ?? 0;
    this.duration[row] = (values[7] as number | null) ?? -1;
    this.imei[row] = handsetOf(values[8] ?? null);
    this.imsi[row] = digitsOf(values[9] ?? null);
    this.cellStart[row] = (values[10] as number | null) ?? 0;
    this.cellEnd[row] = (values[11] as number | null) ?? 0;
    this.cellName[row] = (values[12] as number | null) ?? 0;
    if ((values[11] ?? 0) !== 0) this.hasEnds = true;
    if ((values[12] ?? 0) !== 0) this.hasNames = true;
    this.wording[row] = (values[13] ?? null) === null ? -1 : this.placeOfWording(String(values[13]));
  }

  private placeOfWording(text: string): number {
    const alike = text
      .slice(0, 400)
      .toLowerCase()
      .replace(/\d+/g, '#')
      .replace(/[^a-z#]+/g, ' ')
      .trim()
      .slice(0, 160);
    if (alike === '') return -1;
    let place = this.wordingPlaces.get(alike);
    if (place === undefined) {
      if (this.wordings.length >= mostWordings) return -1;
      place = this.wordings.length;
      this.wordings.push(text.slice(0, 200));
      this.wordingPlaces.set(alike, place);
    }
    return place;
  }

  private grow(): void {
    const size = Math.max(1024, this.id.length * 2);
    const larger = <Kind extends Column>(column: Kind, next: Kind): Kind => {
      next.set(column);
      return next;
    };
    for (const name of ['id', 'evidence', 'start', 'a', 'b', 'imei', 'imsi'] as const)
      this[name] = larger(this[name], new Float64Array(size));
    for (const name of [
      'type',
      'direction',
      'duration',
      'cellStart',
      'cellEnd',
      'cellName',
      'wording',
    ] as const)
      this[name] = larger(this[name], new Int32Array(size));
  }
}

/** First fourteen digits of an IMEI (the last is a check digit, often 0 or missing in call data); 0 where it is none. */
function handsetOf(value: number | string | null): number {
  if (value === null) return 0;
  if (typeof value === 'number') return plausible(Math.floor(value / 10));
  const digits = value.replace(/\D/g, '');
  return digits.length >= 14 && digits.length <= 16 ? plausible(Number(digits.slice(0, 14))) : 0;
}

/** All nines, all ones or nearly nothing: a filler and no handset. */
function plausible(digits: number): number {
  // By a division: the remainder of numbers so large takes as long as the rest of a row.
  const ones = 11_111_111_111_111;
  return digits < 1e9 || Math.floor(digits / ones) * ones === digits ? 0 : digits;
}

function digitsOf(value: number | string | null): number {
  if (value === null) return 0;
  if (typeof value === 'number') return value;
  const digits = value.replace(/\D/g, '');
  return digits.length >= 14 && digits.length <= 15 ? Number(digits) : 0;
}

/** Place of the sheet of a row; `hint` is that of the row before. */
export function sheetAt({ sheetEnds, evidence }: CallColumns, row: number, hint: number): number {
  const id = evidence[row] ?? 0;
  const isAt = (place: number) =>
    id <= (sheetEnds[place] ?? Number.POSITIVE_INFINITY) && (place === 0 || id > (sheetEnds[place - 1] ?? 0));
  if (isAt(hint)) return hint;
  let [low, high] = [0, sheetEnds.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (id <= (sheetEnds[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Rows with the places of their two numbers. */
export interface PartyRows {
  columns: CallColumns;
  order: Uint32Array;
  a: Int32Array;
  b: Int32Array;
  /** 0 unknown, 1 out, 2 in. */
  direction: Uint8Array;
  /** How many phones there are. */
  phones: number;
}

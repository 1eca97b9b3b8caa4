/**
 * The plan as the readiness rules see it: plain rows under their references, nothing of the database.
 * `null` is a blank. References are the product's own ('PRM-3').
 */
export interface PlanFacts {
  today: string;
  /** Local date and time, ISO: what the periods of hours are measured against. */
  now: string;
  operation: Row;
  people: Row[];
  premises: Row[];
  warrants: Row[];
  targets: Row[];
  teams: Row[];
  officers: Row[];
  safeguarding: Row[];
  referrals: Row[];
  /**
   * Every item, without its text: grade, conditions, old grade, dates, subjects, and in `about` the
   * references of the records that it is linked to.
   */
  intelligence: Row[];
  lines: Row[];
  seizures: Row[];
  results: Row[];
  arrests: Row[];
  actions: Row[];
  /** `{ ref, record, sheet, withdrawn }`: the plan's `ref` rests on `record`, which a later issue of a sheet changed. */
  refreshed?: Row[];
}

export interface Row {
  ref: string;
  [field: string]: unknown;
}

export interface ReadinessFinding {
  rule: string;
  severity: 'blocker' | 'warning' | 'note';
  /** The records it is about, the one to mend first. */
  refs: string[];
  /** Field of the first record that mends it. */
  field?: string;
  message: string;
  mend: string;
}

export interface ReadinessRule {
  /** `<area>.<what is wrong>`: stable, printed by `check --rules`. */
  rule: string;
  severity: ReadinessFinding['severity'];
  /** Why it matters, with the source of the rule. */
  why: string;
  source: string;
  check: (plan: PlanFacts) => Omit<ReadinessFinding, 'rule' | 'severity'>[];
}

/** The text of a field, trimmed; '' for a blank. */
export function textOf(row: Row | undefined, field: string): string {
  const value = row?.[field];
  if (typeof value === 'string') return value.trim();
  return value === null || value === undefined ? '' : String(value).trim();
}

/** A target or a warrant that the day still counts on. */
export const isPlanned = (row: Row): boolean =>
  !['dropped', 'deferred', 'refused', 'cancelled', 'returned', 'unexecuted'].includes(textOf(row, 'status'));

/** References of a `refs` field. */
export function refsOf(row: Row, field: string): string[] {
  return textOf(row, field)
    .split(',')
    .map((ref) => ref.trim())
    .filter((ref) => ref !== '');
}

/** Says yes, or how many: '2 children', 'yes', 'y (7, 9)'. 'no', 'none', '0' and 'not known' do not. */
export function saysPresent(text: string): boolean {
  const plain = text.trim().toLowerCase();
  if (plain === '') return false;
  return !/^(n|no|none|nil|0|false|not? known|unknown|n\/?a|n\/?k|-|to be assessed|tbc)\b/.test(plain);
}

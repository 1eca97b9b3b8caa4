/** What evidence is worth by its grade and its age. Pure. */
import type { Weights } from '../../reference/priorityWeights.ts';
import { daysBetween, isIsoDate } from '../calendar.ts';

/** `false`: suspected to be false, worth nothing whatever the weights. `analyst`: entered by hand. */
export type GradeClass = 'analyst' | 'strong' | 'middle' | 'weak' | 'none' | 'false';

/** The class of a 3x5x2 grade (domain facts 1.1, 1.2); an old or unread one counts as none. */
export function gradeClassOf(grade: string | null): GradeClass {
  const parts = /^([1-3])([A-E])/.exec(grade ?? '');
  if (!parts) return 'none';
  const [, source, assessment] = parts;
  if (assessment === 'E') return 'false';
  if (source === '3' || assessment === 'D') return 'weak';
  return source === '1' && (assessment === 'A' || assessment === 'B') ? 'strong' : 'middle';
}

/** 0 to 1. */
export function worthOfClass(grade: GradeClass, weights: Weights): number {
  if (grade === 'false') return 0;
  if (grade === 'analyst') return 1;
  const percent = {
    strong: weights.gradeStrong,
    middle: weights.gradeMiddle,
    weak: weights.gradeWeak,
    none: weights.gradeNone,
  }[grade];
  return percent / 100;
}

/** 1 for today, half after every `recencyDays`; half without a date. A day that is still to come counts as today. */
export function worthOfAge(date: string | null, today: string, weights: Weights): number {
  const day = date?.slice(0, 10) ?? '';
  if (!isIsoDate(day)) return 0.5;
  return 0.5 ** (Math.max(0, daysBetween(day, today)) / weights.recencyDays);
}

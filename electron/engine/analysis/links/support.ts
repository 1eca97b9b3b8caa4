/** What a record or a link rests on: how many rows of evidence, and how those are graded. */
export interface Support {
  rows: number;
  grades: Set<string>;
}

export function addRow(known: Support | undefined, grade: string | null): Support {
  const support = known ?? { rows: 0, grades: new Set() };
  support.rows += 1;
  if (grade !== null) support.grades.add(grade);
  return support;
}

/** Whether a report that is known directly or corroborated (A, B) says so: 3x5x2, domain facts 1.2. */
export const isConfirmed = ({ grades }: Support): boolean =>
  [...grades].some((grade) => /^[12][AB]/.test(grade));

/**
 * Whether a free text states a fact, an assessment or a comment (DPA 2018 s.38(2): facts are kept apart from personal
 * assessments). A row keeps it for its texts as `grounds: assessment, note: fact`. Pure.
 */
export const textBases = ['fact', 'assessment', 'comment'] as const;
export type TextBasis = (typeof textBases)[number];

const isBasis = (text: string): text is TextBasis => (textBases as readonly string[]).includes(text);

/** The basis of each text by its field; what cannot be read is left out. */
export function readTextBases(stored: string): Map<string, TextBasis> {
  return new Map(
    stored.split(/[,;]/).flatMap((part): [string, TextBasis][] => {
      const [field = '', basis = ''] = part.split(/[:=]/).map((word) => word.trim());
      const known = basis.toLowerCase();
      return field !== '' && isBasis(known) ? [[field, known]] : [];
    }),
  );
}

/** The stored form with the basis of one text set, or taken away by null. '' when none is left. */
export function withTextBasis(stored: string, field: string, basis: TextBasis | null): string {
  const bases = readTextBases(stored);
  bases.delete(field);
  if (basis) bases.set(field, basis);
  return [...bases].map(([name, each]) => `${name}: ${each}`).join(', ');
}

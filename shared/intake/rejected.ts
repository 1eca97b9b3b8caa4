/**
 * The workbook of rejected rows: written by an export, mended by a person, imported again. What is written here
 * is what the import recognises.
 */

/** Columns that stand before the original ones; they are left aside when the workbook is imported. */
export const rejectedHeadings = ['Row in the source', 'Why it was rejected'] as const;

/** The line above the headings. `kind` says as what the rows are read again. */
export function rejectedTitle(importRef: string, place: string, kind: string): string {
  return `Rejected rows of ${importRef}: ${place}. To be read again as kind "${kind}". Mend the cells and import this file.`;
}

/** The kind that a title line names, or null when the text is none. */
export function kindOfRejectedTitle(text: string): string | null {
  return (
    /^Rejected rows of IMP-[A-Z]{0,2}\d+: .*\. To be read again as kind "([a-z]+)"\./s.exec(text)?.[1] ?? null
  );
}

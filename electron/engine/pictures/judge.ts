/** What of a picture may leave: the picture whole, or its table without the rows that tell of what stays. */
import type { PictureTable } from '../../../shared/contract/areas/pictures.ts';
import { grids, makeRef, parseRef } from '../../../shared/grid/grids.ts';
import { formatPhone } from '../../../shared/packs/format.ts';
import { listNameForms } from '../../../shared/packs/nameForms.ts';
import { foldWords, makeReplacer, type WordPattern } from '../../../shared/packs/wordMatcher.ts';
import { readEvidenceLinks } from '../analysis/links/readLinks.ts';
import type { ReadDatabase } from '../database/connection.ts';
import type { WithheldItems } from '../exports/withheldItems.ts';
import { labelsOf, type Shown } from './shown.ts';

export interface Judged {
  /** Everything that the picture shows may leave: it may go as it is, for no part of it can be taken out. */
  readonly whole: boolean;
  readonly table: PictureTable;
  /** Rows of the table that were taken out. */
  readonly dropped: number;
}

/**
 * Judges a picture by its records, those that they or its table name as well, and the links between them: a line that rests on
 * withheld intelligence alone tells of that intelligence as much as the item does.
 */
export function judgePicture(
  database: ReadDatabase,
  picture: { shown: readonly Shown[]; table: PictureTable },
  held: Pick<WithheldItems, 'refs' | 'evidence'>,
): Judged {
  const { table } = picture;
  const labels = new Map([
    ...picture.shown.map(([ref, label]) => [ref, label] as const),
    ...labelsOf(
      database,
      picture.shown.flatMap(([, , said]) => said.filter(isReference)),
    ),
    ...labelsOf(database, table.rows.flat().flatMap(refsOfText)),
  ]);
  const hidden = new Set([...labels.keys()].filter((ref) => held.refs.has(ref)));
  const links = hiddenLinks(database, labels, held.evidence);
  if (hidden.size === 0 && links.length === 0) return { whole: true, table, dropped: 0 };
  const now = labelsOf(database, [...labels.keys()]);
  const named = makeNamer(
    [...new Set([...hidden, ...links.flat()])].map((ref) => [ref, [labels.get(ref), now.get(ref)]]),
  );
  const rows = table.rows.filter((row) => {
    const refs = new Set(row.flatMap(named));
    return ![...refs].some((ref) => hidden.has(ref)) && !links.some(([a, b]) => refs.has(a) && refs.has(b));
  });
  return { whole: false, table: { ...table, rows }, dropped: table.rows.length - rows.length };
}

const isReference = (text: string) => parseRef(text) !== null;

/** Not within a longer number of somebody else's, such as `FE-INT-26/1215`. */
const refForm = /(?<![\w/-])[A-Za-z]{2,5}-[A-Za-z]{0,2}\d{1,9}(?![\w/-])/g;

const refsOfText = (text: string): string[] =>
  (text.match(refForm) ?? []).flatMap((word) => {
    const found = parseRef(word);
    return found ? [makeRef(found.grid.name, found.id)] : [];
  });

/** Links between two of the records that no row of evidence but withheld ones speaks of. */
function hiddenLinks(
  database: ReadDatabase,
  labels: ReadonlyMap<string, string>,
  withheld: ReadonlySet<number>,
): [string, string][] {
  if (withheld.size === 0) return [];
  return readEvidenceLinks(database).flatMap(({ from, to, evidence }): [string, string][] =>
    labels.has(from) && labels.has(to) && evidence.every((row) => withheld.has(row)) ? [[from, to]] : [],
  );
}

/** Which of these records a text names, by reference or as they are called. */
function makeNamer(
  records: readonly [ref: string, labels: readonly (string | undefined)[]][],
): (text: string) => string[] {
  const byWords = new Map<string, Set<string>>();
  for (const [ref, labels] of records) {
    const written = labels.flatMap((label) => (label === undefined ? [] : [label, formatPhone(label)]));
    const names = labels.filter((label) => label !== undefined);
    const forms = [
      ...written.map(foldWords),
      // A table may write a name the other way round.
      ...(ref.startsWith(grids.people.prefix) ? listNameForms(names).full : []),
    ];
    for (const form of forms) {
      const words = form.join(' ');
      if (words.length < 3) continue;
      byWords.set(words, (byWords.get(words) ?? new Set()).add(ref));
    }
  }
  const patterns = [...byWords].map(
    ([words, refs]): WordPattern<string> => ({
      words: words.split(' '),
      token: '',
      reason: [...refs].join(','),
    }),
  );
  const replace = makeReplacer(patterns);
  return (text) => [...refsOfText(text), ...replace(text).reasons.flatMap((refs) => refs.split(','))];
}

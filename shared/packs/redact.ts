import { isCommonWord, listNameForms } from './nameForms.ts';
import type { PackData, PictureRow, SourceEntry, WithheldCount, WithheldReason } from './packData.ts';
import { type PackSpec, sectionIds } from './packSpec.ts';
import { countWithheld, crimestoppersToken, splitAtCrimestoppers } from './release.ts';
import { foldWords, makeReplacer, type WordPattern } from './wordMatcher.ts';

/** A person whom an audience may not be allowed to know by name. */
export interface ProtectedPerson {
  readonly ref: string;
  /** The name and every other name, as written. */
  readonly names: readonly string[];
  readonly child: boolean;
  readonly victim: boolean;
}

/** What the workspace holds that a pack may not, or may not for its audience. */
export interface PackSecrets {
  readonly people: readonly ProtectedPerson[];
  /** Names that may stand: people and officers of the pack who are neither children nor victims. */
  readonly openNames: readonly string[];
  /** Addresses of the pack, in which a word that is also a surname stays. */
  readonly openAddresses: readonly string[];
  /** Names of the operation and of its lines, which may be called after somebody and stand all the same. */
  readonly openPhrases: readonly string[];
  /** For a pack of one team: what only the other teams may know. */
  readonly otherTeams: { readonly addresses: readonly string[]; readonly names: readonly string[] };
  /** References of sources and of Crimestoppers reports, as written in restricted fields. */
  readonly sourceReferences: readonly string[];
  /** Whole values of the fields that say who reported, who may not be named for it. */
  readonly reporters: readonly string[];
  readonly provenance: readonly string[];
}

/** What of the secrets no audience may have. */
export type SourceSecrets = Pick<PackSecrets, 'sourceReferences' | 'reporters' | 'provenance'>;

type Pattern = WordPattern<WithheldReason>;
type Naming = PackSpec['naming']['children'];

/** Fields that hold references of the product and words of its own, which are nobody's name. */
const ownFields: ReadonlySet<string> = new Set([
  'ref',
  'personRef',
  'premisesRef',
  'photograph',
  'photographs',
  'grade',
  'handling',
  'sha256',
  'sign',
  'form',
  'rule',
  'severity',
  'section',
  'field',
  'id',
  'takenOn',
  'image',
]);

/** Fields whose cells name a person, however they are written. */
const namingFields: ReadonlySet<string> = new Set([
  'name',
  'aliases',
  'subject',
  'subscriber',
  'keeper',
  'dateOfBirth',
  'pncId',
  'cro',
]);

/** Words of the longest name of a line that is taken for one. */
const longestPhrase = 4;

/** What else tells who a person without a name is; printed as `[withheld]`, or not at all. */
const tellingFields = ['dateOfBirth', 'pncId', 'cro'] as const;
const withheldWord = '[withheld]';

/**
 * The pack as its audience may have it. Children and victims are named as the spec says, in every field:
 * name, alias, surname or forename alone, in any order and spelling of case and accent; with the name go
 * photograph, date of birth and identifiers. A team's pack names no address and no target that is only
 * another team's. Source references, reporters and provenance notes that stand in other fields are taken
 * out for every audience (domain facts 1.7, 5.9).
 *
 * Nothing is changed silently: each replacement stands in brackets and is counted by its reason. A word that
 * is also the name of somebody whom the pack may name stays where it stands alone (design).
 */
export function redactPack(
  data: PackData,
  secrets: PackSecrets,
): { data: PackData; withheld: readonly WithheldCount[] } {
  const counts = new Map<WithheldReason, number>();
  const count = (reason: WithheldReason) => counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const replace = makeReplacer(listPatterns(data.spec, secrets));
  const redactText = (text: string): string => {
    // Piece by piece, so that no name is looked for within the words that replace.
    const pieces = splitAtCrimestoppers(text);
    for (let each = 1; each < pieces.length; each += 1) count('restricted');
    return pieces
      .map((piece) => {
        const { text: printed, reasons } = replace(piece);
        for (const reason of reasons) count(reason);
        return printed;
      })
      .join(crimestoppersToken);
  };
  const redactValue = (value: unknown, field: string): unknown => {
    if (ownFields.has(field)) return value;
    if (typeof value === 'string') return redactText(value);
    if (Array.isArray(value)) return value.map((each) => redactValue(each, ''));
    if (value === null || typeof value !== 'object') return value;
    return redactRecord(value as Readonly<Record<string, unknown>>);
  };
  const redactRecord = (record: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(record).map(([field, value]) => [field, redactValue(value, field)]));
  const hidden = new Set<string>();
  const redactRow = (row: Readonly<Record<string, unknown>>): Record<string, unknown> => {
    const printed = redactRecord(row);
    if (typeof row.name !== 'string' || !hidesPerson(row.name, replace(row.name).reasons)) return printed;
    for (const field of tellingFields) {
      if (typeof row[field] !== 'string') continue;
      printed[field] = withheldWord;
      count(reasonOf(replace(row.name).reasons));
    }
    if (typeof row.photograph === 'string') {
      if (!hidden.has(row.photograph)) count(reasonOf(replace(row.name).reasons));
      hidden.add(row.photograph);
      printed.photograph = null;
      printed.photographDate = null;
    }
    return printed;
  };
  const redactRows = <Row>(rows: readonly Row[]): Row[] =>
    rows.map((row) => redactRow(row as Readonly<Record<string, unknown>>) as Row);

  const shutRefs = new Set(
    secrets.people.flatMap((person) => (namingOf(data.spec, person) === 'named' ? [] : [person.ref])),
  );
  // Of what the pixels say, which is not printed as words: looked at, not counted.
  const takesOut = (text: string) =>
    splitAtCrimestoppers(text).length > 1 || replace(text).reasons.length > 0;
  const redactPicture = (row: PictureRow): PictureRow => {
    const printed = redactRecord({ ...row, shown: [] }) as unknown as PictureRow;
    const tells =
      row.shown.some(({ ref, label, said }) =>
        [ref, label, ...said].some((text) => shutRefs.has(text) || takesOut(text)),
      ) ||
      JSON.stringify([row.title, row.headings, row.rows]) !==
        JSON.stringify([printed.title, printed.headings, printed.rows]);
    const isHidden = tells && row.image !== null;
    if (isHidden) {
      hidden.add(row.image);
      count('picture left out');
    }
    return {
      ...printed,
      rows: row.rows.map((cells, place) => hideTelling(cells, printed.rows[place] ?? [], replace, count)),
      ...(isHidden ? { image: null, leftOut: pictureLeftOut } : {}),
    };
  };
  const rows = Object.fromEntries(
    sectionIds.map((id) => [
      id,
      id === 'pictures' ? data.pictures.map(redactPicture) : redactRows<unknown>(data[id]),
    ]),
  );
  const result: PackData = {
    ...data,
    ...rows,
    header: {
      ...data.header,
      reason: redactText(data.header.reason),
      force: data.header.force === null ? null : redactText(data.header.force),
    },
    forms: redactRows(data.forms),
    changes: data.changes === null ? null : { ...data.changes, rows: redactRows(data.changes.rows) },
    findings: redactRows(data.findings),
    sources: data.sources,
    photographs: redactRows(data.photographs.filter(({ id }) => !hidden.has(id))),
  };
  const sources = redactSources(data, result, redactText, count);
  return { data: { ...result, sources }, withheld: countWithheld(counts) };
}

/** Said where a picture stays out: nothing can be taken out of a part of it. */
export const pictureLeftOut = 'It shows what these readers may not have. Its table stands without that.';

/**
 * A row of a picture's table. Where it names somebody whom the readers may not know by name, what else could tell who
 * that is goes as well: every cell with a figure in it, be it a date, a number or a reference.
 */
function hideTelling(
  before: readonly string[],
  after: readonly string[],
  replace: (text: string) => { readonly reasons: readonly WithheldReason[] },
  count: (reason: WithheldReason) => void,
): string[] {
  const reasons = before.flatMap((cell) => replace(cell).reasons);
  if (!hidesPerson('row', reasons)) return [...after];
  return after.map((cell, place) => {
    if (cell !== before[place] || !/\p{N}/u.test(cell)) return cell;
    count(reasonOf(reasons));
    return withheldWord;
  });
}

/**
 * Takes what says who a source is out of texts that leave otherwise than in a pack: references of sources and of
 * Crimestoppers reports, reporters, provenance notes. `taken` counts the replacements, each in brackets.
 */
export function makeSourceRedactor(
  secrets: SourceSecrets,
): (text: string) => { text: string; taken: number } {
  const replace = makeReplacer(sourcePatterns(secrets));
  return (text) => {
    const pieces = splitAtCrimestoppers(text).map(replace);
    return {
      text: pieces.map((piece) => piece.text).join(crimestoppersToken),
      taken: pieces.reduce((sum, { reasons }) => sum + reasons.length, pieces.length - 1),
    };
  };
}

/**
 * Raw cells: where the printed value was changed, the cell goes whole when it tells who a person is, or when nothing
 * in it was recognised: it may be written otherwise than the value.
 */
function redactSources(
  before: PackData,
  after: PackData,
  redactText: (text: string) => string,
  count: (reason: WithheldReason) => void,
): SourceEntry[] {
  if (before.sources.length === 0) return [];
  const changed = listChanged(before, after);
  return before.sources.map((entry) => {
    const reason = changed.get(`${entry.section} ${entry.ref} ${entry.field}`);
    const value = entry.value === null ? null : redactText(entry.value);
    const isWhole = reason !== undefined && entry.raw !== '' && (value === null || value !== entry.value);
    const raw = isWhole && namingFields.has(entry.field) ? entry.raw : redactText(entry.raw);
    const isHidden = isWhole && raw === entry.raw;
    if (isHidden) count(reason);
    return {
      ...entry,
      value,
      raw: isHidden ? '[cell withheld]' : raw,
      file: redactText(entry.file),
      sheet: entry.sheet === null ? null : redactText(entry.sheet),
      column: entry.column === null ? null : redactText(entry.column),
    };
  });
}

/** Fields of the pack that are printed otherwise than they were collected, and why. */
function listChanged(before: PackData, after: PackData): ReadonlyMap<string, WithheldReason> {
  const changed = new Map<string, WithheldReason>();
  for (const id of sectionIds) {
    for (const [place, row] of before[id].entries()) {
      const printed = after[id][place] as unknown as Readonly<Record<string, unknown>>;
      for (const [field, value] of Object.entries(row)) {
        if (value === printed[field]) continue;
        const text = JSON.stringify(printed[field]);
        if (JSON.stringify(value) !== text) changed.set(`${id} ${row.ref} ${field}`, signOf(text));
      }
    }
  }
  return changed;
}

/** Which reason the signs in a printed value stand for. */
function signOf(text: string): WithheldReason {
  if (text.includes("[another team's ")) return 'other team';
  if (/\[(?:source reference|reporting officer|provenance|Crimestoppers)/.test(text)) return 'restricted';
  return text.includes('[victim ') ? 'victim' : 'child';
}

const hidesPerson = (name: string, reasons: readonly WithheldReason[]): boolean =>
  name !== '' && reasons.some((reason) => reason === 'child' || reason === 'victim');

const reasonOf = (reasons: readonly WithheldReason[]): WithheldReason =>
  reasons.includes('child') ? 'child' : 'victim';

function listPatterns(spec: PackSpec, secrets: PackSecrets): Pattern[] {
  const patterns: Pattern[] = [];
  const shut = secrets.people.flatMap((person) => {
    const naming = namingOf(spec, person);
    return naming === 'named' ? [] : [{ person, naming }];
  });
  const shutRefs = new Set(shut.map(({ person }) => person.ref));
  const foreign = new Set(
    listNameForms(spec.scope === 'team' ? secrets.otherTeams.names : []).full.map((words) => words.join(' ')),
  );
  const isForeign = (name: string) =>
    listNameForms([name]).full.some((words) => foreign.has(words.join(' ')));
  const openPeople = [
    ...secrets.openNames,
    ...secrets.people
      .flatMap(({ ref, names }) => (shutRefs.has(ref) ? [] : names))
      .filter((name) => foreign.size === 0 || !isForeign(name)),
  ];
  const openForms = listNameForms(openPeople);
  const openWords = new Set([...openForms.full, ...openForms.lone].flat());
  const places = secrets.openAddresses.flatMap(addressForms);
  const phrases = secrets.openPhrases.map(foldWords).filter(({ length }) => length <= longestPhrase);
  const letters = { child: 0, victim: 0 };
  for (const { person, naming } of shut) {
    const reason = person.child ? 'child' : 'victim';
    const forms = listNameForms(person.names);
    if (forms.full.length + forms.lone.length === 0) continue;
    letters[reason] += 1;
    const token =
      naming === 'initials' && forms.initials !== ''
        ? `[${forms.initials}]`
        : `[${reason} ${letterOf(letters[reason])}]`;
    patterns.push(...namePatterns(forms, openWords, token, reason));
  }
  patterns.push(...sourcePatterns(secrets));
  // What holds a whole name or a reference is no shelter for it.
  const shelter = (shelters: readonly (readonly string[])[]) => {
    const holdsSecret = makeReplacer(
      patterns.filter(({ words, token }) => token !== null && words.length > 1),
    );
    for (const words of shelters)
      if (words.length > 1 && holdsSecret(words.join(' ')).reasons.length === 0)
        patterns.push({ words, token: null, reason: null });
  };
  shelter([...openForms.full, ...places]);
  if (spec.scope === 'team') {
    const own = new Set([...places, ...openForms.full].map((words) => words.join(' ')));
    const ownWords = new Set([...openWords, ...phrases.flat()]);
    const others = [
      ...secrets.otherTeams.addresses
        .flatMap(addressForms)
        .map((words): Pattern => ({ words, token: "[another team's address]", reason: 'other team' })),
      ...secrets.otherTeams.names.flatMap((name) =>
        namePatterns(listNameForms([name]), ownWords, "[another team's target]", 'other team'),
      ),
    ];
    patterns.push(...others.filter(({ words }) => !own.has(words.join(' '))));
  }
  shelter(phrases);
  return patterns;
}

/** What says who a source is, or who reported, for every audience. */
function sourcePatterns(secrets: SourceSecrets): Pattern[] {
  const patterns: Pattern[] = [];
  const restricted: [readonly string[], string][] = [
    [secrets.sourceReferences, '[source reference]'],
    [secrets.reporters, '[reporting officer]'],
    [secrets.provenance, '[provenance]'],
  ];
  for (const [texts, token] of restricted) {
    for (const text of texts) {
      const words = foldWords(text);
      if (isTelling(words)) patterns.push({ words, token, reason: 'restricted' });
      const glued = words.join('');
      if (words.length > 1 && words.length < 6 && isTelling([glued]))
        patterns.push({ words: foldWords(glued), token, reason: 'restricted' });
    }
  }
  return patterns;
}

/** The stricter of the two rules where a person is both child and victim. */
function namingOf(spec: PackSpec, person: ProtectedPerson): Naming {
  const rank: readonly Naming[] = ['named', 'initials', 'withheld'];
  const children = person.child ? rank.indexOf(spec.naming.children) : 0;
  const victims = person.victim ? rank.indexOf(spec.naming.victims) : 0;
  return rank[Math.max(children, victims)] ?? 'withheld';
}

function namePatterns(
  forms: ReturnType<typeof listNameForms>,
  openWords: ReadonlySet<string>,
  token: string,
  reason: WithheldReason,
): Pattern[] {
  return [
    ...forms.full.map((words) => ({ words, token, reason })),
    ...forms.lone
      .filter((words) => !words.every((word) => openWords.has(word)))
      .map((words) => ({ words, token, reason, capitalOnly: isCommonWord(words) })),
  ];
}

/** An address as a text may write it: its first line, the flat's number with the street, and its postcode. */
function addressForms(address: string): string[][] {
  const parts = address
    .split(/[,\r\n]+/)
    .map(foldWords)
    .filter((words) => words.length > 0);
  const forms: string[][] = [parts.flat()];
  for (const [place, words] of parts.entries()) {
    // A house number and a street; a name of a house needs what follows it.
    if (words.length >= 2 && hasNumber(words) && !unitWords.has(words[0] ?? '')) forms.push(words);
    const next = parts[place + 1];
    if (next !== undefined && hasNumber([...words, ...next])) forms.push([...words, ...next]);
  }
  const postcode = /\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b/i.exec(address);
  if (postcode !== null) {
    forms.push(foldWords(`${postcode[1]} ${postcode[2]}`), foldWords(`${postcode[1]}${postcode[2]}`));
  }
  return forms.filter((words) => words.length >= 2);
}

const unitWords = new Set(['flat', 'unit', 'room', 'apartment', 'apt', 'floor', 'plot', 'studio']);

const hasNumber = (words: readonly string[]) => words.some((word) => /^\d+$/.test(word));

/** Long enough, or with a digit, so that no common word is taken for a secret. */
function isTelling(words: readonly string[]): boolean {
  const joined = words.join('');
  return joined.length >= 4 && (/\d/.test(joined) || words.length >= 3);
}

/** A, B … Z, AA, AB … */
function letterOf(number: number): string {
  const rest = (number - 1) % 26;
  const before = Math.floor((number - 1) / 26);
  return `${before === 0 ? '' : letterOf(before)}${String.fromCharCode(65 + rest)}`;
}

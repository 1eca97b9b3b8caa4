import { cleanName } from '../domain/names.ts';
import { foldWords } from './wordMatcher.ts';

/** The ways in which a text may write one person's name, as folded words. */
export interface NameForms {
  /** Two words or more, and words run together: nobody else is meant. */
  readonly full: readonly (readonly string[])[];
  /** A surname, forename or street name that stands alone: somebody else may be meant. */
  readonly lone: readonly (readonly string[])[];
  /** `B.C.`; '' when there is no name. */
  readonly initials: string;
}

/** Names that are also words: taken for a name only where written with a capital. */
const commonWords = new Set(
  `able angel april art august autumn bay beau bell best bill bird blaze blue bob bond boss bow brook brown buck bud bush
  carol chance chase chip christian church clay close cliff cook cross dale dawn day dean dear do drew duke earl east ever
  faith farmer field fish fisher flint ford forest fox frank gale game gay gene glen gold good grace grant gray green guy
  hall hart harry hay heath heather hill holly home hope house hunt hunter iris ivy jack jade jay jet joy june king knight
  lake lamb lane law lee light lily little long lord love low mark marsh mason may mercy mike mill miller miles mist moon
  moss neat nick noble north oak olive page park parker peace penny pepper pike pitt poppy porter price prince queen
  rain ray red reed rich rick rob robin rock rose rowan ruby rusty sage sally sandy savage scarlet sharp sky smiley
  smoke snow south star stone storm street strong sue summer sun sunny tanner taylor temple tiny trip tucker tyler vale
  van victor violet walker wall ward water weather web wells west white wild will winter wise wolf wood woods worth
  ace ash bam bat bug cat col cub dash dee del dog dot fats fin gem guv jet kit lol mal owl pat pet pip pub rat ree sam tan
  tel van vic big old new red tall slim chef doc duke smiler ginger spider tank turbo shorty
  young major minor junior child children adult male female man boy girl baby police officer target subject`.split(
    /\s+/,
  ),
);

/** True when a lone word is taken for a name only with a capital. */
export const isCommonWord = (words: readonly string[]): boolean =>
  words.length === 1 && (commonWords.has(words[0] ?? '') || (words[0] ?? '').length < 3);

/** The forms of a name with its other names. `Unknown male` and the like have none. */
export function listNameForms(names: readonly string[]): NameForms {
  const full = new Map<string, readonly string[]>();
  const lone = new Map<string, readonly string[]>();
  const add = (words: readonly string[]) => {
    if (words.length === 0) return;
    (words.length > 1 ? full : lone).set(words.join(' '), words);
  };
  const addGlued = (words: readonly string[]) => {
    if (words.length > 1) full.set(words.join(''), [words.join('')]);
  };
  let initials = '';
  for (const name of names.flatMap(splitNames)) {
    const { value, flag } = cleanName(name);
    if (value === null || flag?.code === 'name.unknown' || flag?.code === 'name.title-only') continue;
    const forenames = value.forenames
      .split(/\s+/)
      .map(foldWords)
      .filter((words) => words.length > 0);
    const surname = foldWords(value.surname);
    const [first = []] = forenames;
    const initial = (first[0] ?? '').slice(0, 1);
    if (initials === '')
      initials = [
        ...forenames.map(([word = '']) => word),
        foldWords(value.surname.split(/\s+/).at(-1) ?? '')[0] ?? '',
      ]
        .filter((word) => word !== '')
        .map((word) => `${word.slice(0, 1).toUpperCase()}.`)
        .join('');
    add(foldWords(name));
    add([...forenames.flat(), ...surname]);
    add([...surname, ...forenames.flat()]);
    if (first.length > 0 && surname.length > 0) {
      for (const words of [
        [...first, ...surname],
        [...surname, ...first],
      ]) {
        add(words);
        addGlued(words);
      }
      if (initial !== '') {
        add([initial, ...surname]);
        add([...surname, initial]);
      }
    }
    for (const forename of forenames) lone.set(forename.join(' '), forename);
    if (surname.length > 0) {
      lone.set(surname.join(' '), surname);
      addGlued(surname);
    }
    for (const alias of value.aliases) {
      const words = foldWords(alias);
      if (words.length > 0) lone.set(words.join(' '), words);
      addGlued(words);
    }
  }
  for (const key of lone.keys()) full.delete(key);
  return { full: [...full.values()], lone: [...lone.values()], initials };
}

/** `John Smith & Jane Brown` as two names; anything else as it stands. */
function splitNames(name: string): string[] {
  if (cleanName(name).flag?.code !== 'name.several') return [name];
  return name.split(/\s*[&;/+|,\r\n]+\s*|\s+and\s+/i).filter((part) => part.trim() !== '');
}

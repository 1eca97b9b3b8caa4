/** Words with a capital that stand in such texts and are nobody's name. */
const plainWords = new Set(
  `a aged all an and any are at baby babies believed born both boy boys by child children confirmed daughter each family father
  female four five girl girls has have his her in infant is it known lives living male monday tuesday wednesday thursday
  friday saturday sunday mother n/a nil no none not nursery of on one only other parent possibly primary school secondary see
  seen sibling siblings six social services care son sons tbc teen teenager teenagers teens the their there three to toddler
  twin twins two under unknown up usually visiting visits weekends with year years yes young youngest oldest january february
  march july september october november december mash nrm police officer pc dc ds dog crimestoppers fe ca`.split(
    /\s+/,
  ),
);

/** Ends of names of places. */
const placeWords = new Set(
  'school primary secondary academy nursery college centre road street lane avenue close court house hospital council farm park'.split(
    ' ',
  ),
);

/**
 * Names in a text that speaks of children, such as `2 children (Poppy 4, Jake 9)`: words with a capital that are
 * no words of the language of such entries. One too many is taken out of a pack rather than one too few (design).
 */
export function findWrittenNames(text: string): string[] {
  const names = text.match(/\p{Lu}[\p{L}\p{M}'’-]+(?:[ \t]+\p{Lu}[\p{L}\p{M}'’-]+)*/gu) ?? [];
  return [
    ...new Set(
      names.flatMap((name) => {
        const all = name.split(/\s+/);
        if (all.length > 1 && all.some((word) => placeWords.has(word.toLowerCase()))) return [];
        const words = all.filter((word) => !plainWords.has(word.toLowerCase()));
        return words.length === 0 ? [] : [words.join(' ')];
      }),
    ),
  ];
}

/**
 * Names with an age under 18 behind them in a text about anybody: `Sarah Holt, Jake (9), Mia aged 4`. An age is
 * taken for one only in brackets or where the text says so.
 */
export function findNamesOfMinors(text: string): string[] {
  const found = text.matchAll(
    /(\p{Lu}[\p{L}\p{M}'’-]+(?:[ \t]+\p{Lu}[\p{L}\p{M}'’-]+)*)[ \t,]*(?:\([ \t]*(?:aged?[ \t]+)?|aged?[ \t]+)(\d{1,2})(?![\d/])/gu,
  );
  return [...found].flatMap(([, name = '', age]) => (Number(age) < 18 ? findWrittenNames(name) : []));
}

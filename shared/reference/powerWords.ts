import { powers } from './powers.ts';

/** Acts by the words that name them, and the key of each of their sections. Longer sections come first. */
const acts: readonly { names: RegExp; sections: readonly [RegExp, string][] }[] = [
  {
    names: /\bpace\b|police and criminal evidence|police & criminal evidence/,
    sections: [
      [/^8(?:1a)?.*\ball premises\b|\ball premises\b/, 'pace-s8-all'],
      [/^8\b/, 'pace-s8'],
      [/^17\b/, 'pace-s17'],
      [/^18\b/, 'pace-s18'],
      [/^32\b/, 'pace-s32'],
    ],
  },
  {
    names: /\bm\s?d\s?a\b|misuse of drugs/,
    sections: [
      [/^23 2\b|stop and search|stop & search/, 'mda-s23-2'],
      [/^23\b/, 'mda-s23-3'],
    ],
  },
  { names: /\btheft\b/, sections: [[/^26\b/, 'theft-s26']] },
  {
    names: /\bpoca\b|proceeds of crime/,
    sections: [
      [/^29[45]\b/, 'poca-s294'],
      [/^289\b/, 'poca-s289'],
    ],
  },
  {
    names: /\bsca\b|serious crime act/,
    sections: [
      [/^52\b/, 'sca-s52'],
      [/^80a\b/, 'ddtro'],
    ],
  },
  { names: /\bpsa\b|psychoactive substances/, sections: [[/./, 'psa-2016']] },
  {
    names: /\basbcpa\b|anti-?social behaviour/,
    sections: [
      [/^76\b/, 'closure-notice'],
      [/^80\b/, 'closure-order'],
    ],
  },
];

/** Words beside a section that name no other Act. */
const fillers =
  /^(?:[\s.,()/-]|\b(?:search|warrants?|premises|entry|entries|single|multi(?:ple)?|specific|drugs?|one|powers?|under|of|the)\b)*$/;

/** Section of the Act of each power that can be named by its section alone: 's23' → 'mda-s23-3'. */
const bySection = new Map(
  powers.flatMap(({ key, also }) =>
    also.filter((words) => /^s\d/.test(words)).map((words) => [words, key] as const),
  ),
);

/**
 * Key of the power that a text names by Act and section in any order, or by a section that only one power
 * of the list has; undefined when it names none. Text of more than 200 characters names none.
 */
export function readPowerWords(text: string): string | undefined {
  if (text.length > 200) return undefined;
  const lower = text
    .toLowerCase()
    .replace(/(?<=\b[a-z])\.(?=[a-z]\b)/g, '')
    .replace(/\b(19|20)\d{2}\b/g, ' ');
  const section =
    /(?:\b(?:section|sect|sec|s)\b|\bs(?=[.\s]*\d))[.\s]*(\d{1,3}[a-z]?)\s*(?:\(?\s*(\d)\s*\)?)?/.exec(lower);
  const act = acts.find(({ names }) => names.test(lower));
  const rest = lower.replace(section?.[0] ?? '\u0000', ' ');
  if (act) {
    const wanted = `${section?.[1] ?? ''}${section?.[2] ? ` ${section[2]}` : ''} ${rest}`;
    return act.sections.find(([pattern]) => pattern.test(wanted))?.[1];
  }
  return section && fillers.test(rest) ? bySection.get(`s${section[1]}`) : undefined;
}

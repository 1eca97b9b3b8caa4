import { findCode } from '../reference/codeLists.ts';
import type { Cleaned } from './cleaned.ts';
import { asRejected, openCell } from './tidy.ts';

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

/**
 * The power that a text names, as a key of `shared/reference/powers.ts`: 's.23(3) M.D.A.', 'Sec 8 PACE
 * 1984', 'MDA s23', 'PACE s8 (all premises)'. s.23 alone means the warrant of s.23(3). Refused:
 * `power.unknown`.
 */
export function parsePower(text: string): Cleaned {
  const cell = openCell(text);
  if (cell.done) return cell.done;
  const code = findCode('power', cell.text);
  if (code !== undefined) return { value: code };
  const lower = cell.text
    .toLowerCase()
    .replace(/(?<=\b[a-z])\.(?=[a-z]\b)/g, '')
    .replace(/\b(19|20)\d{2}\b/g, ' ');
  const section =
    /(?:\b(?:section|sect|sec|s)\b|\bs(?=[.\s]*\d))[.\s]*(\d{1,3}[a-z]?)\s*(?:\(?\s*(\d)\s*\)?)?/.exec(lower);
  const act = acts.find(({ names }) => names.test(lower));
  const rest = lower.replace(section?.[0] ?? '\u0000', ' ');
  if (act) {
    const wanted = `${section?.[1] ?? ''}${section?.[2] ? ` ${section[2]}` : ''} ${rest}`;
    const key = act.sections.find(([pattern]) => pattern.test(wanted))?.[1];
    if (key !== undefined) return { value: key };
  } else if (section?.[1] !== undefined) {
    const key = findCode('power', `s${section[1]}`);
    if (key !== undefined && fillers.test(rest)) return { value: key };
  }
  return asRejected('power.unknown', 'This names no power of the list.');
}

/**
 * How a new passphrase would fare, judged offline against lists of words, names and passwords (zxcvbn), and what is
 * the least that is taken. An estimate of how soon a clever attacker would come to it: never a promise.
 */

import type { Strength } from '../../../shared/contract/areas/users.ts';
import { minimumPassphrase } from '../../../shared/contract/areas/users.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { KdfCost } from '../workspace/kdf.ts';
import { kdfFloor } from '../workspace/kdf.ts';

/** zxcvbn's score (0 to 4) of a new passphrase, at least: what is guessed at once is refused, what is weak is said to be. */
const minimumScore = 1;

/** Machines like this one that the estimate gives to the attacker. */
const machines = 1000;
/** What one try costs there: the time of the floor on an ordinary desktop processor of 2026, measured at 0.16 s. */
const secondsAtFloor = 0.16;

/** The words of zxcvbn's warnings, in ours. */
const warnings = {
  straightRow: 'Rows of keys on the keyboard are tried early.',
  keyPattern: 'Short patterns of keys are tried early.',
  simpleRepeat: 'Repeated characters such as "aaa" add nothing.',
  extendedRepeat: 'Repeated parts such as "abcabc" add nothing.',
  sequences: 'Sequences such as "abc" are tried early.',
  recentYears: 'Recent years are tried early.',
  dates: 'Dates are tried early.',
  topTen: 'This is one of the ten most used passwords.',
  topHundred: 'This is one of the hundred most used passwords.',
  common: 'This is a much used password.',
  similarToCommon: 'This is close to a much used password.',
  wordByItself: 'A single word is tried early.',
  namesByThemselves: 'A single name is tried early.',
  commonNames: 'Common names are tried early.',
  userInputs: 'It holds a name of this workspace, its users or its operation: those are tried first.',
  pwned: 'This password is in published lists.',
};
/** Weak, and among what attackers have in their lists or know of the operation: refused too. */
const listed: ReadonlySet<string | null> = new Set([
  warnings.topTen,
  warnings.topHundred,
  warnings.common,
  warnings.similarToCommon,
  warnings.userInputs,
]);
const weakest = 2;
const suggestions = {
  l33t: 'Signs in place of letters, such as @ for a, add little.',
  reverseWords: 'Words written backwards add little.',
  allUppercase: 'Capitals throughout add little.',
  capitalization: 'A capital at the start adds little.',
  dates: 'Leave out dates and years that have to do with you.',
  recentYears: 'Leave out recent years.',
  associatedYears: 'Leave out years that have to do with you.',
  sequences: 'Leave out sequences of characters.',
  repeated: 'Leave out repeated words and characters.',
  longerKeyboardPattern: 'Leave out patterns of keys.',
  anotherWord: 'Add one or two unrelated words that are not common.',
  useWords: 'Use several words that do not belong together, and no quotation.',
  noNeed: 'Signs, digits and capitals are not needed: length is.',
  pwned: 'Use a passphrase that is used nowhere else.',
};

type Estimator = { check(passphrase: string, inputs: string[]): Estimate };
interface Estimate {
  score: number;
  guessesLog10: number;
  feedback: { warning: string | null; suggestions: string[] };
}

let loading: Promise<Estimator> | undefined;

/** The lists take a tenth of a second to read, so they are read when somebody first needs them. */
function loadEstimator(): Promise<Estimator> {
  loading ??= (async () => {
    const [core, common, english] = await Promise.all([
      import('@zxcvbn-ts/core'),
      import('@zxcvbn-ts/language-common'),
      import('@zxcvbn-ts/language-en'),
    ]);
    const { ZxcvbnFactory } = inside(core);
    const words = inside(english);
    return new ZxcvbnFactory({
      dictionary: { ...inside(common).dictionary, ...words.dictionary },
      graphs: inside(common).adjacencyGraphs,
      translations: { ...words.translations, warnings, suggestions },
    }) as Estimator;
  })();
  return loading;
}

/** Under Node these packages are CommonJS within `default`; a bundler gives their names directly. */
function inside<Module extends object>(module: Module): Module {
  return 'default' in module ? (module.default as Module) : module;
}

/**
 * Judges a passphrase. `known` are words that an attacker would try first: names of the workspace, its operation and
 * its users. `cost` is what one try costs.
 */
export async function judgePassphrase(
  passphrase: string,
  known: readonly string[],
  cost: KdfCost = kdfFloor,
): Promise<Strength> {
  const estimator = await loadEstimator();
  // A word of a name is as well known as the whole.
  const words = known.flatMap((name) => [name, ...name.split(/[\s.,_-]+/)]).filter((word) => word.length > 2);
  const text = passphrase.normalize('NFKC');
  // What comes after so many characters makes it no weaker, and judging takes longer with each.
  const judged = text.slice(0, 100);
  const { score, guessesLog10, feedback } = estimator.check(judged, [...new Set(words)].slice(0, 500));
  const work = (cost.memoryKiB * cost.passes) / (kdfFloor.memoryKiB * kdfFloor.passes);
  // On average half of the guesses are needed.
  const seconds = (10 ** Math.min(guessesLog10, 30) / 2) * ((secondsAtFloor * work) / machines);
  const long = [...text].length >= minimumPassphrase;
  return {
    score: Math.max(0, Math.min(4, Math.round(score))),
    guessesLog10: Math.round(guessesLog10 * 10) / 10,
    seconds,
    machines,
    acceptable: long && score >= (listed.has(feedback.warning) ? weakest : minimumScore),
    advice: [
      ...(long ? [] : [`At least ${minimumPassphrase} characters are needed.`]),
      ...(feedback.warning ? [feedback.warning] : []),
      ...feedback.suggestions.slice(0, 2),
    ],
  };
}

/**
 * Refuses a new passphrase that is guessed too early. Those that are in use already are not asked.
 * @throws AppError `workspace.weak-passphrase`, which never quotes it.
 */
export async function refuseWeak(passphrase: string, known: readonly string[]): Promise<void> {
  const tooShort = [...passphrase.normalize('NFKC')].length < minimumPassphrase;
  if (tooShort)
    throw new AppError(
      'workspace.weak-passphrase',
      `The passphrase is too short: use at least ${minimumPassphrase} characters, better four or more unrelated words.`,
    );
  const { acceptable, advice } = await judgePassphrase(passphrase, known);
  if (!acceptable)
    throw new AppError(
      'workspace.weak-passphrase',
      `The passphrase is guessed too early. ${advice[0] ?? ''} Use four or more unrelated words.`.replace(
        '  ',
        ' ',
      ),
    );
}

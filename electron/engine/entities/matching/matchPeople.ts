/** People who may be the same person: read, learned, scored. */
import type { ReadDatabase } from '../../database/connection.ts';
import { addBlock, Pairs, personRules } from './blocking.ts';
import type { Item } from './items.ts';
import type { Pause, Training } from './learn.ts';
import { learn } from './learn.ts';
import { ownOfPerson, personCaution, personComparisons } from './personComparisons.ts';
import { readPeople } from './readPeople.ts';
import type { ScoredPairs } from './score.ts';
import { Scorer, scorePairs } from './score.ts';

export interface Matched {
  readonly items: readonly Item[];
  readonly scorer: Scorer;
  readonly pairs: ScoredPairs;
  /** Why a pair is not taken for one without a look; null where nothing stands in the way. */
  readonly caution: (level: (field: string) => number, beyondHome: number | null) => string | null;
  /** Fields of which each has only one: two that differ in it clash. */
  readonly own: readonly string[];
  /** How many pairs were looked at. */
  readonly candidates: number;
}

export async function matchPeople(
  database: ReadDatabase,
  thisYear: number,
  pause: Pause,
  progress: (stage: string, done: number, total: number | null) => void,
): Promise<Matched> {
  progress('Reading people', 0, null);
  const { ground, items, records, extras, weightOf } = await readPeople(database, thisYear, pause);
  const comparisons = personComparisons(ground, weightOf, extras);
  progress('Learning from what is there', 0, null);
  const { names } = ground.words;
  // Not by address or phone: what shares those is a family as often as one person.
  const training: Training[] = [
    { rule: (item) => item.born, fields: ['dob'] },
    {
      rule: (item) =>
        item.names.flatMap((name) =>
          name.surname >= 0 && name.forenames[0] !== undefined
            ? [`${name.surname} ${names.sound(name.forenames[0])}`]
            : [],
        ),
      fields: ['surname', 'forenames'],
    },
  ];
  const model = await learn(records, comparisons, training, pause);
  const scorer = new Scorer(comparisons, model, items);
  const pairs = new Pairs(Math.max(items.length, 1));
  for (const rule of personRules(ground.words)) {
    addBlock(items, rule, pairs);
    await pause();
  }
  const candidates = pairs.all();
  const scored = await scorePairs(scorer, items, pairs, candidates, pause, (done) =>
    progress('Comparing', done, candidates.length),
  );
  return {
    items,
    scorer,
    pairs: scored,
    caution: personCaution,
    own: ownOfPerson,
    candidates: candidates.length,
  };
}

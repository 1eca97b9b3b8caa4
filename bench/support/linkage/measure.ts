/** How right the groups are that matching proposes at the usual settings, over pairs of rows. */
import type { MatchReport } from '../../../shared/contract/areas/matching.ts';

export interface Judged {
  right: number;
  wrong: number;
  /** Of the wrong ones, those that a certain key had joined when the rows came in. */
  wrongByKey: number;
  precision: number;
  recall: number;
  f1: number;
}

/**
 * `rows`: of each row of evidence its place in the files and the number of the person that it came to.
 * `truth`: by place, who it is.
 */
export function judge(
  report: Pick<MatchReport, 'clusters'>,
  rows: readonly { id: number; place: number }[],
  truth: readonly (string | number)[],
): Judged {
  const group = new Map<string, string>();
  for (const refs of report.clusters) for (const ref of refs) group.set(ref, refs[0] ?? ref);
  const members = new Map<string, { id: number; place: number }[]>();
  for (const row of rows) {
    const key = group.get(`NOM-${row.id}`) ?? `NOM-${row.id}`;
    members.set(key, [...(members.get(key) ?? []), row]);
  }
  let right = 0;
  let wrong = 0;
  let wrongByKey = 0;
  for (const list of members.values())
    for (const [index, a] of list.entries())
      for (const b of list.slice(0, index)) {
        if (truth[a.place] === truth[b.place]) right += 1;
        else {
          wrong += 1;
          if (a.id === b.id) wrongByKey += 1;
        }
      }
  const counts = new Map<string | number, number>();
  for (const each of truth) counts.set(each, (counts.get(each) ?? 0) + 1);
  const all = [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
  const precision = right + wrong === 0 ? 1 : right / (right + wrong);
  const recall = all === 0 ? 1 : right / all;
  return { right, wrong, wrongByKey, precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}

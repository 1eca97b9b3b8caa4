/** Words of the view in which people decide who is the same person. */
export const matchingCopy = {
  title: 'Who may be the same person',
  working: 'Looking for people who may be the same',
  again: 'Look again',
  cancel: 'Cancel',
  cancelled: 'The search was cancelled.',
  failed: 'The search failed',
  noneTitle: 'Nobody seems to be here twice',
  none: 'Nothing is left to decide at this threshold. Records that agree in full name and date of birth, or in a PNC ID, are one already. Look again after the next import.',
  startTitle: 'No people yet',
  start: 'Import a sheet of people first.',
  list: 'Pairs and groups to decide',
  left: (count: number) => `${count.toLocaleString('en-GB')} to decide`,
  compared: (records: number, pairs: number) =>
    `${records.toLocaleString('en-GB')} records, ${pairs.toLocaleString('en-GB')} pairs compared`,
  more: (count: number) => `${count.toLocaleString('en-GB')} weaker pairs are not listed.`,
  readerKeys: 'Arrows move. Whoever may change the operation decides.',
  keys: 'S same, D different, U not sure, X leaves a member out, Enter merges, arrows move',
  same: 'Same',
  different: 'Different',
  unsure: 'Not sure',
  merge: 'Merge',
  leaveOut: 'Leave out',
  takeIn: 'Take in',
  stays: 'Its reference stays',
  leftOut: 'Left out',
  group: (count: number) => `Group of ${count}`,
  wasUnsure: 'Left open before',
  reasons: 'What speaks for and against',
  for: 'For',
  against: 'Against',
  bits: (weight: number) =>
    `${weight >= 0 ? 'Raises' : 'Lowers'} the odds ${Math.round(2 ** Math.min(40, Math.abs(weight))).toLocaleString('en-GB')} times`,
  evidence: 'Evidence side by side',
  field: 'Field',
  differs: 'Differs',
  agrees: 'Agrees',
  sources: 'Sources',
  open: 'Open everything about this record',
  likely: (score: number) => `${percent(score)} likely to be one person`,
  threshold: 'Match from',
  keepThreshold: 'Keep',
  keepThresholdWords: (kept: string) =>
    `The workspace keeps ${kept}. Keep this one instead: it holds for everybody, and can be undone.`,
  thresholdTakes: (pairs: number, groups: number) =>
    `takes ${pairs.toLocaleString('en-GB')} ${pairs === 1 ? 'pair' : 'pairs'}, ${groups.toLocaleString('en-GB')} ${groups === 1 ? 'group' : 'groups'}`,
  mergeAll: (count: number) => `Merge ${count.toLocaleString('en-GB')} ${count === 1 ? 'group' : 'groups'}…`,
  mergeAllTitle: 'Merge without looking at each',
  mergeAllWords: (count: number, threshold: string) =>
    `${count.toLocaleString('en-GB')} ${count === 1 ? 'group hangs' : 'groups hang'} together from ${threshold}. The threshold is kept in the workspace. Each group is merged as an entry of its own and can be undone by itself, now or later. Nothing below the threshold is merged.`,
  mergeAllDo: 'Merge these groups',
  withChild: (count: number) =>
    count === 1
      ? 'One group holds a child or a victim. It is left out here: decide it by itself.'
      : `${count.toLocaleString('en-GB')} groups hold a child or a victim. They are left out here: decide them one by one.`,
  automatic: 'Merged automatically',
  undo: 'Undo',
  undone: 'Undone',
  merged: (refs: readonly string[]) => `Merged ${refs.slice(1).join(', ')} into ${refs[0]}.`,
  saidDifferent: (a: string, b: string) => `${a} and ${b} are remembered as different.`,
  saidUnsure: (a: string, b: string) => `Left open: ${a} and ${b}.`,
  parts: 'Merged from',
  partOf: (asked: string, ref: string, since: string, by: string) =>
    `${asked} is part of ${ref} since ${since} (${by}).`,
  since: (since: string, by: string) => `since ${since}, by ${by}`,
  takeApart: 'Take apart',
  rows: 'Rows of evidence…',
  rowsTitle: (ref: string) => `Rows of evidence of ${ref}`,
  rowsWords:
    'Tick the rows that speak of somebody or something else. They become a record of their own, with what they were read with, and the two are remembered as different.',
  rowsDo: (count: number) => `Take ${count.toLocaleString('en-GB')} ${count === 1 ? 'row' : 'rows'} out`,
  taken: (ref: string) => `Taken out as ${ref}.`,
};

/** `0.953` is `95.3%`; never rounded up to certainty. */
export function percent(score: number): string {
  const shown = Math.floor(score * 1000) / 10;
  return `${shown.toFixed(shown >= 10 && Number.isInteger(shown) ? 0 : 1)}%`;
}

/** Records and links of a chart in words: for the table, for whoever listens, and for the table of a kept picture. */
import type { ChartLink, ChartNode } from '../../../shared/contract/areas/chart.ts';
import { ungraded } from '../../../shared/contract/areas/chart.ts';
import { formatDate } from '../../../shared/domain/dates.ts';
import { chartCopy, kindWords } from '../../copy/chart.ts';
import { showLabel } from '../../grid/format.ts';

export const nameOf = (node: Pick<ChartNode, 'ref' | 'label'>): string =>
  showLabel(node.ref, { [node.ref]: node.label });

/** `NOM-3, Tam Fenwick, person. Child, 15`. */
export function describeNode(node: ChartNode): string {
  return [
    [nameOf(node), kindWords[node.kind][0], node.ref].join(', '),
    ...(node.sign === null ? [] : [node.sign]),
    ...(node.isTarget ? ['target'] : []),
  ].join('. ');
}

export const gradeWords = (grades: readonly string[]): string =>
  grades.map((grade) => (grade === ungraded ? chartCopy.ungraded.toLowerCase() : grade)).join(', ');

/** `01/06/2026 to 04/07/2026`; empty where nothing has a date. */
export function periodWords(first: string | null, last: string | null): string {
  if (first === null) return '';
  const [from, to] = [formatDate(first.slice(0, 10)), formatDate((last ?? first).slice(0, 10))];
  return from === to ? from : `${from} to ${to}`;
}

/** What stands behind a link: `3 rows`, `41 calls`, `decided`. */
export function strengthWords(link: ChartLink): string {
  const count = link.inside > 0 ? link.inside : link.rows;
  const said = count.toLocaleString('en-GB');
  if (link.kind === 'plan') return link.isPlanned ? 'planned' : 'decided';
  if (link.kind === 'calls') return count === 1 ? '1 call or text' : `${said} calls and texts`;
  return count === 1 ? '1 row' : `${said} rows`;
}

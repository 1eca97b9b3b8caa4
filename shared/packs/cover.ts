import { formatDate, formatMarking, formatMoment, formatStrike } from './format.ts';
import type { PackData, PackFinding } from './packData.ts';

/** The facts of the issue, label and value, in the order in which both writers print them. */
export function coverFacts(data: PackData): [string, string][] {
  const { header, spec } = data;
  return [
    ['Protective marking', formatMarking(header.marking)],
    ['Reference', header.reference ?? 'None'],
    ['Force', header.force ?? 'Not recorded'],
    ['For', spec.audience],
    ['Recipient', header.recipient],
    ['Version', String(header.version)],
    ['Copy number', String(header.copy)],
    ['Reason for issue', header.reason],
    ['Prepared by', `${header.preparedBy}, ${formatMoment(header.preparedAt)}`],
    ['Data as at', formatMoment(header.dataAsAt)],
    ['Strike', formatStrike(header)],
    ['Destroy by', header.destroyBy === null ? 'Not set' : formatDate(header.destroyBy)],
  ];
}

/** `2 blockers, 1 warning` in words, or `none`. */
export function countFindings(findings: readonly PackFinding[]): string {
  const words = (['blocker', 'warning', 'note'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`];
  });
  return words.length === 0 ? 'none' : words.join(', ');
}

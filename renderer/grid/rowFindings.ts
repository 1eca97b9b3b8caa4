import type { Finding } from '../../shared/contract/schemas.ts';

const rank: Readonly<Record<Finding['severity'], number>> = { blocker: 0, warning: 1, note: 2 };

/** The blockers and warnings of each record, worst first. Accepted findings do not count; notes colour nothing. */
export function findingsByRef(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const byRef = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.accepted || finding.severity === 'note') continue;
    for (const ref of finding.refs) byRef.set(ref, [...(byRef.get(ref) ?? []), finding]);
  }
  for (const list of byRef.values()) list.sort((a, b) => rank[a.severity] - rank[b.severity]);
  return byRef;
}

/** What the rules say of one cell in words, worst first; null when they say nothing. */
export function describeFindings(
  findings: ReadonlyMap<string, readonly Finding[]>,
  ref: string,
  field?: string,
): string | null {
  const about = (findings.get(ref) ?? []).filter((finding) => field === undefined || finding.field === field);
  if (about.length === 0) return null;
  const lines = about
    .slice(0, 4)
    .map(({ severity, message }) => `${severity === 'blocker' ? 'Blocker' : 'Warning'}: ${message}`);
  return [...lines, ...(about.length > 4 ? [`and ${about.length - 4} more`] : [])].join('\n');
}

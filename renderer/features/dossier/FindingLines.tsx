import { Icon } from '@blueprintjs/core';
import type { Finding } from '../../../shared/contract/schemas.ts';
import { parseRef } from '../../../shared/grid/grids.ts';
import { goToRecord, openDossier } from '../../app/navigation.ts';
import { type Labels, showLabel } from '../../grid/format.ts';
import { severityIcons } from '../../ui/severity.ts';
import { MendButton } from './MendButton.tsx';

const order = { blocker: 0, warning: 1, note: 2 } as const;

/** A label, with the noun of the record where another one of the finding has the same: the person and the target. */
function nameOf(ref: string, refs: readonly string[], labels: Labels): string {
  const label = showLabel(ref, labels);
  const isDouble = refs.some((other) => other !== ref && showLabel(other, labels) === label);
  return isDouble ? `${label} (${parseRef(ref)?.grid.noun ?? ref})` : label;
}

/** Findings as lines, worst first: what is wrong, how it is mended, and the way to each record. */
export function FindingLines({ findings, labels }: { findings: readonly Finding[]; labels: Labels }) {
  const sorted = [...findings].sort((a, b) => order[a.severity] - order[b.severity]);
  return (
    <ul className="finding-lines">
      {sorted.map((finding, index) => (
        // The same rule may speak twice of the same record: only the place in the list tells them apart.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={`${finding.rule}-${index}`} className={`finding-${finding.severity}`}>
          <Icon icon={severityIcons[finding.severity]} size={13} title={finding.severity} />
          <div className="finding-words">
            <p>
              {finding.message}
              {finding.accepted && <span className="muted"> Accepted: {finding.accepted.reason}</span>}
            </p>
            <p className="finding-mend">
              {finding.mend}{' '}
              {finding.refs.slice(0, 6).map((ref, place) => (
                <span key={ref}>
                  {place > 0 && ', '}
                  <button
                    type="button"
                    className="link"
                    title={ref}
                    onClick={() =>
                      place === 0 && finding.field ? goToRecord(ref, finding.field) : openDossier(ref)
                    }
                  >
                    {nameOf(ref, finding.refs, labels)}
                  </button>
                </span>
              ))}
            </p>
          </div>
          <MendButton finding={finding} />
        </li>
      ))}
    </ul>
  );
}

import { Icon } from '@blueprintjs/core';
import type { CheckReport, Finding } from '../../../shared/contract/schemas.ts';
import { goToRecord } from '../../app/navigation.ts';
import { useReadiness } from '../../app/queries.ts';
import { describeError } from '../../app/reportError.ts';
import { showLabel } from '../../grid/format.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { severityIcons, severityTitles } from '../../ui/severity.ts';
import { ViewHead } from '../../ui/ViewHead.tsx';

const order: readonly Finding['severity'][] = ['blocker', 'warning', 'note'];

/** What the plan still lacks, worst first. */
export function ReadinessView() {
  const readiness = useReadiness();
  const report = readiness.data;
  return (
    <section className="view" aria-label="Readiness">
      <ViewHead title="Readiness" note="The plan checked against the rules, as it stands now." />
      {readiness.error && (
        <p className="tone-danger" role="alert">
          {describeError(readiness.error).message}
        </p>
      )}
      {report && report.findings.length === 0 && (
        <EmptyState
          icon="tick-circle"
          title="Nothing found"
          description="No rule has anything to say about the plan."
        />
      )}
      {report && report.findings.length > 0 && (
        <div className="table-scroll">
          {order.map((severity) => (
            <FindingGroup key={severity} severity={severity} report={report} />
          ))}
        </div>
      )}
    </section>
  );
}

function FindingGroup({ severity, report }: { severity: Finding['severity']; report: CheckReport }) {
  const findings = report.findings.filter((finding) => finding.severity === severity);
  if (findings.length === 0) return null;
  return (
    <section className={`finding-group finding-${severity}`}>
      <h3>
        <Icon icon={severityIcons[severity]} size={14} /> {severityTitles[severity]}
        <span className="finding-count">{findings.length}</span>
      </h3>
      <ul className="finding-list">
        {findings.map((finding, index) => (
          // The same rule may speak twice of the same record: only the place in the list tells them apart.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={`${finding.rule}-${finding.refs.join()}-${index}`}>
            <FindingLine finding={finding} labels={report.labels} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One finding: the message, how to mend it, and the way to each record that it names. */
export function FindingLine({
  finding,
  labels,
}: {
  finding: Finding;
  labels: Readonly<Record<string, string>>;
}) {
  return (
    <div className="finding">
      <p className="finding-message">{finding.message}</p>
      <p className="finding-mend">{finding.mend}</p>
      <p className="finding-refs">
        {finding.refs.slice(0, 12).map((ref) => (
          <button
            type="button"
            key={ref}
            className="link"
            onClick={() => goToRecord(ref, finding.field)}
            title={ref}
          >
            {showLabel(ref, labels)}
          </button>
        ))}
        {finding.refs.length > 12 && <span className="muted">and {finding.refs.length - 12} more</span>}
      </p>
    </div>
  );
}

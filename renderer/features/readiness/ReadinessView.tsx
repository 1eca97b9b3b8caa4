import { Button, Icon } from '@blueprintjs/core';
import { useState } from 'react';
import type { Finding } from '../../../shared/contract/schemas.ts';
import { formatDateTime } from '../../../shared/domain/dates.ts';
import { goToRecord } from '../../app/navigation.ts';
import { useReadiness } from '../../app/queries.ts';
import { describeError } from '../../app/reportError.ts';
import { type Labels, showLabel } from '../../grid/format.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { severityIcons, severityTitles } from '../../ui/severity.ts';
import { ViewHead } from '../../ui/ViewHead.tsx';
import { AcceptDialog } from './AcceptDialog.tsx';
import { FindingActions } from './FindingActions.tsx';
import { withdraw } from './withdraw.ts';

const order: readonly Finding['severity'][] = ['blocker', 'warning', 'note'];

/** Findings of each group that are asked for at first: thousands at once would take seconds to draw. */
const shownAtFirst = { blocker: 100, warning: 100, note: 100, accepted: 500 };
const shownMore = 500;

/** What the plan still lacks, worst first; what was accepted stands folded below, with who and why. */
export function ReadinessView() {
  const [most, setMost] = useState(shownAtFirst);
  const readiness = useReadiness(most);
  const report = readiness.data;
  const [accepting, setAccepting] = useState<Finding | null>(null);
  const open = report?.findings.filter(({ accepted }) => !accepted) ?? [];
  const accepted = report?.findings.filter((finding) => finding.accepted) ?? [];
  return (
    <section className="view" aria-label="Readiness">
      <ViewHead title="Readiness" note="The plan checked against the rules, as it stands now." />
      {readiness.error && (
        <p className="tone-danger" role="alert">
          {describeError(readiness.error).message}
        </p>
      )}
      {report && open.length === 0 && (
        <EmptyState
          icon="tick-circle"
          title="Nothing found"
          description={
            accepted.length > 0
              ? 'No rule has anything to say beyond what was accepted.'
              : 'No rule has anything to say about the plan.'
          }
        />
      )}
      {report && report.findings.length > 0 && (
        <div className="table-scroll">
          {order.map((severity) => (
            <FindingGroup
              key={severity}
              severity={severity}
              findings={open.filter((finding) => finding.severity === severity)}
              count={report.counts[severity]}
              labels={report.labels}
              onAccept={setAccepting}
              onMore={() => setMost({ ...most, [severity]: most[severity] + shownMore })}
            />
          ))}
          {accepted.length > 0 && (
            <AcceptedFindings
              findings={accepted}
              count={report.counts.accepted}
              labels={report.labels}
              onMore={() => setMost({ ...most, accepted: most.accepted + shownMore })}
            />
          )}
        </div>
      )}
      {accepting && <AcceptDialog finding={accepting} onClose={() => setAccepting(null)} />}
    </section>
  );
}

function FindingGroup(props: {
  severity: Finding['severity'];
  findings: readonly Finding[];
  /** How many there are; `findings` are the first of them. */
  count: number;
  labels: Labels;
  onAccept: (finding: Finding) => void;
  onMore: () => void;
}) {
  const { severity, findings, count, labels } = props;
  if (findings.length === 0) return null;
  return (
    <section className={`finding-group finding-${severity}`}>
      <h3>
        <Icon icon={severityIcons[severity]} size={14} /> {severityTitles[severity]}
        <span className="finding-count">{count.toLocaleString('en-GB')}</span>
      </h3>
      <ul className="finding-list">
        {findings.map((finding, index) => (
          // The same rule may speak twice of the same record: only the place in the list tells them apart.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={`${finding.rule}-${finding.refs.join()}-${index}`}>
            <FindingLine finding={finding} labels={labels}>
              <FindingActions finding={finding} labels={labels} onAccept={props.onAccept} />
            </FindingLine>
          </li>
        ))}
      </ul>
      <MoreButton hidden={count - findings.length} onMore={props.onMore} />
    </section>
  );
}

function MoreButton({ hidden, onMore }: { hidden: number; onMore: () => void }) {
  if (hidden <= 0) return null;
  return (
    <Button
      size="small"
      variant="minimal"
      text={`Show more (${hidden.toLocaleString('en-GB')} are not shown)`}
      onClick={onMore}
    />
  );
}

function AcceptedFindings(props: {
  findings: readonly Finding[];
  count: number;
  labels: Labels;
  onMore: () => void;
}) {
  const { findings, count, labels } = props;
  return (
    <details className="finding-group finding-accepted">
      <summary>
        <Icon icon="endorsed" size={14} /> Accepted with a reason{' '}
        <span className="finding-count">{count.toLocaleString('en-GB')}</span>
      </summary>
      <ul className="finding-list">
        {findings.map(({ accepted, ...finding }) => (
          <li key={accepted?.id ?? finding.message}>
            <FindingLine finding={finding} labels={labels}>
              {accepted && (
                <div className="finding-actions">
                  <span>
                    {accepted.by}, {formatDateTime(accepted.at)}: {accepted.reason}
                  </span>
                  <Button size="small" text="Withdraw" onClick={() => void withdraw(accepted.id)} />
                </div>
              )}
            </FindingLine>
          </li>
        ))}
      </ul>
      <MoreButton hidden={count - findings.length} onMore={props.onMore} />
    </details>
  );
}

/** One finding: the message, how to mend it, and the way to each record that it names. */
function FindingLine({
  finding,
  labels,
  children,
}: {
  finding: Finding;
  labels: Labels;
  children: React.ReactNode;
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
      {children}
    </div>
  );
}

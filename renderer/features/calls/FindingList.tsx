import { Button, Icon } from '@blueprintjs/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CallFinding } from '../../../shared/contract/areas/calls.ts';
import { type FindingKind, findingKinds, findingTitles } from '../../../shared/domain/calls/findingKinds.ts';
import { formatDate } from '../../../shared/domain/dates.ts';
import { undo } from '../../app/actions.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { showMessage } from '../../app/messages.ts';
import { openRecord, showSource } from '../../app/navigation.ts';
import { describeError, reportError } from '../../app/reportError.ts';
import { callsCopy } from '../../copy/calls.ts';
import { type Labels, showLabel } from '../../grid/format.ts';
import { ForChangers } from '../../ui/ForChangers.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { KindSwitch } from '../clocks/ClockList.tsx';
import { RefLink } from '../dossier/RefLinks.tsx';
import { Reasons } from './AttributionPanel.tsx';
import { NumberLink } from './NumberLink.tsx';
import { ScoreMark } from './ScoreMark.tsx';
import { TargetDialog } from './TargetDialog.tsx';
import { useFindings } from './useCalls.ts';

const fewFindings = 5;
const manyFindings = 50;

/** What was found, the highest score first: in all calls, or about one phone or line. */
export function FindingList({ reference }: { reference: string | null }) {
  const { query, progress } = useFindings(reference);
  const queries = useQueryClient();
  const [kind, setKind] = useState<FindingKind | null>(null);
  const [all, setAll] = useState(false);
  const [forTarget, setForTarget] = useState<CallFinding | null>(null);
  const report = query.data;
  const found = report?.findings ?? [];
  const shown = found.filter((each) => kind === null || each.kind === kind);
  const few = reference === null ? manyFindings : fewFindings;
  const kinds = findingKinds.filter((each) => found.some((finding) => finding.kind === each));
  // Counted over all calls.
  const leftOut = reference === null ? Object.entries(report?.leftOut ?? {}) : [];
  const stop = () => void queries.cancelQueries({ queryKey: ['calls', 'findings', reference] });
  return (
    <section
      className={reference === null ? 'calls-found' : 'calls-panel is-wide'}
      aria-label="What was found"
    >
      <div className="calls-panel-head">
        <h3>What was found {report && <span className="finding-count">{report.total}</span>}</h3>
      </div>
      {query.isFetching && progress && (
        <div className="calls-progress">
          <ProgressLine title={callsCopy.working} progress={progress} />
          <Button size="small" text="Stop" onClick={stop} />
        </div>
      )}
      {!query.isFetching && !report && !query.error && (
        <p className="calls-note">
          {callsCopy.cancelled}{' '}
          <Button size="small" text={callsCopy.again} onClick={() => void query.refetch()} />
        </p>
      )}
      {query.error && (
        <p className="tone-danger calls-note" role="alert">
          {describeError(query.error).message}
        </p>
      )}
      {report && kinds.length > 1 && (
        <fieldset className="calls-kinds" aria-label="Kinds of finding">
          <KindSwitch title="All" count={found.length} on={kind === null} onSwitch={() => setKind(null)} />
          {kinds.map((each) => (
            <KindSwitch
              key={each}
              title={findingTitles[each]}
              count={found.filter((finding) => finding.kind === each).length}
              on={kind === each}
              onSwitch={() => setKind(kind === each ? null : each)}
            />
          ))}
        </fieldset>
      )}
      {report && found.length === 0 && <p className="muted calls-note">{callsCopy.nothingFound}</p>}
      <ul className="calls-findings">
        {(all ? shown : shown.slice(0, few)).map((finding) => (
          <FindingItem
            key={finding.id}
            isShort={reference !== null}
            finding={finding}
            labels={report?.labels ?? {}}
            onTarget={() => setForTarget(finding)}
          />
        ))}
      </ul>
      {shown.length > few && (
        <Button
          size="small"
          variant="minimal"
          text={all ? 'Fewer' : `All ${shown.length}`}
          onClick={() => setAll(!all)}
        />
      )}
      {report && report.total > found.length && (
        <p className="muted calls-note">
          The first {found.length} of {report.total}. Raise the thresholds to see fewer.
        </p>
      )}
      {report?.cut.map((sentence) => (
        <p key={sentence} className="tone-warning calls-note">
          {sentence}
        </p>
      ))}
      {leftOut.length > 0 && (
        <p className="muted calls-note">
          {callsCopy.leftOut} (under {report?.thresholds.leastScore}):{' '}
          {leftOut
            .map(([each, count]) => `${count} ${findingTitles[each as FindingKind].toLowerCase()}`)
            .join(', ')}
          .
        </p>
      )}
      {forTarget && <TargetDialog finding={forTarget} onClose={() => setForTarget(null)} />}
    </section>
  );
}

const phonesShown = 4;

function FindingItem({
  finding,
  labels,
  isShort,
  onTarget,
}: {
  isShort: boolean;
  finding: CallFinding;
  labels: Labels;
  onTarget: () => void;
}) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [open, setOpen] = useState(!isShort);
  const title = `${findingTitles[finding.kind]}, ${showLabel(finding.phoneRefs[0] ?? '', labels)}`;
  async function makeIntelligence(): Promise<void> {
    setBusy(true);
    try {
      const { ref, seq } = await client.calls.makeIntelligence({ id: finding.id });
      refreshQueries();
      showMessage({
        tone: 'done',
        text: callsCopy.madeIntelligence,
        action: seq === null ? undefined : { label: 'Undo', run: () => void undo(seq) },
      });
      if (ref) openRecord(ref, 'grade');
    } catch (error) {
      reportError(error);
    } finally {
      setBusy(false);
    }
  }
  const rest = finding.phones.length - phonesShown;
  const words = open
    ? 'Fewer reasons'
    : `Reasons: ${finding.reasons.length} for, ${finding.against.length} against`;
  return (
    <li aria-label={title}>
      <div className="calls-finding-head">
        <ScoreMark score={finding.score} />
        <h4>{findingTitles[finding.kind]}</h4>
        <span className="calls-phones">
          {finding.phones.slice(0, phonesShown).map((number, place) => (
            <NumberLink key={number} reference={finding.phoneRefs[place] ?? ''} number={number} />
          ))}
          {rest > 0 && <span className="muted">and {rest} more</span>}
        </span>
        {finding.safeguarding.length > 0 && (
          <span className="calls-child">
            <Icon icon="heart" size={13} /> {callsCopy.safeguarding}
            {finding.safeguarding.map((ref) => (
              <RefLink key={ref} reference={ref} labels={labels} />
            ))}
          </span>
        )}
        {finding.refs.map((ref) => (
          <RefLink key={ref} reference={ref} labels={labels} />
        ))}
        <span className="muted nowrap">
          {formatDate(finding.from)} to {formatDate(finding.to)}
        </span>
      </div>
      {open ? <Reasons reasons={finding.reasons} against={finding.against} /> : <p>{finding.reasons[0]}</p>}
      {isShort && (
        <button
          type="button"
          className="link calls-more"
          aria-expanded={open}
          aria-label={`${words}: ${title}`}
          onClick={() => setOpen(!open)}
        >
          {words}
        </button>
      )}
      <div className="calls-finding-foot">
        <span className="muted">
          <Icon icon="settings" size={11} /> {finding.rule}
        </span>
        <span className="muted">
          {finding.rows.toLocaleString('en-GB')} rows:{' '}
          {finding.sources.map((source) => (
            <button
              key={`${source.ref} ${source.row}`}
              type="button"
              className="link"
              title={`${source.file} ${source.sheet}`}
              onClick={() => showSource(source.ref, null, source.row)}
            >
              {source.ref} row {source.row}
            </button>
          ))}
          {finding.rows > finding.sources.length && '…'}
        </span>
        <span className="status-gap" />
        <ForChangers>
          <Button
            size="small"
            icon="add-to-artifact"
            text="Make intelligence"
            aria-label={`Make intelligence: ${title}`}
            loading={busy}
            onClick={() => void makeIntelligence()}
          />
          <Button
            size="small"
            icon="locate"
            text="Evidence for target"
            aria-label={`Evidence for target: ${title}`}
            onClick={onTarget}
          />
        </ForChangers>
      </div>
    </li>
  );
}

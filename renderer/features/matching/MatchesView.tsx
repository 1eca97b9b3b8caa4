import './matching.css';
import { Button, Slider } from '@blueprintjs/core';
import { useMemo, useState } from 'react';
import { showDialog } from '../../app/navigation.ts';
import { describeError } from '../../app/reportError.ts';
import { useMay } from '../../app/role.ts';
import { matchingCopy, percent } from '../../copy/matching.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { ViewHead } from '../../ui/ViewHead.tsx';
import { AutomaticDialog, AutomaticList } from './AutomaticMerge.tsx';
import { CaseList } from './CaseList.tsx';
import { CaseView } from './CaseView.tsx';
import type { Case } from './queue.ts';
import { makeCases, pairsFrom } from './queue.ts';
import { useMatches } from './useMatches.ts';

const none: ReadonlySet<string> = new Set();

/** Decides who is the same person, case by case, by keys. */
export function MatchesView() {
  const matches = useMatches();
  const may = useMay();
  const { report, left, running, threshold } = matches;
  const cases = useMemo(() => makeCases(left.pairs, left.clusters), [left]);
  const [active, setActive] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [dropped, setDropped] = useState<ReadonlySet<string>>(none);
  const [asking, setAsking] = useState(false);
  const at = Math.max(
    0,
    cases.findIndex((each) => each.key === active),
  );
  const shown = cases[at];
  const alerts = report?.alerts ?? {};
  const labels = report?.labels ?? {};
  const groups = left.clusters.filter((refs) => !refs.some((ref) => alerts[ref]));
  const withheld = left.clusters.length - groups.length;

  function choose(each: Case | undefined): void {
    setActive(each?.key ?? null);
    setChosen(null);
    setDropped(none);
  }

  /** To the next case once this one is decided. */
  function goOn(done: boolean): void {
    if (done) choose(cases[at + 1] ?? cases[at - 1]);
  }

  const staying = (each: Case) => each.refs.filter((ref) => !dropped.has(ref));

  async function merge(each: Case): Promise<void> {
    const refs = staying(each);
    if (refs.length > 1) goOn(await matches.merge(refs));
  }

  /** Of a pair the two; of a group the chosen member and the one most like it. It leaves the group; its other pairs are asked singly. */
  async function tell(each: Case, said: 'different' | 'unsure'): Promise<void> {
    const [first, second] = each.refs;
    if (each.refs.length === 2 && first && second) goOn(await matches.tell(first, second, said));
    else if (chosen !== null) {
      const other = each.pairs.find((pair) => pair.a === chosen || pair.b === chosen);
      if (other) goOn(await matches.tell(other.a === chosen ? other.b : other.a, chosen, said));
    }
  }

  function drop(ref: string): void {
    setDropped((now) => {
      const next = new Set(now);
      if (!next.delete(ref)) next.add(ref);
      return next;
    });
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    if (!shown || event.ctrlKey || event.metaKey || event.altKey || asking) return;
    const target = event.target as HTMLElement;
    if (target.closest('input, [role="slider"], .match-threshold')) return;
    if (event.key === 'Enter' && target.closest('button')) return;
    const member = chosen === null ? -1 : shown.refs.indexOf(chosen);
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === 'ArrowDown') choose(cases[Math.min(at + 1, cases.length - 1)]);
    else if (key === 'ArrowUp') choose(cases[Math.max(at - 1, 0)]);
    else if (key === 'ArrowRight') setChosen(shown.refs[Math.min(member + 1, shown.refs.length - 1)] ?? null);
    else if (key === 'ArrowLeft') setChosen(shown.refs[Math.max(member - 1, 0)] ?? null);
    else if (!may) return;
    else if (key === 's' || key === 'Enter') void merge(shown);
    else if (key === 'd') void tell(shown, 'different');
    else if (key === 'u') void tell(shown, 'unsure');
    else if (key === 'x' && chosen !== null && shown.refs.length > 2) drop(chosen);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <section className="view matching" aria-label={matchingCopy.title} onKeyDown={onKeyDown}>
      <ViewHead
        title={matchingCopy.title}
        note={report ? matchingCopy.compared(report.records, report.compared) : undefined}
      >
        <Button
          size="small"
          icon="refresh"
          text={matchingCopy.again}
          disabled={running}
          onClick={() => void matches.look(threshold)}
        />
      </ViewHead>
      {running && (
        <div className="match-progress">
          <ProgressLine title={matchingCopy.working} progress={matches.progress} />
          <Button size="small" text={matchingCopy.cancel} onClick={matches.cancel} />
        </div>
      )}
      {matches.failed !== null && (
        <p className="tone-danger view-line" role="alert">
          {matchingCopy.failed}. {describeError(matches.failed).message}
        </p>
      )}
      {report && (
        <div className="match-bar">
          <strong>{matchingCopy.left(cases.length)}</strong>
          <span className="muted">{may ? matchingCopy.keys : matchingCopy.readerKeys}</span>
          <span className="status-gap" />
          <span id="match-threshold-name">{matchingCopy.threshold}</span>
          <div className="match-threshold">
            <Slider
              min={0.5}
              max={0.999}
              stepSize={0.001}
              labelRenderer={false}
              value={threshold}
              onChange={matches.setThreshold}
              onRelease={(value) => void matches.look(value)}
              handleHtmlProps={{ 'aria-labelledby': 'match-threshold-name' }}
            />
          </div>
          <span className="match-percent">{percent(threshold)}</span>
          {may && threshold !== matches.kept && (
            <Button
              size="small"
              variant="minimal"
              text={matchingCopy.keepThreshold}
              title={matchingCopy.keepThresholdWords(percent(matches.kept))}
              disabled={running}
              onClick={() => void matches.keepThreshold()}
            />
          )}
          <span className="muted">
            {matchingCopy.thresholdTakes(pairsFrom(report, threshold), left.clusters.length)}
          </span>
          <Button
            size="small"
            icon="many-to-one"
            text={matchingCopy.mergeAll(groups.length)}
            disabled={groups.length === 0 || running || !may}
            onClick={() => setAsking(true)}
          />
        </div>
      )}
      {report && cases.length === 0 && !running && (
        <EmptyState
          icon="many-to-one"
          title={report.records === 0 ? matchingCopy.startTitle : matchingCopy.noneTitle}
          description={report.records === 0 ? matchingCopy.start : matchingCopy.none}
          {...(report.records === 0 && may
            ? {
                action: (
                  <Button intent="primary" icon="import" text="Import" onClick={() => showDialog('import')} />
                ),
              }
            : {})}
        />
      )}
      {cases.length > 0 && (
        <div className="match-area">
          <CaseList
            cases={cases}
            active={shown?.key ?? null}
            labels={labels}
            alerts={alerts}
            onChoose={(key) => choose(cases.find((each) => each.key === key))}
          />
          {shown && (
            <CaseView
              key={shown.key}
              shown={shown}
              chosen={chosen}
              dropped={dropped}
              labels={labels}
              alerts={alerts}
              onChoose={setChosen}
              onDrop={drop}
              onMerge={() => void merge(shown)}
              onDifferent={() => void tell(shown, 'different')}
              onUnsure={() => void tell(shown, 'unsure')}
            />
          )}
        </div>
      )}
      {report && report.left > 0 && <p className="muted view-line">{matchingCopy.more(report.left)}</p>}
      <AutomaticList
        done={matches.automatic}
        labels={labels}
        onUndo={(seq) => void matches.undoAutomatic(seq)}
      />
      {asking && (
        <AutomaticDialog
          groups={groups}
          withheld={withheld}
          threshold={threshold}
          labels={labels}
          onClose={() => setAsking(false)}
          onMerge={() => {
            setAsking(false);
            void matches.mergeAll(groups);
          }}
        />
      )}
    </section>
  );
}

import { Button } from '@blueprintjs/core';
import { matchingCopy } from '../../copy/matching.ts';
import { ForChangers } from '../../ui/ForChangers.tsx';
import { Evidence } from './Evidence.tsx';
import type { Case } from './queue.ts';
import { ReasonBars } from './ReasonBars.tsx';

/** One case: what can be decided, why it was proposed, and the evidence side by side. */
export function CaseView(props: {
  shown: Case;
  chosen: string | null;
  dropped: ReadonlySet<string>;
  labels: Readonly<Record<string, string>>;
  alerts: Readonly<Record<string, string[]>>;
  onChoose: (ref: string) => void;
  onDrop: (ref: string) => void;
  onMerge: () => void;
  onDifferent: () => void;
  onUnsure: () => void;
}) {
  const { shown, chosen, dropped } = props;
  const staying = shown.refs.filter((ref) => !dropped.has(ref));
  const isGroup = shown.refs.length > 2;
  const pairs = isGroup
    ? shown.pairs.filter((pair) => chosen === null || pair.a === chosen || pair.b === chosen)
    : shown.pairs;
  const name = (ref: string) => `${props.labels[ref] ?? ref} ${ref}`;
  return (
    <div className="case-view">
      <div className="case-actions">
        <strong>{isGroup ? matchingCopy.group(shown.refs.length) : matchingCopy.likely(shown.score)}</strong>
        <span className="status-gap" />
        <ForChangers>
          <Button
            size="small"
            intent="primary"
            icon="many-to-one"
            disabled={staying.length < 2}
            text={isGroup ? matchingCopy.merge : matchingCopy.same}
            title={isGroup ? 'Enter' : 'S'}
            onClick={props.onMerge}
          />
          <Button
            size="small"
            icon="split-columns"
            disabled={isGroup && chosen === null}
            text={matchingCopy.different}
            title="D"
            onClick={props.onDifferent}
          />
          <Button
            size="small"
            icon="help"
            disabled={isGroup && chosen === null}
            text={matchingCopy.unsure}
            title="U"
            onClick={props.onUnsure}
          />
        </ForChangers>
      </div>
      <Evidence
        refs={shown.refs}
        chosen={isGroup ? chosen : null}
        dropped={dropped}
        stays={staying[0]}
        alerts={props.alerts}
        onChoose={props.onChoose}
        onDrop={props.onDrop}
        canDrop={isGroup}
      />
      <h3>{matchingCopy.reasons}</h3>
      {pairs.map((pair) => (
        <div key={`${pair.a} ${pair.b}`}>
          {isGroup && (
            <p className="pair-head">
              {name(pair.a)}, {name(pair.b)}: {matchingCopy.likely(pair.score)}
            </p>
          )}
          <ReasonBars pair={pair} />
        </div>
      ))}
    </div>
  );
}

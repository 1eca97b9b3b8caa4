import { Button, Classes, Dialog } from '@blueprintjs/core';
import { matchingCopy, percent } from '../../copy/matching.ts';
import type { Automatic } from './useMatches.ts';

/** Says what would be merged, group by group, before anything is. */
export function AutomaticDialog(props: {
  groups: readonly (readonly string[])[];
  withheld: number;
  threshold: number;
  labels: Readonly<Record<string, string>>;
  onMerge: () => void;
  onClose: () => void;
}) {
  const { groups, labels } = props;
  return (
    <Dialog
      isOpen
      title={matchingCopy.mergeAllTitle}
      icon="many-to-one"
      onClose={props.onClose}
      className="automatic-dialog"
    >
      <div className={Classes.DIALOG_BODY}>
        <p>{matchingCopy.mergeAllWords(groups.length, percent(props.threshold))}</p>
        {props.withheld > 0 && <p className="tone-warning">{matchingCopy.withChild(props.withheld)}</p>}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
        <section className="automatic-groups" tabIndex={0} aria-label={matchingCopy.mergeAllTitle}>
          {groups.slice(0, 500).map((refs) => (
            <div key={refs.join()}>
              {refs.map((ref) => (
                <span key={ref}>
                  {labels[ref] ?? ref} <span className="muted">{ref}</span>
                </span>
              ))}
            </div>
          ))}
        </section>
      </div>
      <div className={Classes.DIALOG_FOOTER}>
        <div className={Classes.DIALOG_FOOTER_ACTIONS}>
          <Button text={matchingCopy.cancel} onClick={props.onClose} />
          <Button
            intent="primary"
            disabled={groups.length === 0}
            text={matchingCopy.mergeAllDo}
            onClick={props.onMerge}
          />
        </div>
      </div>
    </Dialog>
  );
}

/** What was merged without a look at each: every group can be undone by itself. */
export function AutomaticList(props: {
  done: readonly Automatic[];
  labels: Readonly<Record<string, string>>;
  onUndo: (seq: number) => void;
}) {
  if (props.done.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="automatic-list" tabIndex={0} aria-label={matchingCopy.automatic}>
      <h3>
        {matchingCopy.automatic} ({props.done.filter((each) => !each.undone).length.toLocaleString('en-GB')})
      </h3>
      {props.done.map(({ refs, seq, undone }) => (
        <div key={seq} className="automatic-row">
          <span className={undone ? 'muted' : ''}>
            {refs.map((ref) => `${props.labels[ref] ?? ref} ${ref}`).join(' + ')}
          </span>
          {undone ? (
            <span className="muted">{matchingCopy.undone}</span>
          ) : (
            <Button
              size="small"
              variant="minimal"
              icon="undo"
              text={matchingCopy.undo}
              onClick={() => props.onUndo(seq)}
            />
          )}
        </div>
      ))}
    </section>
  );
}

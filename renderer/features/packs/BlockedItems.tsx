import { Checkbox, Icon } from '@blueprintjs/core';
import { useState } from 'react';
import type { PackPreview } from '../../../shared/contract/packSchemas.ts';
import { packCopy } from '../../copy/packs.ts';
import { type Decision, type ExportDraft, lacksReason } from './exportDraft.ts';

const pageSize = 100;

/** Items that stay out, each with why; those that a person may release take a tick and a reason. */
export function BlockedItems(props: {
  items: PackPreview['blocked'];
  decisions: ExportDraft['decisions'];
  error: string | undefined;
  onDecide: (ref: string, decision: Decision) => void;
  /** A decision is made: what the pack holds is looked at again. */
  onSettle: () => void;
}) {
  const [shown, setShown] = useState(pageSize);
  const { decisions, items } = props;
  return (
    <section aria-label={packCopy.blockedTitle}>
      <h3>
        {packCopy.blockedTitle} ({items.length.toLocaleString('en-GB')})
      </h3>
      <p className="muted">{packCopy.blockedNote}</p>
      {props.error && (
        <p className="tone-danger" role="alert">
          {props.error}
        </p>
      )}
      <ul className="blocked-list">
        {items.slice(0, shown).map((item) => {
          const decision = decisions[item.ref] ?? { on: false, reason: '', item };
          return (
            <li key={item.ref} className="blocked-item">
              <span className="blocked-head">
                <Icon icon={decision.on ? 'unlock' : 'lock'} size={12} />
                <strong>{item.ref}</strong>
                {item.grade && <span className="raw">{item.grade}</span>}
                <span>{item.why}</span>
                {!item.overridable && <span className="blocked-never muted">{packCopy.never}</span>}
              </span>
              {item.conditions && <span className="blocked-conditions">{item.conditions}</span>}
              {item.overridable && (
                <span className="blocked-decision">
                  <Checkbox
                    checked={decision.on}
                    label={packCopy.release}
                    aria-label={`${packCopy.release}: ${item.ref}`}
                    onChange={() => {
                      props.onDecide(item.ref, { ...decision, on: !decision.on });
                      if (decision.on || decision.reason !== '') props.onSettle();
                    }}
                  />
                  {decision.on && (
                    <input
                      className="value-input"
                      aria-label={`${packCopy.releaseReason}: ${item.ref}`}
                      placeholder={packCopy.releaseReason}
                      aria-invalid={props.error !== undefined && lacksReason(decision)}
                      value={decision.reason}
                      maxLength={1000}
                      onChange={(event) =>
                        props.onDecide(item.ref, { ...decision, reason: event.currentTarget.value })
                      }
                      onBlur={props.onSettle}
                    />
                  )}
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {items.length > shown && (
        <button type="button" className="link" onClick={() => setShown(shown + pageSize)}>
          Show {Math.min(pageSize, items.length - shown)} more of {items.length.toLocaleString('en-GB')}
        </button>
      )}
    </section>
  );
}

import { Callout, Checkbox } from '@blueprintjs/core';
import type { PackPreview } from '../../../shared/contract/packSchemas.ts';
import { packCopy } from '../../copy/packs.ts';
import { BlockedItems } from './BlockedItems.tsx';
import { type Decision, type DraftErrors, type ExportDraft, itemsToDecide } from './exportDraft.ts';

/** What goes in, what is withheld and why, what stays out unless somebody decides, and what may show a source. */
export function PackContents(props: {
  preview: PackPreview;
  draft: Pick<ExportDraft, 'decisions' | 'warningsRead'>;
  errors: DraftErrors;
  onDecide: (ref: string, decision: Decision) => void;
  onSettle: () => void;
  onReadWarnings: () => void;
}) {
  const { preview } = props;
  const items = itemsToDecide(preview.blocked, props.draft.decisions);
  return (
    <div className="pack-contents">
      <div className="pack-contents-columns">
        <section aria-label="Sections">
          <table className="table table-small">
            <thead>
              <tr>
                <th>Section</th>
                <th className="num">Rows</th>
              </tr>
            </thead>
            <tbody>
              {preview.sections.map(({ title, rows }) => (
                <tr key={title} className={rows === 0 ? 'muted' : ''}>
                  <td>{title}</td>
                  <td className="num">{rows.toLocaleString('en-GB')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <section aria-label={packCopy.withheld}>
          <h3>{packCopy.withheld}</h3>
          {preview.withheld.length === 0 ? (
            <p className="muted">{packCopy.nothingWithheld}</p>
          ) : (
            <ul className="plain-list">
              {preview.withheld.map(({ reason, count }) => (
                <li key={reason}>
                  {count.toLocaleString('en-GB')}: {reason}
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
      {preview.warnings.length > 0 && (
        <section aria-label={packCopy.warningsTitle}>
          <h3>
            {packCopy.warningsTitle} ({preview.warnings.length.toLocaleString('en-GB')})
          </h3>
          <Callout intent="warning" compact icon="warning-sign">
            <ul className="plain-list">
              {preview.warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
            <Checkbox
              checked={props.draft.warningsRead}
              label={packCopy.warningsRead}
              onChange={props.onReadWarnings}
            />
            {props.errors.warningsRead && <p role="alert">{props.errors.warningsRead}</p>}
          </Callout>
        </section>
      )}
      {items.length > 0 && (
        <BlockedItems
          items={items}
          decisions={props.draft.decisions}
          error={props.errors.decisions}
          onDecide={props.onDecide}
          onSettle={props.onSettle}
        />
      )}
    </div>
  );
}

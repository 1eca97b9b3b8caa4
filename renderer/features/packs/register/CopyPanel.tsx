import { Button } from '@blueprintjs/core';
import type { IssuedPack } from '../../../../shared/contract/packSchemas.ts';
import { formatDate } from '../../../../shared/packs/format.ts';
import { showMoment } from '../../../ui/dates.ts';
import { ForChangers } from '../../../ui/ForChangers.tsx';
import { isOut } from './packStates.ts';
import { PackSigns } from './RegisterTable.tsx';
import type { Settling } from './SettleDialog.tsx';

/** One copy: what it is, its files, and what can be done about it. */
export function CopyPanel(props: {
  pack: IssuedPack;
  onChanges: () => void;
  onReissue: () => void;
  onSettle: (state: Settling) => void;
  onRecall: () => void;
  onClose: () => void;
}) {
  const { pack } = props;
  const facts: readonly (readonly [string, string | null])[] = [
    ['Recipient', pack.recipient],
    ['Reason', pack.reason],
    ['Issued', `${showMoment(pack.at)} by ${pack.user}`],
    ['Marking', pack.marking],
    ['Destroy by', pack.destroyBy === null ? 'Not set' : formatDate(pack.destroyBy)],
    ['Since', pack.stateAt === null ? null : showMoment(pack.stateAt)],
    ['Note', pack.stateNote],
  ];
  return (
    <aside className="copy-panel" aria-label={`Copy ${pack.ref}`}>
      <header className="copy-head">
        <h3>
          {pack.title}
          {pack.team !== null && `, ${pack.team}`}
        </h3>
        <Button size="small" variant="minimal" icon="cross" aria-label="Close" onClick={props.onClose} />
      </header>
      <p>
        {pack.ref}: version {pack.version}, copy {pack.copy}
      </p>
      <PackSigns pack={pack} />
      <dl className="copy-facts">
        {facts.map(([label, value]) =>
          value === null || value === '' ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      <div className="copy-actions">
        <Button size="small" icon="comparison" text="What changed since" onClick={props.onChanges} />
        <ForChangers>
          <Button size="small" icon="duplicate" text="Write out again" onClick={props.onReissue} />
          {isOut(pack) ? (
            <>
              <Button size="small" icon="tick" text="Returned" onClick={() => props.onSettle('returned')} />
              <Button
                size="small"
                icon="trash"
                text="Destroyed"
                onClick={() => props.onSettle('destroyed')}
              />
              {pack.state !== 'lost' && (
                <Button size="small" icon="error" text="Lost" onClick={() => props.onSettle('lost')} />
              )}
              <Button size="small" icon="undo" text="Recall" onClick={props.onRecall} />
            </>
          ) : null}
          {pack.state !== 'held' && (
            <Button size="small" icon="hand" text="Held after all" onClick={() => props.onSettle('held')} />
          )}
        </ForChangers>
      </div>
      <h3>Files</h3>
      <ul className="copy-files">
        {pack.files.map((file) => (
          <li key={file.file}>
            <span className="copy-file">{file.file}</span>
            <span className="muted">{Math.ceil(file.bytes / 1024).toLocaleString('en-GB')} KB</span>
            <code className="raw">{file.sha256}</code>
          </li>
        ))}
      </ul>
    </aside>
  );
}

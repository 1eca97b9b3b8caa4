import { Button, ButtonGroup } from '@blueprintjs/core';
import { type ReactNode, useId, useState } from 'react';
import { callsCopy } from '../../copy/calls.ts';

/** A part of the picture. Where it is drawn, a table with the same content is one click away. */
export function Panel(props: {
  title: string;
  count?: number | undefined;
  note?: ReactNode;
  wide?: boolean;
  picture?: ReactNode;
  children: ReactNode;
}) {
  const [asTable, setAsTable] = useState(false);
  const heading = useId();
  return (
    <section className={`calls-panel ${props.wide ? 'is-wide' : ''}`} aria-labelledby={heading}>
      <div className="calls-panel-head">
        <h3 id={heading}>
          {props.title}{' '}
          {props.count !== undefined && (
            <span className="finding-count">{props.count.toLocaleString('en-GB')}</span>
          )}
        </h3>
        {props.picture !== undefined && (
          <ButtonGroup>
            <Button
              size="small"
              text={callsCopy.picture}
              active={!asTable}
              aria-pressed={!asTable}
              aria-describedby={heading}
              onClick={() => setAsTable(false)}
            />
            <Button
              size="small"
              text={callsCopy.table}
              active={asTable}
              aria-pressed={asTable}
              aria-describedby={heading}
              onClick={() => setAsTable(true)}
            />
          </ButtonGroup>
        )}
      </div>
      {props.note && <p className="muted calls-note">{props.note}</p>}
      {props.picture !== undefined && !asTable ? (
        props.picture
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
        <section className="calls-table" tabIndex={0} aria-label={`${props.title}, table`}>
          {props.children}
        </section>
      )}
    </section>
  );
}

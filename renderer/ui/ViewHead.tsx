import type { ReactNode } from 'react';

/** Title line of a view, with its actions at the right. */
export function ViewHead(props: { title: string; note?: string | undefined; children?: ReactNode }) {
  return (
    <div className="view-head">
      <h2>{props.title}</h2>
      {props.note && <p className="muted">{props.note}</p>}
      <span className="status-gap" />
      {props.children}
    </div>
  );
}

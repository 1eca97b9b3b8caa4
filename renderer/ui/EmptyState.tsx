import { Icon, type IconName } from '@blueprintjs/core';
import type { ReactNode } from 'react';

/** What stands where there is nothing yet: what is missing, what to do, and a way to do it. */
export function EmptyState(props: {
  icon: IconName;
  title: string;
  description?: string;
  action?: ReactNode;
}) {
  return (
    <div className="empty-state">
      <Icon icon={props.icon} size={32} />
      <p className="empty-title">{props.title}</p>
      {props.description && <p className="empty-words">{props.description}</p>}
      {props.action}
    </div>
  );
}

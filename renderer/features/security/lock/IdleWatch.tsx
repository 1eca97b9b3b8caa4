import { Icon, Portal } from '@blueprintjs/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useClient } from '../../../app/connection.ts';
import { applyLockSettings, useCountdown } from '../../../app/locking.ts';
import { lockingCopy } from '../../../copy/locking.ts';
import './lock.css';

/** When the workspace locks itself, and what goes with it. */
export function useLockSettings() {
  const client = useClient();
  return useQuery({ queryKey: ['locking'], queryFn: () => client.locking.settings() });
}

/** Applies the workspace's settings of locking, and counts down where nobody is there. */
export function IdleWatch() {
  const { data: settings } = useLockSettings();
  const seconds = useCountdown();
  useEffect(() => {
    if (settings) applyLockSettings(settings);
  }, [settings]);
  if (seconds === null) return null;
  return (
    <Portal>
      <div className="lock-soon" role="alert" aria-label={lockingCopy.soonTitle}>
        <Icon icon="lock" size={20} />
        <div>
          {/* Read once, not every second. */}
          <p className="lock-soon-count" aria-hidden>
            {lockingCopy.soon(seconds)}
          </p>
          <p className="muted">{lockingCopy.soonLead}</p>
        </div>
      </div>
    </Portal>
  );
}

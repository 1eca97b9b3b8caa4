import { ProgressBar } from '@blueprintjs/core';
import { useRef } from 'react';

export interface ProgressEvent {
  stage: string;
  done: number;
  total: number | null;
  unit: 'rows' | 'bytes' | 'pages' | 'entries' | 'steps';
}

function describeSeconds(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s left`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s left`;
}

/** How far long work is: a bar, the count, the rate and the time left. Read out at each stage. */
export function ProgressLine({ title, progress }: { title: string; progress: ProgressEvent | null }) {
  const stage = useRef<{ name: string; at: number; done: number }>({ name: '', at: 0, done: 0 });
  const now = performance.now();
  if (progress && progress.stage !== stage.current.name) {
    stage.current = { name: progress.stage, at: now, done: progress.done };
  }
  const seconds = (now - stage.current.at) / 1000;
  const rate = progress && seconds > 0.5 ? (progress.done - stage.current.done) / seconds : 0;
  const left = progress?.total && rate > 0 ? (progress.total - progress.done) / rate : null;
  const unit = progress?.unit ?? 'steps';
  const amount = (value: number) =>
    unit === 'bytes' ? `${(value / 1_048_576).toFixed(1)} MB` : Math.round(value).toLocaleString('en-GB');
  const parts = progress
    ? [
        `${amount(progress.done)}${progress.total ? ` of ${amount(progress.total)}` : ''}${unit === 'bytes' ? '' : ` ${unit}`}`,
        rate > 0 ? `${amount(rate)}${unit === 'bytes' ? '' : ` ${unit}`} a second` : '',
        left !== null ? describeSeconds(left) : '',
      ].filter(Boolean)
    : [];
  return (
    <div className="progress-line">
      <p aria-live="polite">
        <strong>{title}</strong> {progress?.stage ?? ''}
      </p>
      <ProgressBar
        intent="primary"
        animate={!progress?.total}
        {...(progress?.total ? { value: Math.min(1, progress.done / progress.total) } : {})}
        aria-label={title}
      />
      <p className="muted progress-numbers">{parts.join(', ') || ' '}</p>
    </div>
  );
}

import type { TimeScale } from './timeScale.ts';

/** Days under a drawing, with lines through it. */
export function TimeAxis({ scale, top, bottom }: { scale: TimeScale; top: number; bottom: number }) {
  return (
    <g>
      {scale.ticks.map(({ at, label }) => (
        <g key={label + at}>
          <line className="calls-gridline" x1={at} x2={at} y1={top} y2={bottom} />
          <text className="calls-tick" x={at} y={bottom + 13} textAnchor="middle">
            {label}
          </text>
        </g>
      ))}
    </g>
  );
}

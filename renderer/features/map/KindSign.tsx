import type { Placed } from '../../../shared/contract/areas/places.ts';

/** The shape by which a kind is drawn on the map, for legends and lists. The word beside it says the same. */
export function KindSign({ kind, isPlanned = false }: { kind: Placed['kind']; isPlanned?: boolean }) {
  return (
    <svg
      className={`map-sign map-sign-${kind} ${isPlanned ? 'is-planned' : ''}`}
      width="14"
      height="14"
      viewBox="-8 -8 16 16"
      aria-hidden="true"
    >
      {kind === 'warrant' && <rect x="-5" y="-5" width="10" height="10" />}
      {kind === 'crime' && <path d="M0-6 6 5-6 5z" />}
      {kind === 'premises' && <circle r="6" />}
      {kind === 'person' && <circle r="4" />}
      {kind === 'cell' && <circle r="6" strokeDasharray="3 2.5" />}
    </svg>
  );
}

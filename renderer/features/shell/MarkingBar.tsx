import { shellCopy } from '../../copy/shell.ts';

/** Colour class of a marking: by tier, and for anything that is no known tier the most careful one. */
export function markingTone(marking: string | null): 'none' | 'official' | 'sensitive' {
  if (marking === null) return 'none';
  const text = marking.toUpperCase();
  if (/^\s*(UK\s+)?OFFICIAL\b/.test(text) && !/SENSITIVE/.test(text)) return 'official';
  return 'sensitive';
}

/** The protective marking, centred in capitals. Nothing in the window can cover it. */
export function MarkingBar({ marking, edge }: { marking: string | null; edge: 'top' | 'bottom' }) {
  return (
    <div
      className={`marking-bar marking-${markingTone(marking)}`}
      data-testid={`marking-${edge}`}
      role="note"
      aria-label={`Protective marking, ${edge} of the window`}
    >
      {(marking ?? shellCopy.notOpen).toUpperCase()}
    </div>
  );
}

import { shellCopy } from '../../copy/shell.ts';
import { markingTone } from './markingTone.ts';

/** The protective marking, centred in capitals. Nothing in the window can cover it. */
export function MarkingBar({ marking, edge }: { marking: string | null; edge: 'top' | 'bottom' }) {
  return (
    <section
      className={`marking-bar marking-${markingTone(marking)}`}
      data-testid={`marking-${edge}`}
      aria-label={`Protective marking, ${edge} of the window`}
    >
      {(marking ?? shellCopy.notOpen).toUpperCase()}
    </section>
  );
}

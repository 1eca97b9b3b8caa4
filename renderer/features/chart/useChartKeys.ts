import type { RefObject } from 'react';
import { showMessage } from '../../app/messages.ts';
import { openDossier, openRecord } from '../../app/navigation.ts';
import { chartCopy } from '../../copy/chart.ts';
import type { CanvasHandle } from './ChartCanvas.tsx';
import {
  chartNow,
  choose,
  chosenNow,
  hideRecords,
  pinRecords,
  putBack,
  redoChart,
  undoChart,
} from './chartState.ts';

/** Records whose neighbours the engine brings at once. */
export const mostExpandedAtOnce = 200;

const isText = (target: EventTarget): boolean =>
  target instanceof HTMLElement && ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);

/** Keys of the chart: those of its picture, and those that work wherever in the view the focus is. */
export function useChartKeys(props: {
  canvas: RefObject<CanvasHandle | null>;
  focused: string | null;
  expand: (refs: readonly string[]) => Promise<void>;
  onTable: () => void;
}) {
  /** Whom a key concerns: those that are chosen, else the one that has the focus. */
  const meant = (): string[] => {
    const chosen = [...chosenNow()];
    return chosen.length > 0 ? chosen : props.focused === null ? [] : [props.focused];
  };
  return {
    /** True where the key was the chart's. */
    inPicture: (event: React.KeyboardEvent): boolean => {
      const refs = meant();
      const [first] = refs;
      if (event.ctrlKey || event.metaKey) {
        if (event.key.toLowerCase() !== 'a') return false;
        choose(chartNow().nodes.map(({ ref }) => ref));
        return true;
      }
      if (event.altKey) return false;
      if (event.key === '+' || event.key === '=') props.canvas.current?.zoom(1.3);
      else if (event.key === '-') props.canvas.current?.zoom(1 / 1.3);
      else if (event.key === '0') props.canvas.current?.fit();
      else if (event.key === 'Escape' && chosenNow().size > 0) choose([]);
      else if (event.key === 'Enter' && refs.length > mostExpandedAtOnce)
        showMessage({ tone: 'warning', text: chartCopy.tooManyToExpand(mostExpandedAtOnce) });
      else if (event.key === 'Enter' && refs.length > 0) void props.expand(refs);
      else if ((event.key === 'Delete' || event.key === 'Backspace') && refs.length > 0) hide(refs);
      else if (event.key.toLowerCase() === 'p' && refs.length > 0) pinRecords(new Set(refs));
      else if (event.key === ' ' && first !== undefined) openRecord(first);
      else if (event.key === 'F8' && first !== undefined) openDossier(first);
      else return false;
      return true;
    },
    anywhere: (event: React.KeyboardEvent): void => {
      const control = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      const take = () => {
        event.preventDefault();
        event.stopPropagation();
      };
      if (event.altKey && key === 't') {
        take();
        props.onTable();
      }
      // In a field they belong to its text. Elsewhere in the chart they never reach the changes of the workspace.
      if (!control || isText(event.target)) return;
      if (key === 'z' && !event.shiftKey) {
        take();
        stepBack();
      } else if (key === 'y' || key === 'z') {
        take();
        stepForward();
      }
    },
  };
}

export function hide(refs: Iterable<string>): void {
  const gone = hideRecords(refs);
  if (gone.length > 0)
    showMessage({
      tone: 'done',
      text: chartCopy.hidden(gone.length),
      action: { label: chartCopy.putBack, run: () => putBack(gone) },
    });
}

export function stepBack(): void {
  if (!undoChart()) showMessage({ tone: 'warning', text: chartCopy.nothingToUndo });
}

export function stepForward(): void {
  if (!redoChart()) showMessage({ tone: 'warning', text: chartCopy.nothingToRedo });
}

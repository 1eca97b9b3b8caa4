/** Arranges charts beside the page, so that it is never held up. One chart, then it waits for the next. */
import { arrange, type Layout } from './force.ts';

export interface LayoutAnswer {
  /** Share that is done, 0 to 1. */
  share: number;
  places: Float64Array | null;
}

const port = self as unknown as {
  onmessage: ((event: MessageEvent<Layout>) => void) | null;
  postMessage(answer: LayoutAnswer): void;
};

port.onmessage = ({ data }) => {
  let told = 0;
  const places = arrange(data, (share) => {
    if (share - told < 0.05) return;
    told = share;
    port.postMessage({ share, places: null });
  });
  port.postMessage({ share: 1, places });
};

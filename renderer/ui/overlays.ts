import { createContext, use } from 'react';

/** The element that holds every overlay: it lies between the marking bars. */
export const OverlayContext = createContext<HTMLDivElement | null>(null);

export function useOverlays(): HTMLDivElement {
  const element = use(OverlayContext);
  if (!element) throw new Error('no place for overlays');
  return element;
}

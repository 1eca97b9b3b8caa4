import type { NativeBridge } from '../../shared/contract/native.ts';

export type { Granted } from '../../shared/contract/native.ts';

/** The host, or undefined when the page stands alone. */
export function native(): NativeBridge | undefined {
  return (window as unknown as { fellside?: NativeBridge }).fellside;
}

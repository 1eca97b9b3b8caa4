import type { ReactNode } from 'react';
import { useMay } from '../app/role.ts';

/** Controls that change the operation, for whoever may change it: a reader does not see them. */
export function ForChangers({ children }: { children: ReactNode }) {
  return useMay() ? children : null;
}

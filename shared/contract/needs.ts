/**
 * Who may call a method. Every method of the contract is built with one of these, and the engine asks before the
 * handler runs: a role is a property of the method, never of a button.
 */
import { oc } from '@orpc/contract';

/** What a method needs: nothing, an open workspace, or an open workspace and a role that may. */
export type Need = 'anyone' | 'reader' | 'analyst' | 'lead';

export interface MethodMeta {
  needs: Need;
}

const base = oc.$meta<MethodMeta>({ needs: 'lead' });

/** Works with no workspace open. */
export const anyone = base.meta({ needs: 'anyone' });
/** Reads, or keeps what concerns the user alone. */
export const reader = base.meta({ needs: 'reader' });
/** Changes the operation, or lets something of it out. */
export const analyst = base.meta({ needs: 'analyst' });
/** Decides about people, keys, the record and the end of the operation. */
export const lead = base.meta({ needs: 'lead' });

const ranks: Record<Exclude<Need, 'anyone'>, number> = { reader: 1, analyst: 2, lead: 3 };

/** Whether a user of this role may call a method that needs that much. */
export function mayCall(role: 'lead' | 'analyst' | 'reader', need: Need): boolean {
  return need === 'anyone' || ranks[role] >= ranks[need];
}

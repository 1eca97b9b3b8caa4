/** What a key or a button does with one row. */
import type { EnforcementPriority, SafeguardingPriority } from '../../../shared/contract/areas/priorities.ts';
import { makeTargets, undo } from '../../app/actions.ts';
import { currentClient, refreshQueries } from '../../app/connection.ts';
import { showMessage } from '../../app/messages.ts';
import { openRecord } from '../../app/navigation.ts';
import { reportError } from '../../app/reportError.ts';
import { mayNow } from '../../app/role.ts';
import { prioritiesCopy } from '../../copy/priorities.ts';
import { shellCopy } from '../../copy/shell.ts';

const mayChange = (): boolean => {
  if (mayNow('analyst')) return true;
  showMessage({ tone: 'warning', text: shellCopy.readerOnly });
  return false;
};

/** Adds a safeguarding plan and opens it beside the lists; opens the one that is there. */
export async function addPlan(row: SafeguardingPriority | null): Promise<void> {
  const [plan] = row?.plans ?? [];
  if (plan !== undefined) {
    showMessage({ tone: 'done', text: prioritiesCopy.planThere });
    openRecord(plan, 'plan');
    return;
  }
  if (!row?.newPlan) {
    showMessage({ tone: 'warning', text: row ? prioritiesCopy.noPlanFor : prioritiesCopy.noCause });
    return;
  }
  const client = currentClient();
  if (!client || !mayChange()) return;
  try {
    const { rows, seq } = await client.records.add({ grid: 'safeguarding', values: { ...row.newPlan } });
    showMessage({
      tone: 'done',
      text: prioritiesCopy.planAdded,
      ...(seq === null ? {} : { action: { label: 'Undo', run: () => void undo(seq) } }),
    });
    if (rows[0]) openRecord(rows[0].ref, 'plan');
  } catch (error) {
    reportError(error);
  }
  refreshQueries();
}

/** Makes a target of a row; opens the one that is there. */
export async function addTarget(row: EnforcementPriority | null): Promise<void> {
  if (!row) return;
  if (row.target !== null) {
    showMessage({ tone: 'done', text: prioritiesCopy.targetThere });
    openRecord(row.target, 'harm');
    return;
  }
  // A child is no target by default (domain facts 5.2): whoever means it does so where the record stands.
  if (row.isChild) {
    showMessage({ tone: 'warning', text: prioritiesCopy.childNoTarget });
    return;
  }
  if (mayChange()) await makeTargets([row.ref]);
}

/** `fellside packs`: the packs that there are, those that were issued, and what became of them. */
import { AppError } from '../../../shared/contract/errors.ts';
import { listRegister, recall, reissue, settle, showChanges } from './registerCommands.ts';
import type { Run, Status } from './run.ts';
import { listSpecs, removeSpec, saveSpec } from './specCommands.ts';

const actions: Readonly<Record<string, (run: Run) => Promise<Status>>> = {
  list: listRegister,
  changes: showChanges,
  reissue,
  settle,
  recall,
  specs: listSpecs,
  save: saveSpec,
  remove: removeSpec,
};

export async function packs(run: Run): Promise<Status> {
  const name = run.args.words[1] ?? 'list';
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action === undefined)
    throw new AppError('usage', `packs has no "${name}": ${Object.keys(actions).join(', ')}.`);
  return action(run);
}

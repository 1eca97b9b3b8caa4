/** People of a hundred thousand rows matched: read, learned, compared, grouped. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findMatches } from '../../electron/engine/entities/matching/findMatches.ts';
import { importFiles } from '../../electron/engine/intake/import.ts';
import { openFileSource } from '../../electron/engine/intake/readers/byteSource.ts';
import { writePeople } from '../support/peopleFile.ts';
import type { OpenTrial } from '../support/workspace.ts';
import { newWorkspace, openNamed } from '../support/workspace.ts';
import type { Trial, TrialContext } from '../trial.ts';

const rowsOf = (context: TrialContext) => (context.quick ? 500 : 100_000);
const file = (context: TrialContext) => join(context.folder, 'people.csv');

async function prepare(context: TrialContext) {
  const rows = rowsOf(context);
  if (!existsSync(file(context))) writePeople(file(context), rows, 0.15, 9);
  const { session, engine } = await newWorkspace(context, 'people');
  await importFiles(
    session,
    [{ name: 'people.csv', kind: 'person', open: () => openFileSource(file(context)) }],
    { mode: 'commit' },
  );
  await engine.close();
  return { rows };
}

let open: OpenTrial | undefined;

export const matches: Trial = {
  name: 'matching 100,000 rows of people',
  note: 'all of it: under 60 seconds and 1 GB of memory',
  repeats: 1,
  prepare,
  setup: async (context) => {
    open = await openNamed(context, 'people');
  },
  subject: async () => {
    if (!open) throw new Error('setup comes first');
    const report = await findMatches(open.session, {
      kind: 'people',
      threshold: 0.95,
      moment: { strike: null, today: '2026-11-30' },
    });
    await open.engine.close();
    return {
      records: report.records,
      'pairs compared': report.compared,
      pairs: report.pairs.length,
      groups: report.clusters.length,
    };
  },
};

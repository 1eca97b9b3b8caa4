/**
 * `node bench/linkage.ts [names…] [--size N] [--seeds N] [--wrong]`: how right the matching is, at the usual settings and without labels, on
 * invented sets of many kinds (`bench/support/linkage/sets.ts`), each imported as a sheet of people. `--wrong` lists
 * pairs that were taken for one and are not, and pairs that were missed, with the reasons.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createEngine } from '../electron/engine/createEngine.ts';
import { findMatches } from '../electron/engine/entities/matching/findMatches.ts';
import { importFiles } from '../electron/engine/intake/import.ts';
import { openFileSource } from '../electron/engine/intake/readers/byteSource.ts';
import { createWorkspace } from '../electron/engine/workspace/workspace.ts';
import { usualThreshold } from '../shared/contract/areas/matching.ts';
import { judge } from './support/linkage/measure.ts';
import type { LinkageSet } from './support/linkage/set.ts';
import { allSets } from './support/linkage/sets.ts';
import { passphrase } from './support/workspace.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string', default: '1' },
    wrong: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
  },
});

async function measure(set: LinkageSet): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fellside-linkage-'));
  const engine = createEngine();
  try {
    const workspace = await createWorkspace(
      { folder: join(folder, 'set.fellside'), passphrase, user: 'Trial' },
      engine.context.clock,
    );
    const session = engine.context.attach(workspace);
    for (const file of set.files) {
      const path = join(folder, file.name);
      writeFileSync(path, file.rows.map((row) => `${row.map((cell) => `"${cell}"`).join(',')}\r\n`).join(''));
      await importFiles(session, [{ name: file.name, kind: 'person', open: () => openFileSource(path) }], {
        mode: 'commit',
      });
    }
    const began = performance.now();
    const report = await findMatches(session, {
      kind: 'people',
      threshold: usualThreshold,
      moment: { strike: null, today: '2026-11-30' },
    });
    const took = performance.now() - began;
    const rows = session.reader
      .prepare(
        `SELECT row_id AS id, evidence_id - (SELECT min(first_evidence) FROM source_sheet) AS place
         FROM record_now WHERE grid = 'people' AND prefix = '' ORDER BY evidence_id`,
      )
      .all() as { id: number; place: number }[];
    const judged = judge(report, rows, set.truth);
    console.log(
      [
        set.name.padEnd(44),
        String(set.truth.length).padStart(6),
        `P ${judged.precision.toFixed(4)}`,
        `R ${judged.recall.toFixed(4)}`,
        `F1 ${judged.f1.toFixed(4)}`,
        `wrong ${judged.wrong} (${judged.wrongByKey} by key)`,
        `${(took / 1000).toFixed(1)} s`,
      ].join('  '),
    );
    if (!values.wrong) return;
    const who = new Map<string, Set<number>>();
    const cells = new Map<string, string[]>();
    const all = set.files.flatMap((file) => file.rows.slice(1));
    for (const { id, place } of rows) {
      const ref = `NOM-${id}`;
      who.set(ref, (who.get(ref) ?? new Set()).add(set.truth[place] ?? -1));
      cells.set(ref, [...(cells.get(ref) ?? []), (all[place] ?? []).join(' | ')]);
    }
    const same = (a: string, b: string) => [...(who.get(a) ?? [])].some((each) => who.get(b)?.has(each));
    const groupOf = new Map(
      report.clusters.flatMap((refs) => refs.map((ref) => [ref, refs[0] ?? ref] as const)),
    );
    const tell = (title: string, pairs: typeof report.pairs) => {
      console.log(`  ${title}: ${pairs.length}`);
      for (const pair of pairs.slice(0, 25)) {
        console.log(`   ${pair.score.toFixed(4)}  ${pair.decision}`);
        for (const ref of [pair.a, pair.b])
          for (const row of cells.get(ref) ?? []) console.log(`      ${ref}  ${row}`);
        console.log(
          `      ${pair.reasons.map((reason) => `${reason.field} ${reason.weight}${reason.weight === 0 ? ` ${reason.text}` : ''}`).join(', ')}`,
        );
      }
    };
    tell(
      'taken for one',
      report.pairs.filter((pair) => pair.decision === 'match' && !same(pair.a, pair.b)),
    );
    tell(
      'missed',
      report.pairs.filter(
        (pair) => pair.decision !== 'match' && same(pair.a, pair.b) && groupOf.get(pair.a) !== pair.b,
      ),
    );
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

for (let seed = Number(values.from); seed < Number(values.seeds); seed++)
  for (const set of allSets(Number(values.size), seed * 1000))
    if (positionals.length === 0 || positionals.some((name) => set.name.includes(name))) await measure(set);

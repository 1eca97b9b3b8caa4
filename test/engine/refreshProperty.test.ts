/** Random later issues with random decisions against a model of what each row says, and of undo and redo. */
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { RefreshChoice, SheetMapping } from '../../shared/contract/schemas.ts';
import { allRows, cleanUp, dumpGrids, importPaths, makeWorkspace, writeCsv } from './support.ts';

afterAll(cleanUp);

const headings = ['Ref', 'Name', 'Status', 'Description', 'Mobile'];
const fields = ['status', 'description'] as const;
type Field = (typeof fields)[number];

/** What is thought to stand of a person. Names are no keys: only the reference tells rows apart. */
interface Person {
  ref: string;
  key: string;
  said: Record<Field, string>;
  /** Number, or '' where none was ever given. */
  phone: string;
  manual: Partial<Record<Field, string>>;
  withdrawn: boolean;
}

const words = ['', 'wanted', 'bailed', 'missing'];
const numbers = ['', '+447700900001', '+447700900002', '+447700900003'];
const decision = fc.constantFrom('take' as const, 'leave' as const);
const row = fc.record({
  key: fc.nat(7),
  status: fc.constantFrom(...words),
  description: fc.constantFrom(...words),
  phone: fc.nat(3),
});
const issue = fc.record({
  rows: fc.uniqueArray(row, { minLength: 1, maxLength: 7, selector: (each) => each.key }),
  choice: fc.record({ new: decision, changed: decision, conflicting: decision, vanished: decision }),
  exceptions: fc.array(fc.record({ key: fc.nat(7), decision }), { maxLength: 2 }),
  edits: fc.array(fc.record({ pick: fc.nat(9), field: fc.constantFrom(...fields), word: fc.nat(4) }), {
    maxLength: 3,
  }),
});

const shown = (person: Person, field: Field) => person.manual[field] ?? (person.said[field] || null);

/** What a refresh should make of the people, and of its rows. */
function refreshModel(
  people: Person[],
  rows: readonly { key: number; status: string; description: string; phone: number }[],
  decide: (state: keyof typeof counted, key: string) => boolean,
): typeof counted {
  const counts = { ...counted };
  const standing = new Map(people.filter((each) => !each.withdrawn).map((each) => [each.key, each]));
  for (const each of rows) {
    const key = `R${each.key}`;
    const person = standing.get(key);
    standing.delete(key);
    if (!person) {
      counts.new += 1;
      if (decide('new', key))
        people.push({
          ref: `NOM-${people.length + 1}`,
          key,
          said: { status: each.status, description: each.description },
          phone: numbers[each.phone] ?? '',
          manual: {},
          withdrawn: false,
        });
      continue;
    }
    const differing = fields.filter((field) => each[field] !== '' && each[field] !== person.said[field]);
    const conflicts = differing.filter(
      (field) => person.manual[field] !== undefined && person.manual[field] !== each[field],
    );
    const phone = numbers[each.phone] ?? '';
    const otherPhone = phone !== '' && phone !== person.phone;
    const state =
      conflicts.length > 0 ? 'conflicting' : differing.length > 0 || otherPhone ? 'changed' : 'unchanged';
    counts[state] += 1;
    if (state === 'unchanged' || !decide(state, key)) continue;
    for (const field of differing) person.said[field] = each[field];
    for (const field of conflicts) delete person.manual[field];
    if (otherPhone) person.phone = phone;
  }
  for (const [key, person] of standing) {
    counts.vanished += 1;
    if (decide('vanished', key)) person.withdrawn = true;
  }
  return counts;
}
const counted = { new: 0, changed: 0, conflicting: 0, vanished: 0, unchanged: 0 };

it('later issues do what was decided, row by row, and an undo gives back exactly what there was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(issue, { minLength: 2, maxLength: 4 }), async (issues) => {
      const bench = await makeWorkspace();
      try {
        const people: Person[] = [];
        let against = '';
        for (const [index, { rows, choice, exceptions, edits }] of issues.entries()) {
          const name = `issue ${index}.csv`;
          const cells = rows.map((each) => [
            `R${each.key}`,
            `Person${each.key}`,
            each.status,
            each.description,
            numbers[each.phone] ?? '',
          ]);
          const path = writeCsv(bench, name, [headings, ...cells]);
          const decisions = Object.fromEntries(exceptions.map((each) => [`R${each.key}`, each.decision]));
          const refresh: RefreshChoice | undefined =
            index === 0 ? undefined : { against, key: [0], ...choice, rows: decisions };
          const mapping: SheetMapping = {
            sheet: `issue ${index}`,
            kind: 'person',
            headerRow: 1,
            columns: ['localRef', 'name', 'status', 'description', 'phone.number'],
            ...(refresh ? { refresh } : {}),
          };
          const expected = refreshModel(people, rows, (state, key) =>
            index === 0 ? true : (decisions[key] ?? choice[state as keyof typeof choice]) === 'take',
          );
          const before = await dumpGrids(bench.client);
          const report = await importPaths(bench, [path], { sheets: [mapping] });
          const sheet = report.files[0]?.sheets[0];
          if (!sheet) throw new Error(JSON.stringify(report.files[0]?.error));
          expect(sheet.imported + sheet.updated + sheet.unchanged + sheet.skipped + sheet.rejected).toBe(
            rows.length,
          );
          if (refresh) expect(sheet.refresh?.counts).toEqual(expected);
          const grid = await allRows(bench.client, 'people');
          const phones = new Map(
            (await allRows(bench.client, 'phones')).map((each) => [each.ref, each.number as string]),
          );
          expect(
            grid.map(({ ref, status, description, sources, conflicts, phones: linked }) => ({
              ref,
              status,
              description,
              sources,
              conflicts,
              phone: linked === null ? '' : phones.get(String(linked)),
            })),
          ).toEqual(
            people.map((each) => ({
              ref: each.ref,
              status: shown(each, 'status'),
              description: shown(each, 'description'),
              sources: each.withdrawn ? 0 : 1,
              conflicts: null,
              phone: each.withdrawn ? '' : each.phone,
            })),
          );
          const after = await dumpGrids(bench.client);
          await bench.client.history.undo({});
          expect(await dumpGrids(bench.client)).toEqual(before);
          await bench.client.history.redo();
          expect(await dumpGrids(bench.client)).toEqual(after);
          against = `SRC-${index + 1}`;
          for (const { pick, field, word } of edits) {
            const person = people[pick % Math.max(people.length, 1)];
            const value = words[word] || `noted ${word}`;
            if (!person || shown(person, field) === value) continue;
            person.manual[field] = value;
            await bench.client.records.set({ edits: [{ ref: person.ref, values: { [field]: value } }] });
          }
        }
        const states = [await dumpGrids(bench.client)];
        const steps = (await bench.client.history.list({})).entries.filter(
          (each) => each.state === 'done',
        ).length;
        for (let step = 0; step < steps; step += 1) {
          await bench.client.history.undo({});
          states.push(await dumpGrids(bench.client));
        }
        expect(await allRows(bench.client, 'people')).toEqual([]);
        for (let step = steps; step > 0; step -= 1) {
          await bench.client.history.redo();
          expect(await dumpGrids(bench.client)).toEqual(states[step - 1]);
        }
        expect(await bench.client.history.verify()).toMatchObject({ ok: true });
      } finally {
        await bench.engine.close();
      }
    }),
    { numRuns: 8, seed: 20_261_124, endOnFailure: true },
  );
}, 240_000);

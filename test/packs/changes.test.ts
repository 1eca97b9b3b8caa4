import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePacks, describeChanges } from '../../shared/packs/changes.ts';
import type { PackData, TargetRow } from '../../shared/packs/packData.ts';
import type { PackSpec } from '../../shared/packs/packSpec.ts';
import { packSpecs } from '../../shared/packs/packSpecs.ts';
import { listSections } from '../../shared/packs/sections.ts';
import { buildPackData } from './fixtures/buildPackData.ts';

const { data } = buildPackData({ targets: 6, warrants: 3, photographs: 2 });

const withSpec = (change: Partial<PackSpec>, of: PackData = data): PackData => ({
  ...of,
  spec: { ...of.spec, ...change },
});
const withTarget = (change: Partial<TargetRow>, place = 0): PackData => ({
  ...data,
  targets: data.targets.map((row, index) => (index === place ? { ...row, ...change } : row)),
});
const target = (place: number): TargetRow => {
  const row = data.targets[place];
  if (!row) throw new Error('no such target');
  return row;
};

describe('what changed between two packs', () => {
  it('is nothing between equal ones, whatever copy and moment', () => {
    const copy = {
      ...data,
      header: { ...data.header, copy: 9, recipient: 'Other', preparedAt: '2026-11-21T00:00:00Z' },
    };
    expect(comparePacks(data, copy)).toEqual([]);
  });

  it('prints values as the pack does: dates, phones, lists, grades', () => {
    const after: PackData = {
      ...data,
      targets: data.targets.map((row, index) =>
        index === 1 ? { ...row, dateOfBirth: '2008-02-09', warnings: ['Violent', 'Weapons'] } : row,
      ),
      people: data.people.map((row, index) => (index === 1 ? { ...row, phones: ['+447700900123'] } : row)),
    };
    const before: PackData = {
      ...data,
      targets: data.targets.map((row, index) =>
        index === 1 ? { ...row, dateOfBirth: null, warnings: [] } : row,
      ),
      people: data.people.map((row, index) => (index === 1 ? { ...row, phones: [] } : row)),
    };
    expect(
      comparePacks(before, after).map(({ section, ref, name, field, before, after }) => [
        section,
        ref,
        name,
        field,
        before,
        after,
      ]),
    ).toEqual([
      ['targets', target(1).ref, target(1).name, 'Date of birth', null, '09/02/2008'],
      ['targets', target(1).ref, target(1).name, 'Warnings', null, '▲ Violent\n▲ Weapons'],
      ['people', data.people[1]?.ref, data.people[1]?.name, 'Phones', null, '07700 900123'],
    ]);
  });

  it('names a photograph by its date, never by its number in the workspace', () => {
    const after = withTarget({ photograph: 'photograph-77', photographDate: '2026-10-01' });
    const photograph = comparePacks(data, after).find(({ field }) => field === 'Photograph');
    expect(photograph?.after).toBe('Photograph of 01/10/2026');
    expect(JSON.stringify(comparePacks(data, after))).not.toContain('photograph-');
  });

  it('tells of strike and marking first', () => {
    const after = { ...data, header: { ...data.header, strikeTime: '06:00', version: 4 } };
    expect(describeChanges(data, after)).toEqual({
      since: 3,
      sinceAt: data.header.preparedAt,
      rows: [
        {
          section: data.spec.sections[0]?.id,
          ref: 'OP-1',
          name: data.header.operation,
          kind: 'changed',
          field: 'Strike',
          before: '26/11/2026 at 05:30',
          after: '26/11/2026 at 06:00',
        },
      ],
    });
  });

  it('says nothing of a column or section that the audience does not see', () => {
    const secret = withTarget({ grounds: 'changed grounds', objective: 'changed objective' });
    const fields = (spec: Partial<PackSpec>) =>
      comparePacks(withSpec(spec), withSpec(spec, secret)).map(({ field }) => field);
    expect(fields({})).toEqual(['Objective', 'Grounds']);
    expect(fields({ redactions: { targets: ['grounds'] } })).toEqual(['Objective']);
    expect(fields({ sections: [{ id: 'targets', columns: ['ref', 'name', 'grounds'] }] })).toEqual([
      'Grounds',
    ]);
    expect(fields({ sections: [{ id: 'warrants' }] })).toEqual([]);
  });

  it('repeats nothing of an issue made under other rules', () => {
    const wide = withSpec(
      { naming: { children: 'named', victims: 'named' }, redactions: {} },
      {
        ...data,
        targets: [...data.targets, { ...target(0), ref: 'TGT-99', name: 'Tam Birkett' }],
      },
    );
    const narrow = withSpec(
      { naming: { children: 'withheld', victims: 'withheld' } },
      withTarget({ name: '[child A]' }),
    );
    const changes = comparePacks(wide, narrow);
    expect(changes.find(({ kind }) => kind === 'removed')).toMatchObject({ ref: 'TGT-99', name: 'TGT-99' });
    expect(changes.find(({ field }) => field === 'Name')).toMatchObject({ before: null, after: '[child A]' });
    expect(JSON.stringify(changes)).not.toContain('Tam Birkett');
    expect(JSON.stringify(changes)).not.toContain(target(0).name);
  });

  it('shows of a long text the part that differs, and never half a character', () => {
    const long = '😀 word '.repeat(2000);
    const change = comparePacks(
      withTarget({ grounds: `${long}old${long}` }),
      withTarget({ grounds: `${long}new${long}` }),
    )[0];
    expect(change?.before).toMatch(/^….*old.*…$/su);
    expect(change?.after).toMatch(/^….*new.*…$/su);
    for (const text of [change?.before, change?.after]) {
      expect(text?.length).toBeLessThan(300);
      expect(text?.isWellFormed()).toBe(true);
    }
  });

  it('accounts for every difference that is printed, in any pair of packs', () => {
    const text = fc.option(fc.string({ unit: 'grapheme', maxLength: 400 }), { nil: null });
    const rows = fc.uniqueArray(fc.record({ place: fc.nat(5), grounds: text, status: text, team: text }), {
      selector: ({ place }) => place,
      maxLength: 6,
    });
    const build = (
      changed: { place: number; grounds: string | null; status: string | null; team: string | null }[],
    ): PackData => ({
      ...data,
      targets: changed.map(({ place, ...fields }) => ({ ...target(place), ...fields })),
    });
    fc.assert(
      fc.property(rows, rows, (first, second) => {
        const before = build(first);
        const after = build(second);
        const changes = comparePacks(before, after);
        const columns = listSections(after).find(({ id }) => id === 'targets')?.columns ?? [];
        const headings = new Set(columns.map(({ heading }) => heading));
        const places = (of: typeof first) => new Set(of.map(({ place }) => place));
        const [had, has] = [places(first), places(second)];
        expect(changes.filter(({ kind }) => kind === 'added')).toHaveLength(
          [...has].filter((each) => !had.has(each)).length,
        );
        expect(changes.filter(({ kind }) => kind === 'removed')).toHaveLength(
          [...had].filter((each) => !has.has(each)).length,
        );
        const differing = second.flatMap((now) => {
          const then = first.find(({ place }) => place === now.place);
          if (!then) return [];
          return (['grounds', 'status', 'team'] as const).filter(
            (field) => (then[field] ?? '') !== (now[field] ?? ''),
          );
        });
        const told = changes.filter(({ kind }) => kind === 'changed');
        expect(told).toHaveLength(differing.length);
        for (const { field, before: then, after: now } of told) {
          expect(headings).toContain(field);
          expect(then === null && now === null).toBe(false);
        }
      }),
    );
  });

  it('tells of a new source file, not of how many values came from one', () => {
    const file = {
      ref: 'F1',
      file: 'nominals.xlsx',
      sheets: ['People'],
      sha256: 'a'.repeat(64),
      imported: '2026-11-20T10:00:00Z',
      values: 9,
    };
    const before = { ...data, sourceFiles: [file] };
    const after = {
      ...data,
      sourceFiles: [
        { ...file, values: 8 },
        { ...file, ref: 'F2', file: 'later.xlsx' },
      ],
    };
    expect(comparePacks(before, after).map(({ ref, kind }) => [ref, kind])).toEqual([['F2', 'added']]);
  });

  it('tells a court nothing of intelligence', () => {
    const court = withSpec(packSpecs.court);
    const after = { ...court, intelligence: [], targets: court.targets.slice(1) };
    expect(
      comparePacks(court, after).every(({ section }) => court.spec.sections.some(({ id }) => id === section)),
    ).toBe(true);
  });
});

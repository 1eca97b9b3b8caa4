/** What the product is made of: pinned, whole, under licences that may go to users, and said in CycloneDX. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { compareVersions, findAdvisories } from '../../scripts/sbom/advisories.ts';
import { allows, findLicenceFaults } from '../../scripts/sbom/licences.ts';
import { type LockedPackage, readLock, readManifest } from '../../scripts/sbom/lock.ts';
import { writeSbom } from '../../scripts/sbom.ts';

const root = resolve(import.meta.dirname, '../..');
const packages = readLock(root);
const out = mkdtempSync(join(tmpdir(), 'fellside-sbom-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

const piece = (change: Partial<LockedPackage>): LockedPackage => ({
  place: 'node_modules/x',
  name: 'x',
  version: '1.2.3',
  integrity: 'sha512-AAAA',
  licence: 'MIT',
  needs: [],
  ships: true,
  ...change,
});

describe('the lock file', () => {
  test('names every package by an exact version, and by what its content hashes to', () => {
    expect(packages.length).toBeGreaterThan(500);
    expect(packages.filter(({ integrity }) => !integrity?.startsWith('sha512-'))).toEqual([]);
    const { dependencies, devDependencies } = readManifest(root);
    const wanted = Object.entries({ ...dependencies, ...devDependencies });
    expect(wanted.filter(([, version]) => !/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    const locked = new Map(packages.map(({ place, version }) => [place, version]));
    for (const [name, version] of wanted)
      expect([name, locked.get(`node_modules/${name}`)]).toEqual([name, version.replace(/^npm:.*@/, '')]);
  });

  test('holds nothing under a licence that may not be, and none of the packages that must not come in', () => {
    expect(findLicenceFaults(packages)).toEqual([]);
  });

  test('knows what goes to users: the engine’s packages, what the page is built from, and Electron', () => {
    const shipped = new Set(packages.filter(({ ships }) => ships).map(({ name }) => name));
    for (const name of [
      'zod',
      'react',
      '@blueprintjs/core',
      'ag-grid-community',
      'electron',
      'exceljs',
      'jszip',
    ])
      expect([name, shipped.has(name)]).toEqual([name, true]);
    for (const name of ['vitest', 'typescript', 'electron-builder', 'playwright-core', 'knip'])
      expect([name, shipped.has(name)]).toEqual([name, false]);
  });
});

describe('a licence', () => {
  const allowed = new Set(['MIT', 'Zlib']);
  test.each([
    ['MIT', true],
    ['GPL-3.0-or-later', false],
    ['(MIT OR GPL-3.0-or-later)', true],
    ['(MIT AND GPL-2.0)', false],
    ['(MIT AND Zlib)', true],
    ['GPL-2.0 OR (MIT AND Zlib)', true],
    ['(GPL-2.0 OR MIT) AND AGPL-3.0', false],
    ['MIT GPL', false],
    ['', false],
    ['SEE LICENSE IN LICENSE.md', false],
  ])('of %j is judged %s', (expression, verdict) => {
    expect(allows(expression, allowed)).toBe(verdict);
  });

  test('that is missing or forbidden, and a name that is, are told in words', () => {
    const faults = findLicenceFaults([
      piece({ name: 'ag-grid-enterprise' }),
      piece({ name: 'xlsx' }),
      piece({ name: 'silent', licence: '' }),
      piece({ name: 'copyleft', licence: 'AGPL-3.0' }),
      piece({ name: 'tool', licence: 'WTFPL', ships: false }),
      piece({ name: 'shipped', licence: 'WTFPL' }),
    ]);
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'ag-grid-enterprise',
      'xlsx',
      'silent',
      'copyleft',
      'shipped',
    ]);
  });
});

describe('advisories', () => {
  test('are matched by versions and ranges, and to the right package alone', () => {
    const range = (events: object[]) => [{ type: 'SEMVER', events }];
    const advisory = (id: string, name: string, ranges: object[], ecosystem = 'npm') => ({
      id,
      affected: [{ package: { ecosystem, name }, ranges: ranges as never }],
    });
    const found = findAdvisories(
      [piece({}), piece({ name: 'y', version: '2.0.0-beta.2', ships: false })],
      [
        advisory('IN', 'x', range([{ introduced: '0' }, { fixed: '1.2.4' }])),
        advisory('FIXED', 'x', range([{ introduced: '1.0.0' }, { fixed: '1.2.3' }])),
        advisory('AGAIN', 'x', range([{ introduced: '0' }, { fixed: '1.0.0' }, { introduced: '1.2.0' }])),
        advisory('LAST', 'x', range([{ introduced: '0' }, { last_affected: '1.2.2' }])),
        advisory('BEFORE', 'y', range([{ introduced: '0' }, { fixed: '2.0.0' }])),
        advisory('ELSEWHERE', 'x', range([{ introduced: '0' }]), 'PyPI'),
        { id: 'NAMED', affected: [{ package: { ecosystem: 'npm', name: 'x' }, versions: ['1.2.3'] }] },
      ],
    );
    expect(found.map(({ id }) => id)).toEqual(['IN', 'AGAIN', 'BEFORE', 'NAMED']);
    expect(compareVersions('1.10.0', '1.9.9')).toBeGreaterThan(0);
    expect(compareVersions('1.0.0-rc.10', '1.0.0-rc.9')).toBeGreaterThan(0);
  });
});

describe('the bill of materials', () => {
  const Hash = z.strictObject({
    alg: z.enum(['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512']),
    content: z.string().regex(/^([a-f0-9]{40}|[a-f0-9]{64}|[a-f0-9]{96}|[a-f0-9]{128})$/),
  });
  const Licence = z.union([
    z.strictObject({ license: z.strictObject({ id: z.string().regex(/^[\w.+-]+$/) }) }),
    z.strictObject({ expression: z.string().min(1) }),
  ]);
  const Component = z.strictObject({
    type: z.enum(['application', 'library', 'file']),
    'bom-ref': z.string().min(1),
    name: z.string().min(1),
    version: z.string().optional(),
    scope: z.enum(['required', 'optional', 'excluded']).optional(),
    hashes: z.array(Hash).optional(),
    licenses: z.array(Licence).min(1),
    purl: z.string().startsWith('pkg:npm/').optional(),
  });
  const Bom = z.strictObject({
    $schema: z.literal('http://cyclonedx.org/schema/bom-1.6.schema.json'),
    bomFormat: z.literal('CycloneDX'),
    specVersion: z.literal('1.6'),
    serialNumber: z.string().regex(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
    version: z.literal(1),
    metadata: z.strictObject({ component: Component }),
    components: z.array(Component),
    dependencies: z.array(z.strictObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
  });
  let text = '';

  beforeAll(() => {
    writeFileSync(
      join(out, 'osv.json'),
      JSON.stringify([
        {
          id: 'GHSA-test',
          summary: 'planted',
          affected: [
            {
              package: { ecosystem: 'npm', name: 'vitest' },
              ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }],
            },
          ],
        },
      ]),
    );
    expect(writeSbom(out, join(out, 'osv.json'))).toEqual([]);
    text = readFileSync(join(out, 'sbom.cdx.json'), 'utf8');
  });

  test('has the shape of CycloneDX 1.6, with names that are all known and each once', () => {
    const bom = Bom.parse(JSON.parse(text));
    const refs = [bom.metadata.component['bom-ref'], ...bom.components.map((each) => each['bom-ref'])];
    expect(new Set(refs).size).toBe(refs.length);
    const known = new Set(refs);
    expect(
      bom.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]).filter((ref) => !known.has(ref)),
    ).toEqual([]);
    expect(bom.components.filter(({ type, hashes }) => type === 'library' && !hashes?.length)).toEqual([]);
    expect(new Set(bom.components.filter(({ purl }) => purl).map(({ purl }) => purl)).size).toBe(
      new Set(packages.map(({ name, version }) => `${name}@${version}`)).size,
    );
  });

  test('is the same bytes for the same lock file, and names no folder of this machine', () => {
    writeSbom(out, undefined);
    expect(readFileSync(join(out, 'sbom.cdx.json'), 'utf8')).toBe(text);
    expect(text).not.toContain(root);
  });

  test('stands beside the licence texts and an honest word on advisories', () => {
    expect(readFileSync(join(out, 'licences.txt'), 'utf8')).toContain('Copyright');
    expect(readFileSync(join(out, 'advisories.txt'), 'utf8')).toMatch(/^No advisories were looked at/);
    writeSbom(out, join(out, 'osv.json'));
    expect(readFileSync(join(out, 'advisories.txt'), 'utf8')).toMatch(
      /^1 advisories were looked at; 1 speak .*\nGHSA-test {2}vitest .* builds only {2}planted/,
    );
  });
});

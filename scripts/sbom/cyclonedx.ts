import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LockedPackage, Manifest } from './lock.ts';

const algorithms: Readonly<Record<string, string>> = {
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};

/** `sha512-BASE64` of the lock file as CycloneDX writes it: the algorithm, and hex. */
function hashesOf(integrity: string | undefined) {
  return (integrity ?? '')
    .split(/\s+/)
    .filter((each) => each !== '')
    .flatMap((each) => {
      const [algorithm = '', text = ''] = each.split(/-(.*)/);
      const alg = algorithms[algorithm];
      return alg ? [{ alg, content: Buffer.from(text, 'base64').toString('hex') }] : [];
    });
}

/** Package URL: `pkg:npm/%40scope/name@1.2.3`. */
export const purlOf = ({ name, version }: Pick<LockedPackage, 'name' | 'version'>) =>
  `pkg:npm/${name.replace('@', '%40')}@${version}`;

/** An identifier of a licence alone goes into `license`, anything longer is an expression. */
const licencesOf = (licence: string) =>
  licence === ''
    ? []
    : /[\s(]/.test(licence)
      ? [{ expression: licence.replace(/^\((.*)\)$/, '$1') }]
      : [{ license: { id: licence } }];

/** The fonts that are printed with: files, each under the Open Font Licence. */
function fontsOf(root: string) {
  const folder = join(root, 'resources/fonts');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ttf'))
    .sort()
    .map((name) => ({
      type: 'file',
      'bom-ref': `resources/fonts/${name}`,
      name,
      scope: 'required',
      hashes: [
        {
          alg: 'SHA-256',
          content: createHash('sha256')
            .update(readFileSync(join(folder, name)))
            .digest('hex'),
        },
      ],
      licenses: [{ license: { id: 'OFL-1.1' } }],
    }));
}

/**
 * The bill of materials as CycloneDX 1.6. The same lock file gives the same bytes: there is no time in it, and its
 * serial number comes from its content. `scope` says what goes to users (required) and what only builds (excluded).
 */
export function makeBom(root: string, manifest: Manifest, packages: readonly LockedPackage[]) {
  const product = `pkg:npm/${manifest.name}@${manifest.version}`;
  // The same package may stand at several places; it is one component, shipped where one of them is.
  const components = new Map<string, LockedPackage>();
  for (const each of packages) {
    const known = components.get(purlOf(each));
    components.set(
      purlOf(each),
      known ? { ...known, ships: known.ships || each.ships, needs: [...known.needs, ...each.needs] } : each,
    );
  }
  const purlAt = new Map(packages.map((each) => [each.place, purlOf(each)]));
  const direct = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).flatMap(
    (name) => purlAt.get(`node_modules/${name}`) ?? [],
  );
  const body = {
    metadata: {
      component: {
        type: 'application',
        'bom-ref': product,
        name: manifest.name,
        version: manifest.version,
        licenses: licencesOf(manifest.license),
        purl: product,
      },
    },
    components: [
      ...[...components].map(([purl, each]) => ({
        type: 'library',
        'bom-ref': purl,
        name: each.name,
        version: each.version,
        scope: each.ships ? 'required' : 'excluded',
        hashes: hashesOf(each.integrity),
        licenses: licencesOf(each.licence),
        purl,
      })),
      ...fontsOf(root),
    ],
    dependencies: [
      { ref: product, dependsOn: [...new Set(direct)].sort() },
      ...[...components].map(([ref, { needs }]) => ({
        ref,
        dependsOn: [...new Set(needs.flatMap((place) => purlAt.get(place) ?? []))].sort(),
      })),
    ],
  };
  const digest = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const serial = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${serial}`,
    version: 1,
    ...body,
  };
}

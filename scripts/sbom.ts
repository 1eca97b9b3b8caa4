import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Advisory, findAdvisories } from './sbom/advisories.ts';
import { makeBom, purlOf } from './sbom/cyclonedx.ts';
import { findLicenceFaults } from './sbom/licences.ts';
import { licenceTexts, readLock, readManifest } from './sbom/lock.ts';

const root = resolve(import.meta.dirname, '..');

/**
 * Writes the bill of materials (CycloneDX 1.6), the licence texts of all that goes to users, and what a file of
 * advisories says of it. Nothing is asked of the network. Returns what must not be so, in words.
 */
export function writeSbom(out: string, advisoryFile: string | undefined): string[] {
  const packages = readLock(root);
  const faults = findLicenceFaults(packages);
  mkdirSync(out, { recursive: true });
  const bom = makeBom(root, readManifest(root), packages);
  writeFileSync(join(out, 'sbom.cdx.json'), `${JSON.stringify(bom, null, 2)}\n`);

  const shipped = [
    ...new Map(packages.filter(({ ships }) => ships).map((each) => [purlOf(each), each])).values(),
  ];
  const texts = shipped.map((each) => {
    const found = licenceTexts(root, each.place);
    const text = found.length > 0 ? found.join('\n\n') : 'The package brings no text of its licence.';
    return `${each.name} ${each.version}\n${each.licence}\n\n${text}\n`;
  });
  writeFileSync(join(out, 'licences.txt'), texts.join(`\n${'-'.repeat(78)}\n\n`));

  if (advisoryFile === undefined) {
    writeFileSync(
      join(out, 'advisories.txt'),
      'No advisories were looked at: no file was given, and nothing is asked of the network.\nGive a JSON list of advisories in the form of OSV with --advisories FILE.\n',
    );
    return faults;
  }
  const advisories = z.array(Advisory).parse(JSON.parse(readFileSync(advisoryFile, 'utf8')));
  const found = findAdvisories(packages, advisories);
  const lines = found.map(
    ({ id, name, version, ships, summary }) =>
      `${id}  ${name} ${version}  ${ships ? 'goes to users' : 'builds only'}  ${summary}`,
  );
  const head = `${advisories.length} advisories were looked at; ${found.length} speak of a version that is used.\n`;
  writeFileSync(join(out, 'advisories.txt'), `${head}${lines.map((line) => `${line}\n`).join('')}`);
  return [
    ...faults,
    ...found
      .filter(({ ships }) => ships)
      .map(({ id, name }) => `${id} speaks of ${name}, which goes to users.`),
  ];
}

// `npm run sbom -- --out DIR [--advisories FILE]`; without --out the licences alone are checked.
if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { out: { type: 'string' }, advisories: { type: 'string' } } });
  const faults =
    values.out === undefined
      ? findLicenceFaults(readLock(root))
      : writeSbom(resolve(values.out), values.advisories);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

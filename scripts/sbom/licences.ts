import type { LockedPackage } from './lock.ts';

/** Licences under which something may go to users. */
const mayShip = new Set([
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BSD',
  'Apache-2.0',
  'MPL-2.0',
  'OFL-1.1',
  'Zlib',
  'CC0-1.0',
]);

/** Further ones for what only builds and tests the product. */
const mayBuild = new Set([...mayShip, 'BlueOak-1.0.0', 'Python-2.0', 'WTFPL']);

/** Packages that must never come in, whatever they say of themselves, and why. */
export const forbiddenNames: Readonly<Record<string, string>> = {
  'ag-grid-enterprise': 'commercial licence',
  'cytoscape-svg': 'GPL',
  xlsx: 'the registry has only old versions with known faults; @e965/xlsx is used',
  natural: 'fetches data, and brings a server',
};

/** Whether an SPDX expression allows a use under one of these licences: `(MIT OR GPL-3.0) AND Zlib`. */
export function allows(expression: string, allowed: ReadonlySet<string>): boolean {
  const tokens = expression.match(/\(|\)|[^\s()]+/g) ?? [];
  let at = 0;
  const one = (): boolean => {
    const token = tokens[at];
    at += 1;
    if (token === '(') {
      const inner = either();
      at += 1;
      return inner;
    }
    return token !== undefined && allowed.has(token.replace(/\+$/, ''));
  };
  const all = (): boolean => {
    let result = one();
    while (tokens[at] === 'AND') {
      at += 1;
      result = one() && result;
    }
    return result;
  };
  const either = (): boolean => {
    let result = all();
    while (tokens[at] === 'OR') {
      at += 1;
      result = all() || result;
    }
    return result;
  };
  const result = either();
  return result && at === tokens.length;
}

/** What must not be so about the packages of the lock file, in words; none where all is right. */
export function findLicenceFaults(packages: readonly LockedPackage[]): string[] {
  return packages.flatMap(({ name, version, licence, ships }) => {
    const why = forbiddenNames[name];
    if (why !== undefined) return [`${name} ${version} may not be used: ${why}.`];
    if (licence === '') return [`${name} ${version} does not say its licence.`];
    if (allows(licence, ships ? mayShip : mayBuild)) return [];
    return [
      `${name} ${version} is under ${licence}, which ${ships ? 'may not go to users' : 'is not known here'}.`,
    ];
  });
}

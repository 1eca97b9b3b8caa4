import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One package of the lock file, at one place of node_modules. */
export interface LockedPackage {
  /** Place in node_modules, which is also its name in the graph. */
  place: string;
  /** As the registry calls it; an alias has another name where it is installed. */
  name: string;
  version: string;
  integrity: string | undefined;
  licence: string;
  /** What it asks for, as places. */
  needs: string[];
  /** Goes to users: installed beside the engine, or built into the page. */
  ships: boolean;
}

interface LockEntry {
  name?: string;
  version?: string;
  integrity?: string;
  license?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

export interface Manifest {
  name: string;
  version: string;
  license: string;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

export const readManifest = (root: string): Manifest =>
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;

/** Where Node finds `name` when the package at `from` asks for it. */
function placeOf(entries: Record<string, LockEntry>, from: string, name: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (entries[place]) return place;
    if (folder === '') return null;
    if (!folder.includes('/node_modules/')) folder = '/node_modules/';
  }
}

/** Packages that the page is built from: whatever its sources and those it shares import. */
function builtIntoPage(root: string): Set<string> {
  const names = new Set<string>();
  for (const folder of ['renderer', 'shared', 'electron/preload']) {
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.(ts|tsx|css)$/.test(file)) continue;
      const text = readFileSync(join(root, folder, file), 'utf8');
      for (const [, from] of text.matchAll(
        /(?:from|import|import\(|@import)\s*\(?['"]([^.'"/][^'"]*)['"]/g,
      )) {
        const [scope = '', name = ''] = (from ?? '').split('/');
        names.add(scope.startsWith('@') ? `${scope}/${name}` : scope);
      }
    }
  }
  return names;
}

/** Every package of package-lock.json, and which of them go to users. */
export function readLock(root: string): LockedPackage[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry>;
  };
  const entries = lock.packages;
  const manifest = readManifest(root);
  const packages = new Map<string, LockedPackage>();
  for (const [place, entry] of Object.entries(entries)) {
    if (place === '') continue;
    const installed = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const asked = { ...entry.dependencies, ...entry.optionalDependencies, ...entry.peerDependencies };
    packages.set(place, {
      place,
      name: entry.name ?? installed,
      version: entry.version ?? '',
      integrity: entry.integrity,
      licence: entry.license ?? '',
      needs: Object.keys(asked).flatMap((name) => placeOf(entries, place, name) ?? []),
      ships: false,
    });
  }
  const inPage = builtIntoPage(root);
  const queue = [
    ...Object.keys(manifest.dependencies),
    ...Object.keys(manifest.devDependencies).filter((name) => inPage.has(name) && name !== 'electron'),
  ].map((name) => `node_modules/${name}`);
  for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
    const found = packages.get(place);
    if (!found || found.ships) continue;
    found.ships = true;
    queue.push(...found.needs.filter((need) => !need.startsWith('node_modules/@types/')));
  }
  // The program that everything runs in. What its package asks for only fetches it.
  const electron = packages.get('node_modules/electron');
  if (electron) electron.ships = true;
  return [...packages.values()].sort((a, b) => (a.place < b.place ? -1 : 1));
}

/** The licence texts of a package, as they stand in it. */
export function licenceTexts(root: string, place: string): string[] {
  const folder = join(root, place);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice)/i.test(name) && !/\.(js|ts|html)$/i.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').trim());
}

import { z } from 'zod';
import type { LockedPackage } from './lock.ts';

/** An advisory in the form of OSV (ossf.github.io/osv-schema), as far as it is needed. */
export const Advisory = z.object({
  id: z.string().max(200),
  summary: z.string().max(5000).optional(),
  affected: z
    .array(
      z.object({
        package: z.object({ ecosystem: z.string(), name: z.string() }),
        versions: z.array(z.string()).optional(),
        ranges: z
          .array(
            z.object({
              type: z.string(),
              events: z.array(
                z.object({
                  introduced: z.string().optional(),
                  fixed: z.string().optional(),
                  last_affected: z.string().optional(),
                }),
              ),
            }),
          )
          .optional(),
      }),
    )
    .optional(),
});
export type Advisory = z.infer<typeof Advisory>;

/** Less than 0 where `a` is the earlier version. A version before a release (`1.0.0-beta`) is earlier than it. */
export function compareVersions(a: string, b: string): number {
  const split = (version: string) => {
    const [core = '', before] = version.replace(/\+.*$/, '').split(/-(.*)/);
    return { core: core.split('.').map(Number), before };
  };
  const one = split(a);
  const other = split(b);
  for (let index = 0; index < 3; index += 1) {
    const difference = (one.core[index] ?? 0) - (other.core[index] ?? 0);
    if (difference !== 0) return difference;
  }
  if (one.before === other.before) return 0;
  if (one.before === undefined) return 1;
  if (other.before === undefined) return -1;
  return one.before.localeCompare(other.before, 'en', { numeric: true });
}

/** Whether a version lies in one of the ranges, whose events stand in the order in which they came. */
function isAffected(version: string, affected: NonNullable<Advisory['affected']>[number]): boolean {
  if (affected.versions?.includes(version)) return true;
  return (affected.ranges ?? []).some(({ type, events }) => {
    if (type !== 'SEMVER' && type !== 'ECOSYSTEM') return false;
    let inside = false;
    for (const { introduced, fixed, last_affected: last } of events) {
      if (introduced !== undefined && (introduced === '0' || compareVersions(version, introduced) >= 0))
        inside = true;
      if (fixed !== undefined && compareVersions(version, fixed) >= 0) inside = false;
      if (last !== undefined && compareVersions(version, last) > 0) inside = false;
    }
    return inside;
  });
}

/** Advisories that speak of a version that is in the lock file. */
export function findAdvisories(
  packages: readonly LockedPackage[],
  advisories: readonly Advisory[],
): { id: string; summary: string; name: string; version: string; ships: boolean }[] {
  return advisories.flatMap(({ id, summary, affected }) =>
    (affected ?? [])
      .filter((each) => each.package.ecosystem === 'npm')
      .flatMap((each) =>
        packages
          .filter(({ name, version }) => name === each.package.name && isAffected(version, each))
          .map(({ name, version, ships }) => ({ id, summary: summary ?? '', name, version, ships })),
      ),
  );
}

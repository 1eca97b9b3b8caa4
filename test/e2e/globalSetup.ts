import { findElectron } from '../../electron/hosts/electronBinary.ts';
import { buildWhenStale } from '../../scripts/build.ts';

/** Builds dist/ before the journeys, where it is out of date. */
export default async function globalSetup(): Promise<void> {
  await buildWhenStale(findElectron() === null);
}

import type { PackFormat, PackSpec } from '../../../shared/packs/packSpec.ts';
import type { ReleaseDecisions } from '../../../shared/packs/release.ts';

/** What a pack is to hold, for whom, and under which numbers. */
export interface PackRequest {
  readonly spec: PackSpec;
  /** Reference of the team, for a pack of one team. */
  readonly team?: string | undefined;
  readonly formats: readonly PackFormat[];
  readonly recipient: string;
  readonly reason: string;
  readonly copy: number;
  readonly version: number;
  /** Moment of the export, ISO 8601: the engine's clock, handed in. */
  readonly now: string;
  /** Name of the user who makes the pack. */
  readonly user: string;
  /** Items with handling conditions that a named person has released into this pack. */
  readonly decisions?: ReleaseDecisions | undefined;
  /** `YYYY-MM-DD`; printed on the cover. */
  readonly destroyBy?: string | undefined;
  /** Folder `resources` of the program; found by itself when left out. */
  readonly resources?: string | undefined;
}

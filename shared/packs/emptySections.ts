import type { PackData } from './packData.ts';
import { type SectionId, sectionIds } from './packSpec.ts';

/** Every section without rows: what a pack starts from. */
export const emptySections = {
  ...(Object.fromEntries(sectionIds.map((id) => [id, []])) as unknown as Pick<PackData, SectionId>),
  forms: [],
  changes: null,
} satisfies Partial<PackData>;

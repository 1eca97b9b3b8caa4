import type { PackData, SourceEntry } from './packData.ts';
import { listSections, rowsOfSection } from './sections.ts';

/**
 * The source entries of values that this pack really prints: the section is in the pack, its record
 * too, and the field is not hidden from the audience. An index must not tell what the pack withholds.
 * Sorted as the pack is printed: section, record, field.
 */
export function listPrintedSources(data: PackData): SourceEntry[] {
  const places = new Map<string, number>();
  for (const [sectionPlace, section] of listSections(data).entries()) {
    const fields = section.columns.filter(({ field }) => field !== 'ref').map(({ field }) => field);
    for (const [rowPlace, row] of rowsOfSection(data, section.id).entries()) {
      for (const [fieldPlace, field] of fields.entries()) {
        places.set(
          placeKey(section.id, String(row.ref), field),
          sectionPlace * 1e12 + rowPlace * 1e4 + fieldPlace,
        );
      }
    }
  }
  return data.sources
    .flatMap((entry) => {
      const place = places.get(placeKey(entry.section, entry.ref, entry.field));
      return place === undefined ? [] : [{ entry, place }];
    })
    .sort((first, second) => first.place - second.place)
    .map(({ entry }) => entry);
}

function placeKey(section: string, ref: string, field: string): string {
  return `${section}\n${ref}\n${field}`;
}

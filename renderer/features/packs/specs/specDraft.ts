import type { PackColumn } from '../../../../shared/packs/columns.ts';
import { type PackSpec, type SectionId, sectionIds } from '../../../../shared/packs/packSpec.ts';
import { findSection } from '../../../../shared/packs/sections.ts';

const longestName = 40;
const ownPrefix = 'own-';

/** A name for commands and files that no other pack has, made of the title. */
export function nameSpec(title: string, taken: readonly string[]): string {
  const word =
    title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'pack';
  for (let number = 1; ; number += 1) {
    const end = number === 1 ? '' : `-${number}`;
    const name = `${ownPrefix}${word.slice(0, longestName - ownPrefix.length - end.length)}${end}`;
    if (!taken.includes(name)) return name;
  }
}

/** A pack of the force's own that begins as another one. */
export function copySpec(spec: PackSpec, taken: readonly string[]): PackSpec {
  const title = `${spec.title.slice(0, 70)}, own`;
  return { ...structuredClone(spec), title, id: nameSpec(title, taken) };
}

/** A new pack whose name still follows its title: another title gives another name. */
export function followTitle(before: PackSpec, after: PackSpec, taken: readonly string[]): PackSpec {
  if (before.title === after.title || before.id !== after.id) return after;
  const others = taken.filter((id) => id !== before.id);
  return before.id === nameSpec(before.title, others)
    ? { ...after, id: nameSpec(after.title, others) }
    : after;
}

/** An entry moved to another place of its list. */
export function moveEntry<T>(list: readonly T[], from: number, to: number): T[] {
  const entry = list[from];
  if (entry === undefined || to < 0 || to >= list.length) return [...list];
  const rest = list.filter((_, index) => index !== from);
  return [...rest.slice(0, to), entry, ...rest.slice(to)];
}

/** Sections that are not in the pack yet, in printing order. */
export function sectionsLeft(spec: PackSpec): SectionId[] {
  return sectionIds.filter((id) => !spec.sections.some((section) => section.id === id));
}

/** The fields that a section shows, in their order. */
export function shownFields(spec: PackSpec, id: SectionId): string[] {
  const section = spec.sections.find((each) => each.id === id);
  if (!section) return [];
  const hidden = spec.redactions[id] ?? [];
  return (section.columns ?? fieldsOf(id)).filter((field) => !hidden.includes(field));
}

/** The columns of a section as they are listed for choosing: those shown in their order, then those left out. */
export function listedColumns(spec: PackSpec, id: SectionId): { column: PackColumn; shown: boolean }[] {
  const { columns } = findSection(id);
  const shown = shownFields(spec, id);
  return [
    ...shown.flatMap((field) =>
      columns.filter((column) => column.field === field).map((column) => ({ column, shown: true })),
    ),
    ...columns.filter(({ field }) => !shown.includes(field)).map((column) => ({ column, shown: false })),
  ];
}

/**
 * The pack with these fields in a section, in this order. What is not among them is redacted, so that it stands on
 * no other page of the pack either.
 */
export function showFields(spec: PackSpec, id: SectionId, fields: readonly string[]): PackSpec {
  const every = fieldsOf(id);
  const hidden = every.filter((field) => !fields.includes(field));
  const isPlain =
    fields.length === 0 || fields.join() === every.filter((field) => fields.includes(field)).join();
  const { [id]: _before, ...redactions } = spec.redactions;
  return {
    ...spec,
    sections: spec.sections.map((section) =>
      section.id === id ? (isPlain ? { id } : { id, columns: [...fields] }) : section,
    ),
    redactions: hidden.length === 0 ? redactions : { ...redactions, [id]: hidden },
  };
}

/** The pack without a section, and without what was said about its fields. */
export function dropSection(spec: PackSpec, id: SectionId): PackSpec {
  const { [id]: _gone, ...redactions } = spec.redactions;
  return { ...spec, sections: spec.sections.filter((section) => section.id !== id), redactions };
}

const fieldsOf = (id: SectionId) => findSection(id).columns.map(({ field }) => field);

import { AppError } from '../contract/errors.ts';
import type { PackSpec, SectionId } from './packSpec.ts';
import { restrictedFields } from './release.ts';
import { findSection } from './sections.ts';

/** Beginning of every name that a force gives to a pack of its own. */
export const ownPrefix = 'own-';

/** Sections that show how the police know something, or who works where: for police readers alone (design). */
const policeOnly: readonly SectionId[] = [
  'phones',
  'links',
  'officers',
  'communications',
  'pictures',
  'sourceFiles',
];

/**
 * Whether a force may keep this pack as its own. It may choose, order and hide; it may not name a
 * restricted field, nor give partners and courts what the rules of release keep from them (design).
 *
 * @throws AppError `invalid` that names the first thing to mend: the id, a section, a field.
 */
export function checkOwnSpec(spec: PackSpec): void {
  if (!spec.id.startsWith(ownPrefix) || spec.id.length === ownPrefix.length)
    throw refuse(`The name "${spec.id}" must begin with "${ownPrefix}", such as "${ownPrefix}housing".`);
  const seen = new Set<SectionId>();
  for (const { id, columns } of spec.sections) {
    if (seen.has(id)) throw refuse(`The section "${sectionTitle(id)}" is there twice. Name it once.`);
    seen.add(id);
    for (const field of columns ?? []) checkField(id, field);
    if (columns !== undefined && new Set(columns).size < columns.length)
      throw refuse(`The section "${sectionTitle(id)}" names a column twice. Name it once.`);
    const hidden = spec.redactions[id] ?? [];
    if ((columns ?? columnFieldsOf(id)).every((field) => hidden.includes(field)))
      throw refuse(`The section "${sectionTitle(id)}" hides all of its columns. Leave the section out.`);
  }
  for (const [id, fields] of Object.entries(spec.redactions))
    for (const field of fields ?? []) checkField(id as SectionId, field);
  // A picture cannot be cut to a team, and shows how the police know what they know (design).
  if (spec.scope === 'team' && seen.has('pictures'))
    throw refuse(
      `The section "${sectionTitle('pictures')}" is for packs of the whole operation. Leave it out.`,
    );
  if (spec.readers === 'police') return;
  const outside = spec.readers === 'court' ? 'a court' : 'partners';
  const barred = spec.sections.find(({ id }) => policeOnly.includes(id));
  if (barred !== undefined)
    throw refuse(`The section "${sectionTitle(barred.id)}" is not for ${outside}. Leave it out.`);
  if (spec.sourceIndex) throw refuse(`The source index is not for ${outside}. Set "sourceIndex" to false.`);
  if (spec.findings) throw refuse(`The findings are not for ${outside}. Set "findings" to false.`);
  if (spec.forms.length > 0) throw refuse(`The forms are not for ${outside}. Leave "forms" empty.`);
}

function checkField(id: SectionId, field: string): void {
  if (restrictedFields.includes(field))
    throw refuse(`The field "${field}" never leaves the workspace. Take it out of "${sectionTitle(id)}".`);
  if (columnFieldsOf(id).includes(field)) return;
  const known = columnFieldsOf(id).join(', ');
  throw refuse(`The section "${sectionTitle(id)}" has no column "${field}". It has: ${known}.`);
}

const refuse = (message: string) => new AppError('invalid', message);
const sectionTitle = (id: SectionId) => findSection(id).title;

const columnFieldsOf = (id: SectionId) => findSection(id).columns.map(({ field }) => field);

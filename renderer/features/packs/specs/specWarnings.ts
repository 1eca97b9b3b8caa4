import type { PackSpec } from '../../../../shared/packs/packSpec.ts';
import { findSection } from '../../../../shared/packs/sections.ts';
import { namingNames } from '../../../copy/packs.ts';
import { shownFields } from './specDraft.ts';

const outside: Readonly<Record<PackSpec['readers'], string>> = {
  police: 'the police',
  partner: 'partners outside the police',
  court: 'courts',
};

/** How much of a name goes out, least first. */
const naming = ['withheld', 'initials', 'named'] as const;

/**
 * What a person should stop at before the pack is saved: what goes to readers outside the police, and what goes
 * out that did not `before`. It is for a person to judge; what may never be is refused elsewhere.
 */
export function warnOfSpec(spec: PackSpec, before: PackSpec): string[] {
  return [...warnOfReaders(spec), ...warnOfWidening(spec, before)];
}

function warnOfReaders(spec: PackSpec): string[] {
  if (spec.readers === 'police') return [];
  const whom = outside[spec.readers];
  const has = (id: string) => spec.sections.some((section) => section.id === id);
  return [
    ...(spec.naming.children === 'named' ? [`Children are named to ${whom}.`] : []),
    ...(spec.naming.victims === 'named' ? [`Victims are named to ${whom}.`] : []),
    ...(has('intelligence') ? [`Intelligence goes to ${whom}.`] : []),
    ...(has('intelligence') && spec.conditional === 'decided'
      ? [`Intelligence with handling conditions may be released to ${whom}.`]
      : []),
  ];
}

function warnOfWidening(spec: PackSpec, before: PackSpec): string[] {
  const warnings: string[] = [];
  if (before.readers === 'police' && spec.readers !== 'police')
    warnings.push(`The readers were of the police; now they are ${outside[spec.readers]}.`);
  if (before.scope === 'team' && spec.scope === 'operation')
    warnings.push('It held what concerns one team; now it holds the whole operation.');
  if (before.ceiling === 'OFFICIAL' && spec.ceiling !== 'OFFICIAL')
    warnings.push('Its readers may hold a higher marking than before.');
  for (const who of ['children', 'victims'] as const)
    if (naming.indexOf(spec.naming[who]) > naming.indexOf(before.naming[who]))
      warnings.push(
        `${who === 'children' ? 'Children' : 'Victims'} were named ${namingNames[before.naming[who]].toLowerCase()}; now ${namingNames[spec.naming[who]].toLowerCase()}.`,
      );
  if (before.conditional === 'never' && spec.conditional === 'decided')
    warnings.push('Intelligence with handling conditions could not be released into it; now it can.');
  if (!before.sourceIndex && spec.sourceIndex)
    warnings.push('It now lists the file, sheet and row of every value.');
  if (!before.findings && spec.findings) warnings.push('It now prints what the readiness checks found.');
  for (const { id } of spec.sections) {
    const { title, columns } = findSection(id);
    if (!before.sections.some((section) => section.id === id)) {
      warnings.push(`"${title}" goes out, which did not before.`);
      continue;
    }
    const shown = shownFields(before, id);
    const added = shownFields(spec, id).filter((field) => !shown.includes(field));
    const headings = columns.filter(({ field }) => added.includes(field)).map(({ heading }) => heading);
    if (headings.length > 0) warnings.push(`"${title}" also shows: ${headings.join(', ')}.`);
  }
  return warnings;
}

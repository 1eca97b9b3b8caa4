import { z } from 'zod';

/** The parts that a pack may hold, in the order in which they are printed unless a spec says otherwise. */
export const sectionIds = [
  'briefing',
  'commanders',
  'timings',
  'targets',
  'warrants',
  'premises',
  'people',
  'lines',
  'phones',
  'vehicles',
  'links',
  'intelligence',
  'pictures',
  'teams',
  'officers',
  'search',
  'custody',
  'safeguarding',
  'risk',
  'communications',
  'contacts',
  'actions',
  'decisions',
  'results',
  'arrests',
  'seizures',
  'outcomes',
  'tally',
  'sourceFiles',
] as const;

export const SectionId = z.enum(sectionIds);
export type SectionId = z.infer<typeof SectionId>;

/** File formats of a pack. `docx` and `pptx` hold the briefing and the sections around it, for forces that edit them; neither forms nor sources. */
export const packFormats = ['xlsx', 'pdf', 'docx', 'pptx'] as const;
export const PackFormat = z.enum(packFormats);
export type PackFormat = z.infer<typeof PackFormat>;

/** How a name of a protected person is printed for an audience. */
const Naming = z.enum(['named', 'initials', 'withheld']);

/**
 * What goes to whom: data only, so that the page, the command line and the writers agree, and so that a
 * force can edit it. `columns` of a section gives choice and order; without it all columns are printed.
 */
export const PackSpec = z.strictObject({
  /** Word that names the pack in commands and file names; a force's own begin with `own-`. */
  id: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  title: z.string().trim().min(1).max(80),
  /** Who reads it, as printed on the cover. */
  audience: z.string().trim().min(1).max(120),
  /** `police`: own force and other forces; `partner`: outside the police; `court`: courts and their officers. */
  readers: z.enum(['police', 'partner', 'court']),
  /** The whole operation, or what concerns one team. */
  scope: z.enum(['operation', 'team']),
  /** Highest marking that these readers may hold; a record or pack marked above it does not go. */
  ceiling: z.enum(['OFFICIAL', 'OFFICIAL-SENSITIVE']),
  sections: z
    .array(z.strictObject({ id: SectionId, columns: z.array(z.string().max(60)).min(1).max(60).optional() }))
    .min(1)
    .max(sectionIds.length),
  /** Fields left out for this audience, by section; they win over `columns`. */
  redactions: z.partialRecord(SectionId, z.array(z.string().max(60)).max(60)),
  /** How people under 18, and victims of any age, are named wherever their name would stand. */
  naming: z.strictObject({ children: Naming, victims: Naming }),
  /** Intelligence graded C: never, or where a named person has decided and said why (domain facts 1.3). */
  conditional: z.enum(['never', 'decided']),
  /** One page for each team, each target and each premises, in the PDF, in the order given here. */
  profiles: z.array(z.enum(['teams', 'targets', 'premises'])).max(3),
  /** Forms in the workbook that come back filled in. */
  forms: z.array(z.enum(['results', 'exhibits'])).max(2),
  /** True when the pack prints the findings of the readiness checks. */
  findings: z.boolean(),
  /** True when the workbook lists where each value came from. */
  sourceIndex: z.boolean(),
});
export type PackSpec = z.infer<typeof PackSpec>;

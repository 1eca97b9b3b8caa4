/** The parts that a pack may hold, in the order in which they are printed. */
export const sectionIds = [
  'briefing',
  'targets',
  'warrants',
  'premises',
  'people',
  'intelligence',
  'teams',
  'officers',
  'safeguarding',
  'sourceFiles',
] as const;

export type SectionId = (typeof sectionIds)[number];

export const packIds = ['command', 'team', 'safeguarding'] as const;

export type PackId = (typeof packIds)[number];

/** What goes to whom: data only, so that the page, the command line and the writers agree. */
export interface PackSpec {
  readonly id: PackId;
  readonly title: string;
  readonly audience: string;
  readonly sections: readonly SectionId[];
  /** Fields left out for this audience, by section. */
  readonly redactions: Partial<Record<SectionId, readonly string[]>>;
  /** One page for each target and each premises, in the PDF. */
  readonly profiles: readonly ('targets' | 'premises')[];
  /** True when the pack holds only what concerns one team. */
  readonly perTeam: boolean;
  /** True when the workbook lists where each value came from. */
  readonly sourceIndex: boolean;
}

export const packSpecs: Readonly<Record<PackId, PackSpec>> = {
  command: {
    id: 'command',
    title: 'Command pack',
    audience: 'Gold, Silver and Bronze commanders',
    sections: [...sectionIds],
    redactions: {},
    profiles: ['targets', 'premises'],
    perTeam: false,
    sourceIndex: true,
  },
  team: {
    id: 'team',
    title: 'Team pack',
    audience: 'one entry team',
    sections: [
      'briefing',
      'targets',
      'warrants',
      'premises',
      'people',
      'intelligence',
      'teams',
      'officers',
      'safeguarding',
    ],
    redactions: { people: ['associates'], targets: ['notes'] },
    profiles: ['targets', 'premises'],
    perTeam: true,
    sourceIndex: false,
  },
  safeguarding: {
    id: 'safeguarding',
    title: 'Safeguarding pack',
    audience: 'safeguarding partners',
    sections: ['premises', 'safeguarding'],
    redactions: {
      premises: ['hazards', 'access', 'entryMethod', 'riskAssessment', 'rendezvous', 'notes'],
    },
    profiles: [],
    perTeam: false,
    sourceIndex: false,
  },
};

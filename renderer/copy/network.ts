import type { NetworkKind } from '../../shared/contract/areas/network.ts';

const count = (value: number) => value.toLocaleString('en-GB');

/** Words of the view of the network as a whole. */
export const networkCopy = {
  title: 'Network',
  summary: (entities: number, links: number, parts: number) =>
    `${count(entities)} people, lines and other records, ${count(links)} links, ${parts === 1 ? 'all hanging together' : `${count(parts)} parts that have no link with each other`}`,
  working: 'Measuring the network',
  stop: 'Stop',
  stopped: 'Measuring was stopped.',
  again: 'Measure again',
  failed: 'The network could not be measured',
  noneTitle: 'Nothing is linked yet',
  none: 'Import sheets that name people with their phones, addresses and vehicles, or call data. Who stands between others, and which groups there are, is worked out here.',
  import: 'Import spreadsheets',
  noneLeft: 'No link is left with these settings',
  noneLeftHint: 'Let more links count, at the left.',
  usual: 'Use the usual settings',

  sections: 'Parts of the view',
  section: {
    safeguarding: 'Safeguarding first',
    between: 'Who stands between',
    groups: 'Groups',
    players: 'Key players',
    without: 'What is left without',
  },
  lead: {
    between:
      'Whoever links others who have no shorter way to each other. The share says how many of the shortest ways between two others of the same part of the network go through here, the parts into how many it falls without it.',
    groups:
      'Records with more links among them than with others. A group is called by its lines, or by its best linked people.',
    players:
      'People without whom the network falls apart: the first parts most pairs of others, the next most of those who are left, and so on. Nobody who comes under safeguarding is among them.',
    safeguarding:
      'People who are or may be children, victims or at risk. They are never ranked with the others: their place says what they are exposed to.',
    without:
      'What still hangs together when these are taken out, which lines can go on, and who is linked with most of those around them.',
  },

  settings: 'Which links count',
  fold: 'A phone stands for its person or line',
  ungraded: 'Evidence that is not graded A or B',
  singles: 'Phones with one contact and nothing known',
  leastCalls: 'Calls for a link, at least',
  leastCallsHint: '0 leaves call data out',
  kinds: 'Kinds',
  basis: 'How it was made',
  caveats: 'Read it with care',

  kind: {
    people: 'Person',
    lines: 'Deal line',
    groups: 'Crime group',
    phones: 'Phone',
    premises: 'Premises',
    vehicles: 'Vehicle',
  } satisfies Record<NetworkKind, string>,
  kindsOf: {
    people: 'People',
    lines: 'Deal lines',
    groups: 'Crime groups',
    phones: 'Phones',
    premises: 'Premises',
    vehicles: 'Vehicles',
  } satisfies Record<NetworkKind, string>,
  allKinds: 'All',
  showKind: 'Kinds that are listed',

  head: {
    rank: 'Place',
    entity: 'Who or what',
    kind: 'Kind',
    degree: 'Links',
    share: 'Shortest ways',
    pieces: 'Parts',
    group: 'Group',
    target: 'Target',
    members: 'Members',
    inside: 'Links within',
    outside: 'Links to others',
    safeguarding: 'Safeguarding',
    state: 'What',
    before: 'Before',
    after: 'After',
    part: 'Part that is left',
    people: 'People',
    lines: 'Lines',
    size: 'Records',
  },
  ways: (through: number, pairs: number) =>
    `${count(Math.round(through))} of ${count(pairs)} shortest ways between two others`,
  all: (total: number) => `All ${count(total)}`,
  fewer: 'Fewer',
  first: (shown: number, total: number) =>
    `The first ${count(shown)} of ${count(total)}; the command line lists all of them.`,

  firstOf: (shown: number, total: number) =>
    `The first ${count(shown)} of ${count(total)}, those first who stand between others.`,
  largest: (shown: number, total: number) => `The ${count(shown)} largest of ${count(total)}.`,

  choose: 'Choose somebody in the table to see what it means and which links make it so.',
  chooseGroup: 'Choose a group in the table to see who is in it and what links it with others.',
  links: 'The links that make it so',
  linksFailed: 'The links could not be shown',
  standsFor: 'Stands for',
  more: (rest: number) => `and ${count(rest)} more`,
  row: (ref: string, row: number) => `${ref} row ${row}`,
  calls: 'What the calls show',
  chart: 'Show in link chart',
  takeOut: 'What is left without',
  heldBy: 'They hang together there by way of',
  narrow: 'Narrow every view to it',
  narrowed: (name: string) => `Group ${name}`,
  leading: 'Best linked',
  bridges: 'Links to other groups',
  bridge: (links: number) => `${count(links)} ${links === 1 ? 'link' : 'links'}, by way of`,
  around: 'Around the person',
  noAround: 'Nobody who runs a line or works for it is recorded close by.',
  target: 'Target',
  isProtected: 'Safeguarding first',
  noPlayers: 'Nobody: whoever is taken out, nearly all of the others still hang together in another way.',
  playersOut: 'What is left without all of these',
  noSafeguarding: 'Nobody in the network is known to be a child, a victim or at risk.',
  notInNetwork:
    'Whoever has no link in the records is not in the network, and may need looking after all the same.',

  without: {
    choose: 'Take out',
    targets: 'Every target of the plan, but those who come under safeguarding',
    run: 'Work out what is left',
    needed: 'Choose somebody to take out, or every target of the plan.',
    working: 'Working out what is left',
    out: 'Taken out',
    notLinked: 'Without a link in the network, so nothing changes:',
    figures: 'Before and after',
    counts: {
      entities: 'Records in the network',
      links: 'Links',
      parts: 'Parts without a link with each other',
      largest: 'Records of the largest part',
      pairs: 'Pairs of people and lines that hang together',
    },
    parts: 'Parts that were held together',
    moreParts: (rest: number) => `${count(rest)} smaller parts are not listed.`,
    lines: 'Deal lines',
    states: { out: 'Taken out', alone: 'Nobody known is left', linked: 'Can go on' },
    heirs: 'Who may inherit',
    heirsLead:
      'Linked with two or more of those around the one who is taken out. It is a place to look, not a suspicion.',
    noHeirs: 'Nobody who is left is linked with two or more of those around them.',
    rises: 'Who stands between others more than before',
    noRises: 'Nobody by more than a hundredth.',
    safeguarding: 'Safeguarding first',
    noSafeguarding:
      'Nobody who is known to be a child, a victim or at risk is close to those who are taken out.',
  },
} as const;

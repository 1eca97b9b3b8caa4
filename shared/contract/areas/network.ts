/** What the links say of the network as a whole: who stands between others, groups, key players, what is left after the day. */
import { z } from 'zod';
import { longWork } from '../longWork.ts';
import { reader } from '../needs.ts';

/** Kinds of entity that a network is made of. */
export const networkKinds = ['people', 'lines', 'groups', 'phones', 'premises', 'vehicles'] as const;
export type NetworkKind = (typeof networkKinds)[number];

const Ref = z.string().max(40);

/** Which links make the network. What is left out is left out of every measure, and is counted. */
export const NetworkOptions = z.strictObject({
  /** Kinds of entity; people are always among them. */
  kinds: z.array(z.enum(networkKinds)).max(networkKinds.length).optional(),
  /** A number of one line stands for the line, a phone linked with one person for the person. Usual: yes. */
  fold: z.boolean().optional(),
  /** Links of evidence that no graded report of A or B holds count too. Usual: yes. */
  ungraded: z.boolean().optional(),
  /** Calls and texts that two numbers must have for a link; 0 leaves call data out. Usual: 1. */
  leastCalls: z.int().min(0).max(10_000).optional(),
  /** Phones of which nothing is known but calls with one number count too. Usual: no. */
  singles: z.boolean().optional(),
});
export type NetworkOptions = z.infer<typeof NetworkOptions>;

/** Why a person comes under safeguarding, not enforcement. */
export const ProtectionReasons = z.array(z.enum(['child', 'at-risk', 'victim', 'exploited', 'referred']));

export const NetworkEntity = z.object({
  ref: Ref,
  kind: z.enum(networkKinds),
  /** Place among those who are not protected, by `share`, 1 for the first; null for who is protected. */
  rank: z.number().nullable(),
  /** Others with whom it is linked. */
  degree: z.number(),
  /** Rows of evidence, calls and records behind those links. */
  support: z.object({ rows: z.number(), calls: z.number(), records: z.number() }),
  /** Pairs of others whose shortest way leads through it, of how many; a way that has equals counts for its share. */
  through: z.number(),
  pairs: z.number(),
  /** `through` of `pairs`, 0 to 1. */
  share: z.number(),
  /** Parts with people or lines into which its part of the network falls without it; 1 where nobody is parted. */
  pieces: z.number(),
  community: z.string().nullable(),
  /** Others of its links that lead into other groups. */
  outside: z.number(),
  protection: ProtectionReasons,
  /** Premises where children or vulnerable adults are or may be, or that may have been taken over. */
  isProtectedPlace: z.boolean(),
  /** Targets of the plan that are about it. */
  targets: z.array(Ref),
  /** What that means, in sentences; for the first of the list and for who is protected. */
  words: z.array(z.string()),
  /** Others that the words are about. */
  refs: z.array(Ref),
  /** With what a link chart that shows it begins. */
  chart: z.array(Ref),
});
export type NetworkEntity = z.infer<typeof NetworkEntity>;

export const Community = z.object({
  /** `G1` is the largest. */
  id: z.string(),
  /** Its lines, or its best linked members. */
  name: z.string(),
  size: z.number(),
  /** How many of each kind. */
  kinds: z.partialRecord(z.enum(networkKinds), z.number()),
  /** Lines, groups and people, the best linked first; nobody who is protected. */
  leading: z.array(Ref),
  safeguarding: z.array(Ref),
  /** Links within it, and links to others. */
  inside: z.number(),
  outside: z.number(),
  /** Other groups to which links lead, and by whom. */
  bridges: z.array(z.object({ to: z.string(), links: z.number(), by: z.array(Ref) })),
  /** The best linked first. */
  members: z.array(Ref),
  chart: z.array(Ref),
  words: z.array(z.string()),
});
export type Community = z.infer<typeof Community>;

export const NetworkKeyPlayer = z.object({
  ref: Ref,
  /** Pairs of people and lines that hang together before and after this one is taken out as well. */
  before: z.number(),
  after: z.number(),
  /** Pairs of others who no longer hang together; the rest are the player's own. */
  parted: z.number(),
  pieces: z.number(),
  targets: z.array(Ref),
  words: z.array(z.string()),
  /** By way of whom the parts hang together. */
  refs: z.array(Ref),
  chart: z.array(Ref),
});
export type NetworkKeyPlayer = z.infer<typeof NetworkKeyPlayer>;

/** Somebody who is protected: what the network says of the danger, and who is around. */
export const NetworkExposure = z.object({
  ref: Ref,
  protection: ProtectionReasons,
  words: z.array(z.string()),
  /** People and lines that are linked with the person, those first who are recorded as running a line. */
  around: z.array(z.object({ ref: Ref, words: z.string() })),
  chart: z.array(Ref),
});
export type NetworkExposure = z.infer<typeof NetworkExposure>;

const NetworkCounts = z.object({
  entities: z.number(),
  kinds: z.partialRecord(z.enum(networkKinds), z.number()),
  /** Pairs that are linked. */
  links: z.number(),
  /** Parts that have no link with each other, and the entities of the largest. */
  parts: z.number(),
  largest: z.number(),
  /** Pairs of people and lines that hang together, directly or through others. */
  pairs: z.number(),
});

export const NetworkReport = z.object({
  counts: NetworkCounts,
  /** How the network was made and what was left out, in sentences. */
  basis: z.array(z.string()),
  caveats: z.array(z.string()),
  /** Share of the largest part from which the shortest ways were worked out; null where all were. */
  drawn: z.object({ from: z.number(), of: z.number() }).nullable(),
  modularity: z.number(),
  /** Who is not protected by `share`, then who is. */
  entities: z.array(NetworkEntity),
  total: z.number(),
  communities: z.array(Community),
  communityTotal: z.number(),
  keyPlayers: z.array(NetworkKeyPlayer),
  safeguarding: z.array(NetworkExposure),
  safeguardingTotal: z.number(),
  labels: z.record(z.string(), z.string()),
});
export type NetworkReport = z.infer<typeof NetworkReport>;

/** What one link rests on. Times are ISO on the UK clock. */
export const NetworkLink = z.object({
  kind: z.enum(['evidence', 'calls', 'plan']),
  from: Ref,
  to: Ref,
  words: z.string(),
  /** Rows of evidence or calls; 1 for a field of a record. */
  count: z.number(),
  /** The first rows of evidence. */
  sources: z.array(z.object({ ref: Ref, file: z.string(), sheet: z.string(), row: z.number() })),
  /** The record of the plan that says so. */
  record: Ref.nullable(),
});
export type NetworkLink = z.infer<typeof NetworkLink>;

export const NetworkLinks = z.object({
  /** What its measures say; its place among the others is in the report. */
  entity: NetworkEntity.omit({ rank: true }),
  /** References that it stands for: the phones of a person, the numbers of a line. */
  standsFor: z.array(Ref),
  others: z.array(z.object({ ref: Ref, community: z.string().nullable(), links: z.array(NetworkLink) })),
  total: z.number(),
  labels: z.record(z.string(), z.string()),
});
export type NetworkLinks = z.infer<typeof NetworkLinks>;

export const NetworkComparison = z.object({
  /** Who is taken out, as the network knows them. */
  without: z.array(Ref),
  /** Asked for, but with no link in the network. */
  notLinked: z.array(Ref),
  before: NetworkCounts,
  after: NetworkCounts,
  words: z.array(z.string()),
  /** Parts that those who are taken out held together, the largest first. */
  parts: z.array(
    z.object({
      name: z.string(),
      size: z.number(),
      people: z.number(),
      lines: z.array(Ref),
      members: z.array(Ref),
    }),
  ),
  partTotal: z.number(),
  lines: z.array(
    z.object({
      ref: Ref,
      /** Taken out; nobody linked with it is left; somebody is. */
      state: z.enum(['out', 'alone', 'linked']),
      words: z.string(),
      /** People who are left and linked with it. */
      left: z.array(Ref),
    }),
  ),
  /** Who is linked with most of those with whom the one taken out was. */
  heirs: z.array(
    z.object({
      of: Ref,
      degree: z.number(),
      by: z.array(z.object({ ref: Ref, shared: z.number(), words: z.string() })),
      safeguarding: z.array(z.object({ ref: Ref, shared: z.number(), words: z.string() })),
    }),
  ),
  /** Who stands between others more than before. Nobody who is protected. */
  rises: z.array(z.object({ ref: Ref, before: z.number(), after: z.number(), words: z.string() })),
  /** Who is protected and was linked with those who are taken out. */
  safeguarding: z.array(NetworkExposure),
  labels: z.record(z.string(), z.string()),
});
export type NetworkComparison = z.infer<typeof NetworkComparison>;

export const networkContract = {
  /** Every measure, each with what it means. A consultation. */
  measure: reader
    .input(
      z.strictObject({ options: NetworkOptions.optional(), limit: z.int().min(1).max(20_000).optional() }),
    )
    .output(longWork(NetworkReport)),
  /** The links of one, each with what it rests on. A consultation. */
  links: reader.input(z.strictObject({ ref: Ref, options: NetworkOptions.optional() })).output(NetworkLinks),
  /** What is left without these, or without every target of the plan. A consultation. */
  compare: reader
    .input(
      z.strictObject({
        without: z.array(Ref).max(500),
        targets: z.boolean().optional(),
        options: NetworkOptions.optional(),
      }),
    )
    .output(longWork(NetworkComparison)),
} as const;

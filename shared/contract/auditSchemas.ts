/** The record as the window and the command line see it. */
import { z } from 'zod';
import { HistoryEntry } from './schemas.ts';

/** Whether a reason is written, may be given, or has to be. */
export const Justification = z.enum(['off', 'optional', 'required']);
export type Justification = z.infer<typeof Justification>;

export const AuditSettings = z.strictObject({ consultation: Justification, disclosure: Justification });
export type AuditSettings = z.infer<typeof AuditSettings>;

/** Which entries; all conditions hold together. Days are local, ISO, both included. */
export const EntryFilter = z.strictObject({
  users: z.array(z.string().max(100)).max(200).optional(),
  operations: z.array(HistoryEntry.shape.operation).max(7).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** A record; its own entries alone. */
  ref: z.string().max(40).optional(),
  /** Words that stand in the summary, the reason or the recipients. */
  text: z.string().trim().max(200).optional(),
  /** Consultations and disclosures that say no reason. */
  withoutReason: z.boolean().optional(),
});
export type EntryFilter = z.infer<typeof EntryFilter>;

export const EntryCounts = z.object({
  total: z.number(),
  operations: z.array(z.object({ operation: HistoryEntry.shape.operation, count: z.number() })),
  users: z.array(z.object({ user: z.string(), count: z.number() })),
  /** Consultations and disclosures among them that say no reason. */
  withoutReason: z.number(),
});
export type EntryCounts = z.infer<typeof EntryCounts>;

/** One value that an entry changed, in the words of the screen. */
export const EntryChange = z.object({
  ref: z.string(),
  label: z.string(),
  field: z.string(),
  title: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type EntryChange = z.infer<typeof EntryChange>;

export const EntryDetail = z.object({
  entry: HistoryEntry,
  previousHash: z.string(),
  signature: z.string(),
  changes: z.array(EntryChange),
  /** How many there are; `changes` holds the first of them. */
  changeCount: z.number(),
  /** What else the entry keeps, as it stands. */
  notes: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Records it is about, the first of them, with their names. */
  records: z.array(z.object({ ref: z.string(), label: z.string() })),
  recordCount: z.number(),
});
export type EntryDetail = z.infer<typeof EntryDetail>;

export const Head = z.object({
  seq: z.number(),
  at: z.string().nullable(),
  hash: z.string(),
  /** The hash in groups of four, to be printed and typed. */
  groups: z.array(z.string()),
  operation: z.object({ name: z.string(), marking: z.string() }),
});
export type Head = z.infer<typeof Head>;

export const HeadCheck = z.object({
  /** 'whole': the record holds and contains the head. 'missing': it holds and does not. 'broken': it does not hold. */
  state: z.enum(['whole', 'missing', 'broken']),
  seq: z.number().nullable(),
  at: z.string().nullable(),
  /** Entries written since. */
  since: z.number(),
  /** Of the entry named: the group, from 1, in which the printed hash differs, where all others agree. */
  typingError: z.number().nullable(),
  firstBroken: z.object({ seq: z.number(), what: z.string() }).nullable(),
});
export type HeadCheck = z.infer<typeof HeadCheck>;

export const ReportFormat = z.enum(['xlsx', 'csv', 'pdf']);
export type ReportFormat = z.infer<typeof ReportFormat>;

export const RecordReport = z.object({
  file: z.string(),
  sha256: z.string(),
  entries: z.number(),
  head: z.string(),
  pages: z.number().optional(),
});
export type RecordReport = z.infer<typeof RecordReport>;

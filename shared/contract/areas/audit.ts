/** The record of s.62 DPA 2018: settings, reading it with filters, the report, the head of the chain. */
import { z } from 'zod';
import {
  AuditSettings,
  EntryCounts,
  EntryDetail,
  EntryFilter,
  Head,
  HeadCheck,
  RecordReport,
  ReportFormat,
} from '../auditSchemas.ts';
import { longWork } from '../longWork.ts';
import { analyst, lead, reader } from '../needs.ts';
import { DisclosureReason, Grant, VerifyReport } from '../schemas.ts';

export const auditContract = {
  /** Whether looking and disclosing need a reason, and what this session has said. */
  settings: reader.output(z.object({ settings: AuditSettings, justification: z.string().nullable() })),
  changeSettings: lead
    .input(z.strictObject({ settings: AuditSettings, reason: z.string().trim().min(3).max(1000) }))
    .output(AuditSettings),
  /** What the user is doing, written with every look of this session until it changes; blank takes it back. */
  justify: reader
    .input(z.strictObject({ text: z.string().trim().max(500) }))
    .output(z.object({ justification: z.string().nullable() })),
  /** Entries of a filter by operation and by user. Entries themselves are read by `history.list`. */
  counts: reader.input(EntryFilter).output(EntryCounts),
  /** One entry whole: values before and after. A consultation where it is about people. */
  entry: reader.input(z.strictObject({ seq: z.int().min(1) })).output(EntryDetail),
  /** The newest entry and its hash, to be printed, signed and kept elsewhere. */
  head: reader.output(Head),
  /** Whether this record contains the entry whose hash was printed. Blanks are ignored. */
  checkHead: reader
    .input(z.strictObject({ hash: z.string().max(200), entry: z.int().min(1).optional() }))
    .output(HeadCheck),
  /** The check of the whole record, with progress. */
  verify: reader.output(longWork(VerifyReport)),
  /** Writes the record, or a part of it, for who has to read it; journaled as a disclosure. */
  report: analyst
    .input(
      z.strictObject({
        filter: EntryFilter,
        format: ReportFormat,
        folder: Grant,
        recipient: z.string().trim().min(1).max(200),
        reason: DisclosureReason,
      }),
    )
    .output(longWork(RecordReport)),
} as const;

/** The end of an operation: retention, disclosure schedules, sealed archive, erasure. */
import { z } from 'zod';
import {
  ArchiveReport,
  CaseReport,
  CaseState,
  Erasure,
  ErasurePlan,
  ItemJudgement,
  MaterialItem,
  RetentionGroup,
  RetentionRow,
  ScheduleReport,
} from '../closingSchemas.ts';
import { longWork } from '../longWork.ts';
import { analyst, lead, reader } from '../needs.ts';
import { DisclosureReason, Grant } from '../schemas.ts';

const ref = z.string().max(40);
const why = z.string().trim().min(3).max(1000);

export const closingContract = {
  /** Where the criminal case stands, and whether anything may go. */
  state: reader.output(CaseReport),
  saveCase: lead.input(z.strictObject({ state: CaseState, reason: why })).output(CaseReport),
  /** Everybody with retention group and review; who is due first. A consultation. */
  retention: reader.output(z.object({ people: z.array(RetentionRow), today: z.string() })),
  setGroup: analyst
    .input(
      z.strictObject({ refs: z.array(ref).min(1).max(5000), group: RetentionGroup.nullable(), reason: why }),
    )
    .output(z.object({ people: z.array(RetentionRow) })),
  /** A review decided to keep the person: until which day, and why. */
  retain: lead
    .input(z.strictObject({ ref, reviewOn: z.iso.date(), reason: why }))
    .output(z.object({ people: z.array(RetentionRow) })),
  /** Every item that may be material, with what was said of it. */
  material: reader.output(z.object({ items: z.array(MaterialItem), open: z.number() })),
  judge: analyst
    .input(
      z.strictObject({
        items: z.array(z.string().max(60)).min(1).max(5000),
        change: ItemJudgement.partial(),
      }),
    )
    .output(z.object({ items: z.array(MaterialItem), open: z.number() })),
  /** A draft of the MG6C or the MG6D for the disclosure officer; journaled as a disclosure. */
  writeSchedule: analyst
    .input(
      z.strictObject({
        schedule: z.enum(['c', 'd']),
        format: z.enum(['pdf', 'docx', 'xlsx']),
        folder: Grant,
        recipient: z.string().trim().min(1).max(200),
        reason: DisclosureReason,
      }),
    )
    .output(ScheduleReport),
  /** Seals everything into one encrypted file, after which the workspace is read only. */
  archive: lead
    .input(
      z.strictObject({
        folder: Grant,
        /** Name of the file without its ending. */
        name: z
          .string()
          .regex(/^[^/\\:]{1,120}$/)
          .optional(),
        certificate: z.boolean(),
        reason: why,
      }),
    )
    .output(longWork(ArchiveReport)),
  reopen: lead.input(z.strictObject({ reason: why })).output(CaseReport),
  /** What the erasure of a person would do; nothing is changed. A consultation. */
  planErasure: lead.input(z.strictObject({ ref, texts: z.boolean() })).output(longWork(ErasurePlan)),
  /** Erases a person and looks for what is left. It cannot be undone: `confirm` is the reference once more. */
  erasePerson: lead
    .input(z.strictObject({ ref, confirm: ref, texts: z.boolean(), reason: why, folder: Grant.optional() }))
    .output(longWork(Erasure)),
  /** Destroys the whole workspace; `confirm` is the name of the operation. The certificate goes into the folder. */
  eraseOperation: lead
    .input(z.strictObject({ confirm: z.string().max(200), reason: why, folder: Grant }))
    .output(
      z.object({
        certificate: z.string(),
        files: z.number(),
        bytes: z.number(),
        entries: z.number(),
        head: z.string().nullable(),
      }),
    ),
} as const;

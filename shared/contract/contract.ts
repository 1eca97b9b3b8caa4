import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { GridName, GridPage, GridRequest, Where } from '../grid/query.ts';
import { PackSpec } from '../packs/packSpec.ts';
import { auditContract } from './areas/audit.ts';
import { backupsContract } from './areas/backups.ts';
import { callsContract } from './areas/calls.ts';
import { chartContract } from './areas/chart.ts';
import { closingContract } from './areas/closing.ts';
import { draftsContract } from './areas/drafts.ts';
import { exchangeContract } from './areas/exchange.ts';
import { lockingContract } from './areas/locking.ts';
import { matchingContract } from './areas/matching.ts';
import { networkContract } from './areas/network.ts';
import { picturesContract } from './areas/pictures.ts';
import { placesContract } from './areas/places.ts';
import { prioritiesContract } from './areas/priorities.ts';
import { searchContract } from './areas/search.ts';
import { timelineContract } from './areas/timeline.ts';
import { UserName, usersContract } from './areas/users.ts';
import { EntryFilter } from './auditSchemas.ts';
import {
  CellsEvent,
  ExpandedFile,
  MappingToKeep,
  PreviewPage,
  RefreshReport,
  RowFilter,
  SavedMapping,
  SourceView,
} from './intakeSchemas.ts';
import { longWork } from './longWork.ts';
import { analyst, anyone, reader } from './needs.ts';
import {
  IssuedPack,
  PackChangesReport,
  PackChoice,
  PackId,
  PackPages,
  PackPreview,
  PackReport,
  PackRequest,
  PackSpecs,
  Recall,
  RecallList,
  ReissueReport,
  Settlement,
  StaleHolders,
} from './packSchemas.ts';
import {
  Acceptance,
  Board,
  Briefing,
  BriefingModel,
  BriefingVersion,
  CellChange,
  Clock,
  Dossier,
  GroupRow,
  PasteReport,
  PasteRequest,
  SavedView,
  Tally,
} from './planSchemas.ts';
import {
  ChangeEvent,
  CheckReport,
  CheckRequest,
  DisclosureReason,
  Edit,
  EditResult,
  FilePassword,
  Finding,
  Grant,
  GridState,
  HistoryEntry,
  ImportFile,
  ImportReport,
  InspectedFile,
  Overview,
  Passphrase,
  RecordDetail,
  SheetMapping,
  UndoState,
  VerifyReport,
  WorkspaceSummary,
} from './schemas.ts';
import { TableReport, TableRequest } from './tableSchemas.ts';

/**
 * THE list of what the engine does. Hosts, page and command line all derive their types from it.
 * Adding a method is two edits: a row here, and a function in `electron/engine/handlers/<area>.ts`.
 *
 * Long work answers with an event iterator: any number of `progress` events, then one `done`.
 * It is cancelled by aborting the call. Errors cross with a code of `errors.ts` and a message for the user.
 */
const ref = z.string().max(40);

export const contract = {
  workspace: {
    /** Workspaces opened before on this machine, newest first. */
    recent: anyone.output(z.array(z.object({ grant: Grant, folderName: z.string() }))),
    create: anyone
      .input(
        z.strictObject({
          grant: Grant,
          name: z.string().trim().min(1).max(200),
          marking: z.string().trim().min(1).max(200),
          user: UserName,
          passphrase: Passphrase,
        }),
      )
      .output(WorkspaceSummary),
    /** `acceptOlder`: the user goes on with a copy that is older than the one seen on this machine. */
    open: anyone
      .input(z.strictObject({ grant: Grant, passphrase: Passphrase, acceptOlder: z.boolean().optional() }))
      .output(WorkspaceSummary),
    close: anyone.output(z.object({ closed: z.boolean() })),
    status: anyone.output(z.object({ open: WorkspaceSummary.nullable(), undo: UndoState })),
  },
  operation: {
    overview: reader.output(Overview),
  },
  grids: {
    page: reader.input(GridRequest).output(GridPage),
    /** Distinct values of a column with their counts, most frequent first, for value-list filters. */
    values: reader
      .input(
        z.strictObject({
          grid: GridName,
          field: z.string().max(60),
          where: Where.optional(),
          limit: z.int().min(1).max(1000).optional(),
          /** Counts each value of cells that hold several. */
          each: z.boolean().optional(),
        }),
      )
      .output(
        z.object({
          values: z.array(
            z.object({ value: z.union([z.string(), z.number(), z.null()]), count: z.number() }),
          ),
          complete: z.boolean(),
          /** With `each`: of the references among the values. */
          labels: z.record(z.string(), z.string()).optional(),
        }),
      ),
    loadState: reader
      .input(z.strictObject({ grid: GridName }))
      .output(z.object({ state: GridState.nullable() })),
    saveState: reader
      .input(z.strictObject({ grid: GridName, state: GridState }))
      .output(z.object({ saved: z.boolean() })),
    /** Rows counted and number columns summed by the values of one column, most rows first. */
    groups: reader
      .input(
        z.strictObject({
          grid: GridName,
          field: z.string().max(60),
          where: Where.optional(),
          totals: z.array(z.string().max(60)).max(20).optional(),
        }),
      )
      .output(
        z.object({
          groups: z.array(GroupRow),
          complete: z.boolean(),
          all: GroupRow.pick({ count: true, totals: true }),
        }),
      ),
    views: reader.input(z.strictObject({ grid: GridName })).output(z.object({ views: z.array(SavedView) })),
    /** A name that is taken is replaced. */
    saveView: reader.input(SavedView.omit({ id: true })).output(SavedView),
    removeView: reader.input(z.strictObject({ id: z.int() })).output(z.object({ removed: z.boolean() })),
  },
  records: {
    show: reader.input(z.strictObject({ ref })).output(RecordDetail),
    /** Short matches over every grid for the command palette and for choosing a reference. */
    find: reader
      .input(
        z.strictObject({
          text: z.string().max(200),
          grids: z.array(GridName).optional(),
          limit: z.int().min(1).max(100).optional(),
        }),
      )
      .output(
        z.object({ matches: z.array(z.object({ ref: z.string(), grid: GridName, label: z.string() })) }),
      ),
    add: analyst
      .input(
        z.strictObject({
          grid: GridName,
          values: Edit.shape.values,
          reason: z.string().max(1000).optional(),
        }),
      )
      .output(EditResult),
    /** All edits or none, one journal entry. */
    set: analyst
      .input(
        z.strictObject({ edits: z.array(Edit).min(1).max(5000), reason: z.string().max(1000).optional() }),
      )
      .output(EditResult),
    /**
     * A block from a spreadsheet: read like typed values, checked cell by cell. `preview` changes nothing; the others
     * are one journal entry, `without-refused` leaving out the cells that cannot be read.
     */
    paste: analyst
      .input(PasteRequest.extend({ apply: z.enum(['preview', 'all', 'without-refused']) }))
      .output(z.object({ report: PasteReport, result: EditResult.nullable() })),
    /** Every value that a cell has had, newest first: typed, imported, undone. */
    cellHistory: reader
      .input(z.strictObject({ ref, field: z.string().max(60) }))
      .output(z.object({ changes: z.array(CellChange), labels: z.record(z.string(), z.string()) })),
    /** Everything about one person, premises, line, warrant or team on one screen. A consultation. */
    dossier: reader.input(z.strictObject({ ref })).output(Dossier),
    /** Takes manually added rows out of the plan. Evidence is never removed. */
    remove: analyst
      .input(z.strictObject({ refs: z.array(ref).min(1).max(5000), reason: z.string().max(1000).optional() }))
      .output(EditResult),
    /** One target per person, premises or line that is not one yet. */
    makeTargets: analyst
      .input(z.strictObject({ refs: z.array(ref).min(1).max(1000), values: Edit.shape.values.optional() }))
      .output(EditResult),
    attachPhotograph: analyst
      .input(
        z.strictObject({
          ref,
          grant: Grant,
          takenOn: z.iso.date().nullable(),
          caption: z.string().max(300).optional(),
        }),
      )
      .output(EditResult),
    photograph: reader
      .input(z.strictObject({ id: z.string().max(40) }))
      .output(z.object({ mediaType: z.string(), base64: z.string() })),
  },
  imports: {
    /** Sheets, header row, guessed kind and mapping. Needs no open workspace. */
    inspect: anyone
      .input(
        z.strictObject({
          grant: Grant,
          password: FilePassword.optional(),
          /** Mappings kept elsewhere, offered beside the saved ones under the id 0. */
          mappings: z.array(MappingToKeep).max(50).optional(),
        }),
      )
      .output(InspectedFile),
    /** Every cell as shown, as stored, and its type, as far as the caps. Needs no open workspace. */
    cells: anyone
      .input(
        z.strictObject({
          grant: Grant,
          maxRows: z.int().min(1).max(10_000_000).optional(),
          password: FilePassword.optional(),
        }),
      )
      .output(eventIterator(CellsEvent)),
    preview: analyst
      .input(z.strictObject({ files: z.array(ImportFile).min(1).max(2000) }))
      .output(longWork(ImportReport)),
    commit: analyst
      .input(z.strictObject({ files: z.array(ImportFile).min(1).max(2000) }))
      .output(longWork(ImportReport)),
    report: reader.input(z.strictObject({ ref })).output(ImportReport),
    /** The files of a folder or an archive, each with a grant of its own. Needs no open workspace. */
    expand: anyone
      .input(z.strictObject({ grant: Grant }))
      .output(z.object({ files: z.array(ExpandedFile), complete: z.boolean() })),
    /** Rows of one sheet as the import would read them: raw beside cleaned, problems in their cells. */
    rows: anyone
      .input(
        z.strictObject({
          grant: Grant,
          password: FilePassword.optional(),
          mapping: SheetMapping,
          only: RowFilter,
          /** First row of the page, as `next` of the page before gave it. */
          from: z.int().min(1).optional(),
          limit: z.int().min(1).max(1000).optional(),
        }),
      )
      .output(PreviewPage),
    /** A later issue of a sheet against an earlier one that stands in the workspace. */
    compare: analyst
      .input(
        z.strictObject({
          grant: Grant,
          password: FilePassword.optional(),
          mapping: SheetMapping,
          against: ref,
          key: z.array(z.int().min(0)).min(1).max(10),
        }),
      )
      .output(longWork(RefreshReport)),
    /**
     * Writes the rejected rows of an import as a workbook that can be mended and imported again. It holds cells in
     * clear: journaled as a disclosure.
     */
    exportRejected: analyst
      .input(z.strictObject({ ref, folder: Grant, reason: DisclosureReason }))
      .output(z.object({ file: z.string(), rows: z.number(), sha256: z.string() })),
    /** Writes the loss ledger of an import as a PDF, for the file: what came in, what did not, and why. */
    exportLedger: analyst
      .input(z.strictObject({ ref, folder: Grant, reason: DisclosureReason }))
      .output(z.object({ file: z.string(), pages: z.number(), sha256: z.string() })),
  },
  mappings: {
    list: reader.output(z.object({ mappings: z.array(SavedMapping) })),
    /** Keeps how a sheet was read, for the next file like it. A name that is taken is replaced. */
    save: analyst.input(MappingToKeep).output(SavedMapping),
    remove: analyst.input(z.strictObject({ id: z.int() })).output(z.object({ removed: z.boolean() })),
  },
  sources: {
    /**
     * Where a value came from, as the row stood in its sheet: of a field of a record, or of a row of a source
     * (`SRC-n`). Opening a record's source is a consultation.
     */
    view: reader
      .input(
        z.strictObject({
          ref,
          /** Field of the record whose source is shown. */
          field: z.string().max(60).optional(),
          /** Which of several sources: their order in `show`, the preferred one first. */
          which: z.int().min(0).optional(),
          /** For a `SRC-n`: the row. */
          row: z.int().min(1).optional(),
          around: z.int().min(0).max(50).optional(),
        }),
      )
      .output(SourceView),
    /** Writes the original file as it was imported into a folder; journaled as a disclosure. */
    exportOriginal: analyst
      .input(z.strictObject({ ref, folder: Grant, reason: DisclosureReason }))
      .output(z.object({ file: z.string(), sha256: z.string() })),
  },
  tables: {
    /** Writes grids, or entities and links, for other tools; journaled as a disclosure. */
    write: analyst.input(TableRequest.extend({ folder: Grant })).output(longWork(TableReport)),
  },
  packs: {
    preview: analyst.input(PackChoice).output(PackPreview),
    /** The pages as they would be printed, `NOT ISSUED` across them; nothing is stored. */
    pages: analyst.input(PackChoice).output(PackPages),
    export: analyst.input(PackRequest.extend({ folder: Grant })).output(longWork(PackReport)),
    /** The packs that every operation has, and the force's own. */
    specs: reader.output(PackSpecs),
    /** Keeps a pack of the force's own (`own-…`); one of the same name is replaced. Undoable. */
    saveSpec: analyst.input(z.strictObject({ spec: PackSpec })).output(PackSpec),
    removeSpec: analyst.input(z.strictObject({ id: PackId })).output(z.object({ removed: z.literal(true) })),
    /** Every copy that was issued, newest first, and what has become of it. */
    register: reader.output(z.object({ packs: z.array(IssuedPack) })),
    /** Copies that somebody holds and that no longer say what the plan says. */
    staleHolders: reader.output(StaleHolders),
    /** Says of copies that they were returned, destroyed or lost, or are held after all. */
    settle: analyst.input(Settlement).output(z.object({ packs: z.array(IssuedPack) })),
    /** Marks the copies that somebody holds as recalled and lists who has to be asked. Again: the same list. */
    recall: analyst.input(Recall).output(RecallList),
    /** What an issue says otherwise than the plan now, or than an earlier issue. A consultation. */
    changes: reader
      .input(z.strictObject({ ref, against: ref.nullable().optional() }))
      .output(PackChangesReport),
    /** Writes the files of an issued copy again, byte for byte; journaled as a disclosure. */
    reissue: analyst
      .input(z.strictObject({ ref, folder: Grant, reason: DisclosureReason }))
      .output(ReissueReport),
  },
  readiness: {
    check: reader.input(CheckRequest.optional()).output(CheckReport),
    /** The findings that name one of these records. */
    about: reader
      .input(z.strictObject({ refs: z.array(ref).max(1000) }))
      .output(z.object({ findings: z.array(Finding) })),
    /** Sets a finding aside with a reason; refused where a child or a vulnerable person is at stake. */
    accept: analyst
      .input(
        z.strictObject({
          rule: z.string().max(100),
          refs: z.array(ref).max(20),
          reason: z.string().trim().min(3).max(1000),
        }),
      )
      .output(Acceptance),
    withdraw: analyst.input(z.strictObject({ id: z.int() })).output(z.object({ withdrawn: z.boolean() })),
  },
  plan: {
    board: reader.output(Board),
    /** Every period that runs, the next to end first. */
    clocks: reader
      .input(z.strictObject({ ref: ref.optional() }))
      .output(z.object({ clocks: z.array(Clock), now: z.string() })),
    tally: reader.output(Tally),
  },
  briefing: {
    read: reader.input(z.strictObject({ version: z.int().optional() })).output(Briefing),
    save: analyst
      .input(
        z.strictObject({
          model: BriefingModel,
          sections: z.record(
            z.string().max(40),
            z.strictObject({ text: z.string().max(100_000), marking: z.string().max(200).nullable() }),
          ),
          /** Version that was edited; a newer one refuses this as stale. */
          version: z.int(),
        }),
      )
      .output(Briefing),
    versions: reader.output(z.object({ versions: z.array(BriefingVersion) })),
    /** Words that the British dictionary does not know, with what it would write. Nothing leaves the machine. */
    spelling: reader.input(z.strictObject({ text: z.string().max(100_000) })).output(
      z.object({
        words: z.array(z.object({ at: z.number(), word: z.string(), suggestions: z.array(z.string()) })),
      }),
    ),
  },
  history: {
    list: reader
      .input(
        z.strictObject({
          before: z.int().optional(),
          limit: z.int().min(1).max(1000).optional(),
          ...EntryFilter.shape,
        }),
      )
      .output(z.object({ entries: z.array(HistoryEntry), undo: UndoState })),
    /** Undoes the newest change that stands, or the entry named. */
    undo: analyst
      .input(z.strictObject({ seq: z.int().optional() }))
      .output(z.object({ seq: z.number(), summary: z.string(), undo: UndoState })),
    redo: analyst.output(z.object({ seq: z.number(), summary: z.string(), undo: UndoState })),
    verify: reader.output(VerifyReport),
  },
  users: usersContract,
  drafts: draftsContract,
  locking: lockingContract,
  backups: backupsContract,
  audit: auditContract,
  closing: closingContract,
  exchange: exchangeContract,
  matching: matchingContract,
  search: searchContract,
  calls: callsContract,
  chart: chartContract,
  timeline: timelineContract,
  places: placesContract,
  network: networkContract,
  priorities: prioritiesContract,
  pictures: picturesContract,
  events: {
    changes: anyone.output(eventIterator(ChangeEvent)),
  },
} as const;

export type Contract = typeof contract;

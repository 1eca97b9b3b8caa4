import { AppError } from '../../../../../shared/contract/errors.ts';
import { addNote, type ReadingOptions, throwIfCancelled } from '../caps.ts';
import { describeNotSpreadsheet } from '../sniff.ts';
import type { ByteSource, FileNote, OpenedFile, SheetReader, SheetRow } from '../types.ts';
import { readAnnotations } from './annotations.ts';
import { arrangeFormats, type CellFormats } from './cellValues.ts';
import { readSharedStrings, type StringTable } from './sharedStrings.ts';
import { type SheetLink, SheetScanner } from './sheetScanner.ts';
import { readCellFormats } from './styles.ts';
import { findWorkbookPart, readStyles, readWorkbook, type SheetPart } from './workbook.ts';
import { describeMarkupFailure, toUtf8 } from './xmlParts.ts';
import { describeDamage, openZip, type ZipArchive } from './zipArchive.ts';

/** Rows are handed on in batches of about this many, or of this many cell places. */
const batchRows = 256;
const batchCells = 65_536;
/** So many links to other files are looked into. */
const maxLinkParts = 64;

/**
 * Opens a workbook (.xlsx, .xlsm) for streaming; what else a zip archive may hold is for `openOther`. Sheets without cells (charts, dialogues, macro
 * sheets) are left out and noted; macros, external links and connections are noted and never touched.
 *
 * @throws AppError with a `file.*` code
 */
export async function openXlsx(
  source: ByteSource,
  options: ReadingOptions,
  openOther: (archive: ZipArchive) => Promise<OpenedFile>,
): Promise<OpenedFile> {
  const archive = await openZip(source, options);
  const workbookPart = await findWorkbookPart(archive, source.name);
  if (workbookPart === undefined || !/\.xml$/i.test(workbookPart)) return openOther(archive);
  const parts = await readWorkbook(archive, workbookPart, source.name);
  if (parts.sheets.length > options.caps.maxSheets) {
    throw new AppError(
      'file.too-many-sheets',
      `“${source.name}” has more than ${options.caps.maxSheets} sheets. Split it into smaller files and import each.`,
      { file: source.name, sheets: parts.sheets.length },
    );
  }
  const notes: FileNote[] = [];
  noteExtras(archive, notes);
  await noteOtherPrograms(archive, notes);
  const formats = arrangeFormats(
    readCellFormats(await readStyles(archive, parts.styles, source.name)),
    parts.date1904,
  );
  let strings: Promise<StringTable | undefined> | undefined;
  const loadStrings = () => {
    strings ??= loadSharedStrings(archive, parts.sharedStrings, options, source.name);
    return strings;
  };
  const sheets: SheetReader[] = [];
  for (const sheet of parts.sheets) {
    if (sheet.isMacro) noteMacros(notes);
    if (!sheet.isTable) {
      addNote(
        notes,
        'xlsx.sheet-without-cells',
        'Chart, dialogue and macro sheets hold no rows and were left out.',
      );
    } else if (sheet.part === undefined) {
      addNote(
        notes,
        'xlsx.sheet-missing',
        'The workbook names a sheet that is not in the file; it was left out.',
      );
    } else
      sheets.push(
        createSheetReader({
          archive,
          sheet,
          workbookPart,
          formats,
          loadStrings,
          options,
          notes,
          fileName: source.name,
        }),
      );
  }
  if (sheets.length === 0) {
    if (parts.sheets.some((sheet) => sheet.isTable) || parts.sheets.length === 0)
      throw describeDamage(source.name);
    throw describeNotSpreadsheet(source.name, 'a workbook of charts without any sheet of cells');
  }
  return { format: 'xlsx', sheets, notes, close: () => source.close() };
}

interface SheetSetting {
  archive: ZipArchive;
  sheet: SheetPart;
  workbookPart: string;
  formats: CellFormats;
  loadStrings: () => Promise<StringTable | undefined>;
  options: ReadingOptions;
  notes: FileNote[];
  fileName: string;
}

/** What a sheet says around its rows. */
type Margins = Pick<SheetScanner, 'merges' | 'hiddenColumns'>;

function createSheetReader(setting: SheetSetting): SheetReader {
  const { archive, sheet, workbookPart, formats, loadStrings, options, notes, fileName } = setting;
  const part = sheet.part ?? '';
  const context = { formats, caps: options.caps, fileName, notes };
  let margins: Margins = { merges: [], hiddenColumns: [] };
  let marginsAreWhole = false;
  /** Known once the pass around the rows has been made, since that looks into formulas too. */
  let links: SheetLink[] | undefined;

  async function* readRows(signal?: AbortSignal): AsyncGenerator<SheetRow[]> {
    throwIfCancelled(signal);
    const scanner = new SheetScanner({ ...context, strings: await loadStrings() });
    if (!marginsAreWhole) margins = scanner;
    let batch: SheetRow[] = [];
    let cells = 0;
    try {
      for await (const rows of scanRows(scanner, signal)) {
        for (const row of rows) {
          batch.push(row);
          cells += row.text.length;
          if (cells < batchCells && batch.length < batchRows) continue;
          yield batch;
          batch = [];
          cells = 0;
        }
        if (!scanner.pending || batch.length === 0) continue;
        yield batch;
        batch = [];
        cells = 0;
      }
      keepMargins(scanner);
    } catch (error) {
      throw describeMarkupFailure(error, fileName);
    }
    if (batch.length > 0) yield batch;
  }

  /** Rows as the scanner gives them; the whole sheet must be there. */
  async function* scanRows(scanner: SheetScanner, signal?: AbortSignal): AsyncGenerator<SheetRow[]> {
    for await (const chunk of toUtf8(archive.read(part, signal))) {
      yield scanner.push(chunk);
      while (scanner.pending) yield scanner.resume();
    }
    yield scanner.finish();
    while (scanner.pending) yield scanner.resume();
    if (!scanner.complete) throw describeDamage(fileName);
  }

  async function readMargins(signal?: AbortSignal): Promise<void> {
    if (!marginsAreWhole) await skimSheet(signal);
  }

  /** Goes over the whole sheet without reading its rows. */
  async function skimSheet(signal?: AbortSignal): Promise<SheetLink[]> {
    const scanner = new SheetScanner({ ...context, strings: undefined }, true);
    try {
      // Without rows there is nothing to be given.
      for await (const _rows of scanRows(scanner, signal));
    } catch (error) {
      throw describeMarkupFailure(error, fileName);
    }
    keepMargins(scanner);
    links = scanner.links;
    return links;
  }

  function keepMargins({ merges, hiddenColumns }: Margins): void {
    margins = { merges, hiddenColumns };
    marginsAreWhole = true;
  }

  return {
    name: sheet.name,
    visibility: sheet.visibility,
    merges: () => margins.merges,
    hiddenColumns: () => margins.hiddenColumns,
    readMargins,
    async annotations(signal) {
      links ??= await skimSheet(signal);
      return readAnnotations({ archive, part, workbookPart, links, options, notes, fileName, signal });
    },
    rows: readRows,
  };
}

async function loadSharedStrings(
  archive: ZipArchive,
  part: string | undefined,
  options: ReadingOptions,
  fileName: string,
): Promise<StringTable | undefined> {
  if (part === undefined) return undefined;
  try {
    return await readSharedStrings(toUtf8(archive.read(part)), options, fileName);
  } catch (error) {
    throw describeMarkupFailure(error, fileName);
  }
}

/** Notes macros, links and connections, none of which is ever touched. */
export function noteExtras(archive: ZipArchive, notes: FileNote[]): void {
  const holds = (pattern: RegExp) => archive.names.some((name) => pattern.test(name));
  if (holds(/(?:^|\/)vbaProject\.bin$/i)) noteMacros(notes);
  if (holds(/(?:^|\/)(?:embeddings|activeX)\//i)) {
    addNote(
      notes,
      'xlsx.objects-ignored',
      'The workbook holds other files or controls inside it. They were not opened and not imported.',
    );
  }
  if (holds(/(?:^|\/)media\//i)) {
    addNote(
      notes,
      'xlsx.pictures-left-out',
      'The workbook holds pictures. They were not imported; look at them in the original file.',
    );
  }
  if (holds(/(?:^|\/)externalLinks\//i)) {
    addNote(
      notes,
      'xlsx.external-links-ignored',
      'The workbook is linked to other files. The links were not followed; the values saved in it were read.',
    );
  }
  if (holds(/(?:^|\/)connections\.xml$/i)) {
    addNote(
      notes,
      'xlsx.connections-ignored',
      'The workbook is connected to a database or a web page. Nothing was fetched; the values saved in it were read.',
    );
  }
}

function noteMacros(notes: FileNote[]): void {
  addNote(notes, 'xlsx.macros-ignored', 'The workbook holds macros. They were not run and not imported.');
}

/** Notes values that come from other programs (DDE, OLE); the programs are never spoken to. */
async function noteOtherPrograms(archive: ZipArchive, notes: FileNote[]): Promise<void> {
  const parts = archive.names.filter((name) => /(?:^|\/)externalLinks\/[^/]+\.xml$/i.test(name));
  for (const part of parts.slice(0, maxLinkParts)) {
    for await (const head of archive.read(part)) {
      if (/<(?:\w+:)?(?:ddeLink|oleLink)\b/.test(head.toString('latin1'))) {
        addNote(
          notes,
          'xlsx.dde-ignored',
          'The workbook takes values from other programs (DDE). None was started or asked; the values saved in it were read.',
        );
      }
      break;
    }
  }
}

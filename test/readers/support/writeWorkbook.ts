import { writeZip, type ZipPart } from './writeZip.ts';

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export interface WorkbookSheet {
  name: string;
  state?: string;
  /** What stands inside `<worksheet>`; a string that begins with `<row` is wrapped in `<sheetData>`. */
  xml: string;
  /** The whole part instead, as bytes. */
  part?: Buffer;
}

export interface WorkbookParts {
  sheets: WorkbookSheet[];
  /** Format codes; cell style n + 1 shows by the n-th. Style 0 is General. */
  formats?: string[];
  /** Number format ids; cell styles after those of `formats`. */
  formatIds?: number[];
  /** The inside of `<sst>`. */
  strings?: string;
  date1904?: boolean;
  /** Parts added, or put in the place of one of the same name; `undefined` data leaves it out. */
  parts?: (Omit<ZipPart, 'data'> & { data: string | Buffer | undefined })[];
}

/** The parts of a small workbook, before they are zipped. */
export function listParts(workbook: WorkbookParts): ZipPart[] {
  const { sheets, formats = [], formatIds = [] } = workbook;
  const parts: ZipPart[] = [
    {
      name: '[Content_Types].xml',
      data: `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      data: `${declaration}<Relationships xmlns="${packageRelations}"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      data:
        `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><workbookPr${workbook.date1904 ? ' date1904="1"' : ''}/><sheets>` +
        sheets
          .map(
            (sheet, index) =>
              `<sheet name="${sheet.name}" sheetId="${index + 1}"${sheet.state ? ` state="${sheet.state}"` : ''} r:id="rId${index + 1}"/>`,
          )
          .join('') +
        '</sheets></workbook>',
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data:
        `${declaration}<Relationships xmlns="${packageRelations}">` +
        sheets
          .map(
            (_sheet, index) =>
              `<Relationship Id="rId${index + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
          )
          .join('') +
        `<Relationship Id="rIdS" Type="${relations}/styles" Target="styles.xml"/>` +
        `<Relationship Id="rIdT" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    },
    {
      name: 'xl/styles.xml',
      data:
        `${declaration}<styleSheet xmlns="${main}"><numFmts>` +
        formats
          .map((code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${escapeXml(code)}"/>`)
          .join('') +
        '</numFmts><cellXfs><xf numFmtId="0"/>' +
        formats.map((_code, index) => `<xf numFmtId="${164 + index}" applyNumberFormat="1"/>`).join('') +
        formatIds.map((id) => `<xf numFmtId="${id}" applyNumberFormat="1"/>`).join('') +
        '</cellXfs></styleSheet>',
    },
    {
      name: 'xl/sharedStrings.xml',
      data: `${declaration}<sst xmlns="${main}">${workbook.strings ?? ''}</sst>`,
    },
    ...sheets.map((sheet, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      data: sheet.part ?? wrapSheet(sheet.xml),
    })),
  ];
  for (const extra of workbook.parts ?? []) {
    const at = parts.findIndex((part) => part.name === extra.name);
    if (at >= 0) parts.splice(at, 1);
    if (extra.data !== undefined) parts.push({ ...extra, data: extra.data });
  }
  return parts;
}

/** A small workbook as the bytes of its file. */
export function writeWorkbook(workbook: WorkbookParts): Buffer {
  return writeZip(listParts(workbook));
}

/** A sheet's part around what it holds. */
export function wrapSheet(xml: string): string {
  const inside = xml === '' || xml.startsWith('<row') ? `<sheetData>${xml}</sheetData>` : xml;
  return `${declaration}<worksheet xmlns="${main}" xmlns:r="${relations}">${inside}</worksheet>`;
}

/** Text as XML holds it. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/**
 * A workbook of tables whose every cell is a text: no formula, no link, nothing that acts. Rows are written as
 * they come, so a million of them need no memory.
 */
import { headerText, joinHeader, longestCell, sheetName } from '../../packs/xlsx/cellText.ts';
import { columnLetter } from '../guess.ts';
import type { ZipPart } from './streamZip.ts';
import { streamZip } from './streamZip.ts';

export interface TextSheet {
  name: string;
  /** Lines above the headings, the first of them the marking. */
  titles: readonly string[];
  headings: readonly string[];
  /** In characters, by column; the rest takes the usual width. */
  widths: readonly number[];
  /** Cells of each row; a number is a row number, never data. */
  rows: Iterable<readonly (string | number)[]>;
}

const namespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageNamespace = 'http://schemas.openxmlformats.org/package/2006';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Places in `cellXfs` of the styles part below. */
const look = { number: 0, marking: 1, title: 2, heading: 3, text: 4, quoted: 5 } as const;

/** The bytes of the workbook, as they come. `marking` stands at head and foot of every printed page. */
export function writeTextWorkbook(sheets: readonly TextSheet[], marking: string): AsyncGenerator<Buffer> {
  const taken = new Set<string>();
  const names = sheets.map(({ name }) => sheetName(name, taken));
  const parts: ZipPart[] = [
    { name: '[Content_Types].xml', content: [contentTypes(sheets.length)] },
    {
      name: '_rels/.rels',
      content: [relationships([['rId1', 'officeDocument', 'xl/workbook.xml']])],
    },
    { name: 'xl/workbook.xml', content: [workbookXml(names)] },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: [
        relationships([
          ...sheets.map(
            (_, index) => [`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`] as const,
          ),
          ['rIdStyles', 'styles', 'styles.xml'],
        ]),
      ],
    },
    { name: 'xl/styles.xml', content: [stylesXml] },
    ...sheets.map((sheet, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      content: sheetXml(sheet, marking),
    })),
  ];
  return streamZip(parts);
}

function* sheetXml(sheet: TextSheet, marking: string): Generator<string> {
  const headingRow = sheet.titles.length + 1;
  yield `${declaration}<worksheet xmlns="${namespace}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`;
  yield `<sheetViews><sheetView workbookViewId="0"><pane xSplit="2" ySplit="${headingRow}" topLeftCell="C${headingRow + 1}" activePane="bottomRight" state="frozen"/></sheetView></sheetViews>`;
  const columns = sheet.widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  if (columns.length > 0) yield `<cols>${columns.join('')}</cols>`;
  yield '<sheetData>';
  let row = 0;
  for (const title of sheet.titles) {
    row += 1;
    yield rowXml(row, [title], row === 1 ? look.marking : look.title);
  }
  row += 1;
  yield rowXml(row, sheet.headings, look.heading);
  for (const cells of sheet.rows) {
    row += 1;
    yield rowXml(row, cells);
  }
  const words = headerText(marking, 90);
  yield `</sheetData><pageMargins left="0.35" right="0.35" top="0.6" bottom="0.6" header="0.25" footer="0.25"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><headerFooter><oddHeader>${xmlText(joinHeader('', words, ''))}</oddHeader><oddFooter>${xmlText(joinHeader('', words, 'Page &P of &N'))}</oddFooter></headerFooter></worksheet>`;
}

function rowXml(row: number, cells: readonly (string | number)[], style?: number): string {
  const inside = cells.map((cell, column) => cellXml(`${columnLetter(column)}${row}`, cell, style));
  return `<row r="${row}">${inside.join('')}</row>`;
}

function cellXml(place: string, value: string | number, style?: number): string {
  if (typeof value === 'number') return `<c r="${place}" s="${look.number}"><v>${value}</v></c>`;
  if (value === '') return `<c r="${place}" s="${style ?? look.text}"/>`;
  const shown = value.length > longestCell ? `${value.slice(0, longestCell - 1)}…` : value;
  // Excel would read these as the start of a formula once somebody edits the cell.
  const looks = style ?? (/^[=+\-@\t\r]/.test(shown) ? look.quoted : look.text);
  return `<c r="${place}" s="${looks}" t="inlineStr"><is><t xml:space="preserve">${xmlText(excelEscape(shown))}</t></is></c>`;
}

/** Characters that XML cannot hold, in Excel's own way of writing them; text that looks like one is defused. */
function excelEscape(text: string): string {
  return (
    text
      .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is written otherwise
      .replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, (character) => {
        const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
        return `_x${code}_`;
      })
      .toWellFormed()
  );
}

const xmlText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function contentTypes(sheets: number): string {
  const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return `${declaration}<Types xmlns="${packageNamespace}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/>${Array.from({ length: sheets }, (_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${types}.worksheet+xml"/>`).join('')}</Types>`;
}

function relationships(list: readonly (readonly [id: string, type: string, target: string])[]): string {
  const entries = list.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${relations}/${type}" Target="${target}"/>`,
  );
  return `${declaration}<Relationships xmlns="${packageNamespace}/relationships">${entries.join('')}</Relationships>`;
}

function workbookXml(names: readonly string[]): string {
  const sheets = names.map(
    (name, index) => `<sheet name="${xmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  return `${declaration}<workbook xmlns="${namespace}" xmlns:r="${relations}"><sheets>${sheets.join('')}</sheets></workbook>`;
}

/** Number format 49 is Excel's own `@`: a text stays a text when somebody edits it. */
const stylesXml = `${declaration}<styleSheet xmlns="${namespace}"><fonts count="4"><font><sz val="10"/><name val="Arial"/></font><font><b/><sz val="12"/><name val="Arial"/></font><font><sz val="10"/><color rgb="FF44525F"/><name val="Arial"/></font><font><b/><sz val="10"/><color rgb="FFFFFFFF"/><name val="Arial"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF1F3A5F"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="3" fillId="2" borderId="0" xfId="0" applyFill="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs></styleSheet>`;

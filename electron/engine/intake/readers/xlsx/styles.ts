import { type CompiledFormat, compileFormat, generalFormat } from './formatNumber.ts';
import { getAttribute, getChildren, type XmlElement } from './xmlParts.ts';

/** Built-in number formats (ECMA-376 18.8.30) as an Excel set to English (United Kingdom) shows them. */
const builtInFormats: Readonly<Record<number, string>> = {
  0: 'General',
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  5: '"£"#,##0;-"£"#,##0',
  6: '"£"#,##0;[Red]-"£"#,##0',
  7: '"£"#,##0.00;-"£"#,##0.00',
  8: '"£"#,##0.00;[Red]-"£"#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'dd/mm/yyyy',
  15: 'dd-mmm-yy',
  16: 'dd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'hh:mm',
  21: 'hh:mm:ss',
  22: 'dd/mm/yyyy hh:mm',
  37: '#,##0;-#,##0',
  38: '#,##0;[Red]-#,##0',
  39: '#,##0.00;-#,##0.00',
  40: '#,##0.00;[Red]-#,##0.00',
  41: '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-',
  42: '_-"£"* #,##0_-;-"£"* #,##0_-;_-"£"* "-"_-;_-@_-',
  43: '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-',
  44: '_-"£"* #,##0.00_-;-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
  48: '##0.0E+0',
  49: '@',
};

/** East Asian built-ins, which mean dates and times in any Excel. */
const foreignDates = new Set([27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);
const foreignTimes = new Set([32, 33, 34, 35, 55, 56]);

/** The codes by which files spell out the system's short date; shown in the order of the country. */
const shortDates = new Map([
  [14, new Set(['m/d/yyyy', 'mm-dd-yy', 'm/d/yy', 'mm/dd/yyyy'])],
  [22, new Set(['m/d/yyyy h:mm', 'm/d/yy h:mm'])],
]);

/** The compiled number format of every cell style, by style index; empty without a styles part. */
export function readCellFormats(styles: XmlElement | undefined): CompiledFormat[] {
  const sheet = styles?.children[0];
  const custom = new Map<number, string>();
  for (const group of getChildren(sheet, 'numFmts')) {
    for (const element of getChildren(group, 'numFmt')) {
      const id = Number(getAttribute(element, 'numFmtId'));
      const code = getAttribute(element, 'formatCode');
      // An empty code hides nothing: Excel takes the cell for General.
      if (Number.isInteger(id) && code) custom.set(id, code);
    }
  }
  const compiled = new Map<string, CompiledFormat>();
  const formats: CompiledFormat[] = [];
  for (const element of getChildren(getChildren(sheet, 'cellXfs')[0], 'xf')) {
    const code = findCode(Number(getAttribute(element, 'numFmtId') ?? 0), custom);
    let format = compiled.get(code);
    if (!format) {
      format = code === 'General' ? generalFormat : compileFormat(code);
      compiled.set(code, format);
    }
    formats.push(format);
  }
  return formats;
}

/** The code of a number format id as this country's Excel shows it. */
export function findCode(id: number, custom: ReadonlyMap<number, string>): string {
  const own = custom.get(id);
  const builtIn = builtInFormats[id];
  if (own !== undefined && !(builtIn !== undefined && shortDates.get(id)?.has(own.toLowerCase()))) return own;
  if (builtIn !== undefined) return builtIn;
  if (foreignDates.has(id)) return 'dd/mm/yyyy';
  return foreignTimes.has(id) ? 'hh:mm:ss' : 'General';
}

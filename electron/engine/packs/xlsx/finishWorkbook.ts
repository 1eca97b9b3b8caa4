import { cleanText } from '../../../../shared/packs/format.ts';
import { readZip, writeZip } from '../stableZip.ts';

/**
 * Last touches that exceljs has no word for, then the archive with fixed dates:
 * - text styles get `quotePrefix`, so that a cell which starts with `=` stays text even after
 *   somebody edits it;
 * - text that looks like a number (a phone, a reference) is not flagged with a green corner;
 * - links in the contents are links inside the workbook, not to an outside address;
 * - the font of the Normal style is the one that the widths are measured by: columns are as wide with
 *   every office program, also where Calibri is not installed;
 * - header and footer keep their size on a sheet that is scaled down: the marking is as large everywhere;
 * - pictures say in words what they show, for people who cannot see them: `alts` by place in the workbook.
 */
export function finishWorkbook(stored: Buffer, alts: readonly string[] = []): Buffer {
  const entries = readZip(stored);
  const textOf = (part: string) => entries.find(({ name }) => name === part)?.content.toString('utf8') ?? '';
  const finished = entries.map(({ name, content }) => {
    if (name === '[Content_Types].xml') return { name, content: edit(content, dropComments) };
    if (name === 'xl/styles.xml')
      return { name, content: edit(content, (xml) => setNormalFont(quoteTextStyles(xml))) };
    if (/^xl\/worksheets\/sheet\d+\.xml$/.test(name)) {
      const relations = textOf(relationsOf(name));
      return {
        name,
        content: edit(content, (xml) => keepHeaderSize(quietNumbers(linkInside(xml, relations)))),
      };
    }
    if (/^xl\/drawings\/drawing\d+\.xml$/.test(name)) {
      const relations = textOf(relationsOf(name));
      return { name, content: edit(content, (xml) => describePictures(xml, relations, alts)) };
    }
    if (/^xl\/worksheets\/_rels\//.test(name)) return { name, content: edit(content, dropLinks) };
    return { name, content };
  });
  return writeZip(
    finished.filter(
      ({ name, content }) => !name.includes('/_rels/sheet') || content.includes('<Relationship '),
    ),
  );
}

function edit(content: Buffer, change: (xml: string) => string): Buffer {
  return Buffer.from(change(content.toString('utf8')), 'utf8');
}

function relationsOf(part: string): string {
  return part.replace(/([^/]+)$/, '_rels/$1.rels');
}

function quoteTextStyles(xml: string): string {
  const start = xml.indexOf('<cellXfs');
  const end = xml.indexOf('</cellXfs>');
  if (start === -1 || end === -1) return xml;
  const formats = xml
    .slice(start, end)
    .replaceAll(/<xf (?=[^>]*numFmtId="49")(?![^>]*quotePrefix)/g, '<xf quotePrefix="1" ');
  return xml.slice(0, start) + formats + xml.slice(end);
}

function setNormalFont(xml: string): string {
  const normal = '<font><sz val="10"/><color theme="1"/><name val="Arial"/><family val="2"/></font>';
  return xml.replace(/(<fonts [^>]*>)<font>.*?<\/font>/, `$1${normal}`);
}

function quietNumbers(xml: string): string {
  const range = /<dimension ref="([A-Z0-9:]+)"/.exec(xml)?.[1];
  if (range === undefined) return xml;
  const element = `<ignoredErrors><ignoredError sqref="${range}" numberStoredAsText="1" twoDigitTextYear="1"/></ignoredErrors>`;
  const at = xml.search(/<(?:drawing|legacyDrawing|tableParts|extLst)\b|<\/worksheet>/);
  return at === -1 ? xml : xml.slice(0, at) + element + xml.slice(at);
}

function keepHeaderSize(xml: string): string {
  return xml.replace('<headerFooter>', '<headerFooter scaleWithDoc="0">');
}

function linkInside(xml: string, relations: string): string {
  return xml.replaceAll(/<hyperlink ref="([A-Z0-9]+)" r:id="([^"]+)"[^>]*\/>/g, (whole, cell, id) => {
    const target = new RegExp(`<Relationship (?=[^>]*Id="${id}")[^>]*Target="#([^"]*)"`).exec(relations)?.[1];
    return target === undefined ? whole : `<hyperlink ref="${cell}" location="${target}"/>`;
  });
}

function describePictures(xml: string, relations: string, alts: readonly string[]): string {
  return xml.replaceAll(/<xdr:pic>.*?<\/xdr:pic>/gs, (picture) => {
    const id = /r:embed="([^"]+)"/.exec(picture)?.[1];
    const place = new RegExp(`<Relationship (?=[^>]*Id="${id}")[^>]*/image(\\d+)\\.`).exec(relations)?.[1];
    const alt = place === undefined ? undefined : alts[Number(place) - 1];
    if (alt === undefined) return picture;
    const words = cleanText(alt)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll('\n', ' ');
    return picture.replace('<xdr:cNvPr ', () => `<xdr:cNvPr descr="${words}" `);
  });
}

/** The workbook has no comments, and so no drawings of them. */
function dropComments(xml: string): string {
  return xml.replace(/<Default Extension="vml"[^>]*\/>/, '');
}

function dropLinks(xml: string): string {
  return xml.replaceAll(/<Relationship [^>]*Type="[^"]*\/hyperlink"[^>]*\/>/g, '');
}

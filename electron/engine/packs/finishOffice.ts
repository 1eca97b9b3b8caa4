import { readZip, writeZip } from './stableZip.ts';

/** What Word and PowerPoint show as the properties of a file: the title alone, nobody's name, no time. */
function plainProperties(stored: string): string {
  const title = /<dc:title>[^<]*<\/dc:title>/.exec(stored)?.[0] ?? '';
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ' +
    `xmlns:dc="http://purl.org/dc/elements/1.1/">${title}<dc:creator></dc:creator></cp:coreProperties>`
  );
}

const plainApplication =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
  '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>';

/** The library counts pictures through the life of the program; here they count from one in every file. */
function numberPictures(xml: string): string {
  let number = 0;
  return xml.replaceAll(/<wp:docPr id="\d+"/g, () => {
    number += 1;
    return `<wp:docPr id="${number}"`;
  });
}

/** A Word or PowerPoint file with fixed dates and properties that tell nothing but its title. */
export function finishOffice(stored: Buffer): Buffer {
  return writeZip(
    readZip(stored).map(({ name, content }) => {
      if (name === 'docProps/core.xml')
        return { name, content: Buffer.from(plainProperties(content.toString('utf8')), 'utf8') };
      if (name === 'word/document.xml')
        return { name, content: Buffer.from(numberPictures(content.toString('utf8')), 'utf8') };
      if (name === 'docProps/app.xml') return { name, content: Buffer.from(plainApplication, 'utf8') };
      return { name, content };
    }),
  );
}

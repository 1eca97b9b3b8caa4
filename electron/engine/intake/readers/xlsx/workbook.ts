import { getAttribute, getChildren, readXmlPart, type XmlElement } from './xmlParts.ts';
import type { ZipArchive } from './zipArchive.ts';

const maxPartBytes = 64 * 1024 * 1024;

export interface SheetPart {
  name: string;
  visibility: 'visible' | 'hidden' | 'very-hidden';
  /** Part name in the archive; undefined when the workbook names a part that is not there. */
  part: string | undefined;
  /** False for chart, dialogue and macro sheets, which hold no cells to import. */
  isTable: boolean;
  isMacro: boolean;
}

export interface WorkbookParts {
  sheets: SheetPart[];
  date1904: boolean;
  sharedStrings: string | undefined;
  styles: string | undefined;
}

export interface Relationship {
  id: string;
  /** Last segment of the type, lower case: `worksheet`, `styles`, ... */
  type: string;
  /** A part name; of what lies outside the package the address as it stands. */
  target: string;
  external: boolean;
}

/** The part that the package names as its workbook; by name where relationships are missing. */
export async function findWorkbookPart(archive: ZipArchive, fileName: string): Promise<string | undefined> {
  const relations = await readParts(archive, '', fileName);
  const named = relations.find((relation) => relation.type === 'officedocument')?.target;
  if (named !== undefined && archive.has(named)) return named;
  if (archive.has('xl/workbook.xml')) return 'xl/workbook.xml';
  return archive.names.find((name) => /(?:^|\/)workbook\.xml$/i.test(name));
}

/** Sheets in order and the parts that they share. */
export async function readWorkbook(
  archive: ZipArchive,
  workbookPart: string,
  fileName: string,
): Promise<WorkbookParts> {
  const root = (await readXmlPart(archive, workbookPart, maxPartBytes, fileName)).children[0];
  const relations = await readParts(archive, workbookPart, fileName);
  const byId = new Map(relations.map((relation) => [relation.id, relation]));
  const folder = folderOf(workbookPart);
  const sheets = getChildren(getChildren(root, 'sheets')[0], 'sheet').map((element, index) =>
    describeSheet(element, index, archive, byId, folder),
  );
  const dateFlag = getAttribute(getChildren(root, 'workbookPr')[0] ?? emptyElement, 'date1904');
  const shared = (type: string, file: string) => {
    const target = relations.find((relation) => relation.type === type)?.target;
    if (target !== undefined && archive.has(target)) return target;
    return archive.has(`${folder}${file}`) ? `${folder}${file}` : undefined;
  };
  return {
    sheets,
    date1904: dateFlag === '1' || dateFlag === 'true',
    sharedStrings: shared('sharedstrings', 'sharedStrings.xml'),
    styles: shared('styles', 'styles.xml'),
  };
}

/** The styles part as elements; undefined when there is none. */
export async function readStyles(
  archive: ZipArchive,
  part: string | undefined,
  fileName: string,
): Promise<XmlElement | undefined> {
  return part === undefined ? undefined : readXmlPart(archive, part, maxPartBytes, fileName);
}

const emptyElement: XmlElement = { name: '', attributes: new Map(), children: [] };

function describeSheet(
  element: XmlElement,
  index: number,
  archive: ZipArchive,
  relations: Map<string, Relationship>,
  folder: string,
): SheetPart {
  const relation = relations.get(getRelationId(element) ?? '');
  const state = getAttribute(element, 'state');
  const isTable = relation === undefined || relation.type === 'worksheet';
  const fallback = `${folder}worksheets/sheet${index + 1}.xml`;
  const named = relation?.target;
  // With relationships that lead nowhere the usual name of the sheet's part is tried.
  const part =
    named !== undefined && archive.has(named) ? named : archive.has(fallback) ? fallback : undefined;
  return {
    name: getAttribute(element, 'name') ?? `Sheet${index + 1}`,
    visibility: state === 'veryHidden' ? 'very-hidden' : state === 'hidden' ? 'hidden' : 'visible',
    part,
    isTable,
    isMacro: relation !== undefined && /macrosheet$/.test(relation.type),
  };
}

/** `r:id`, under whatever prefix; never the plain `sheetId`. */
function getRelationId(element: XmlElement): string | undefined {
  for (const [name, value] of element.attributes) {
    if (name.endsWith(':id')) return value;
  }
  return element.attributes.get('id');
}

/** The relationships that lead to parts; what lies outside the package is never followed. */
async function readParts(archive: ZipArchive, part: string, fileName: string): Promise<Relationship[]> {
  return (await readRelationships(archive, part, fileName)).filter((relation) => !relation.external);
}

/** What a part (the package itself by an empty name) says it is related to. */
export async function readRelationships(
  archive: ZipArchive,
  part: string,
  fileName: string,
): Promise<Relationship[]> {
  const folder = folderOf(part);
  const name = `${folder}_rels/${part.slice(folder.length)}.rels`;
  if (!archive.has(name)) return [];
  const root = (await readXmlPart(archive, name, maxPartBytes, fileName)).children[0];
  return getChildren(root, 'Relationship').map((element) => {
    const external = getAttribute(element, 'TargetMode')?.toLowerCase() === 'external';
    const target = getAttribute(element, 'Target') ?? '';
    return {
      id: getAttribute(element, 'Id') ?? '',
      type: (getAttribute(element, 'Type') ?? '').split('/').at(-1)?.toLowerCase() ?? '',
      target: external ? target : resolveTarget(folder, target),
      external,
    };
  });
}

function resolveTarget(folder: string, target: string): string {
  const path = decodePath(target.replaceAll('\\', '/'));
  const segments: string[] = [];
  for (const segment of (path.startsWith('/') ? path : folder + path).split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return segments.join('/');
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function folderOf(part: string): string {
  return part.slice(0, part.lastIndexOf('/') + 1);
}

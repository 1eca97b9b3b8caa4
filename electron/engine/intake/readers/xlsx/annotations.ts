import { addNote, type ReadingOptions, throwIfCancelled } from '../caps.ts';
import type { CellAnnotation, FileNote, MergedRange } from '../types.ts';
import { readStringItem } from './sharedStrings.ts';
import type { SheetLink } from './sheetScanner.ts';
import { parseRange } from './sheetText.ts';
import { type Relationship, readRelationships } from './workbook.ts';
import { decodeEscapes, findNameEnd, findTagEnd, isNamed, readTextContent, skipMarkup } from './xmlBytes.ts';
import {
  describeMarkupFailure,
  findElement,
  getAttribute,
  getChildren,
  parseTag,
  readXmlPart,
  toUtf8,
} from './xmlParts.ts';
import type { ZipArchive } from './zipArchive.ts';

/** Limits on what hangs on the cells of one sheet; what is beyond them is noted. */
const maxAnnotations = 100_000;
const maxTotalCharacters = 16 * 1024 * 1024;
const maxCommentCharacters = 32_767;
const maxTargetCharacters = 4096;
const maxPartBytes = 32 * 1024 * 1024;
const maxCellsOfLink = 1000;

interface Setting {
  archive: ZipArchive;
  /** Part name of the sheet. */
  part: string;
  /** Part name of the workbook, which knows the people who comment. */
  workbookPart: string;
  links: readonly SheetLink[];
  options: ReadingOptions;
  notes: FileNote[];
  fileName: string;
  signal: AbortSignal | undefined;
}

interface FoundComment {
  range: MergedRange;
  author: string;
  text: string;
}

/**
 * Comments and hyperlinks of one sheet, by row and column. Targets are text: nothing is followed.
 * A comment that is a thread gives one annotation for each of its messages, the first one first.
 *
 * @throws AppError `file.damaged`, `file.hostile`, `cancelled`
 */
export async function readAnnotations(setting: Setting): Promise<CellAnnotation[]> {
  const { archive, part, fileName, notes, links } = setting;
  const relations = await readRelationships(archive, part, fileName);
  const collector = new Collector();
  const threaded = new Set<string>();
  const people = relations.some((relation) => relation.type === 'threadedcomment')
    ? await readPeople(setting)
    : new Map<string, string>();
  for (const comment of await readComments(setting, relations, 'threadedcomment', collector)) {
    threaded.add(placeOf(comment.range));
    collector.addComment({ ...comment, author: people.get(comment.author) ?? '' });
  }
  for (const comment of await readComments(setting, relations, 'comments', collector)) {
    // Excel keeps a copy of each thread for old versions, under an advertisement of itself.
    const isCopy = threaded.has(placeOf(comment.range));
    if (!isCopy) collector.addComment(comment);
  }
  const targets = new Map(relations.map((relation) => [relation.id, relation]));
  for (const link of links) collector.addLink(link, describeTarget(link, targets));
  if (collector.cut) {
    addNote(
      notes,
      'xlsx.comments-cut',
      'A sheet has more comments and links than can be kept; the first ones were kept. The original file has them all.',
    );
  }
  return collector.found.sort((one, other) => one.row - other.row || one.column - other.column);
}

class Collector {
  readonly found: CellAnnotation[] = [];
  cut = false;
  private characters = 0;

  addComment({ range, author, text }: FoundComment): void {
    const alreadyNamed = author === '' || author.startsWith('tc=') || text.startsWith(`${author}:`);
    const whole = alreadyNamed ? text : `${author}: ${text}`;
    if (text.trim() !== '')
      this.add('comment', range.firstRow, range.firstColumn, whole, maxCommentCharacters);
  }

  addLink({ range }: SheetLink, target: string): void {
    if (target === '') return;
    let cells = 0;
    for (let row = range.firstRow; row <= range.lastRow; row++) {
      for (let column = range.firstColumn; column <= range.lastColumn; column++) {
        if (this.cut) return;
        if (cells++ === maxCellsOfLink) {
          this.cut = true;
          return;
        }
        this.add('link', row, column, target, maxTargetCharacters);
      }
    }
  }

  private add(kind: CellAnnotation['kind'], row: number, column: number, text: string, limit: number): void {
    const kept = text.length > limit ? text.slice(0, limit) : text;
    if (kept.length < text.length) this.cut = true;
    this.characters += kept.length;
    if (this.found.length >= maxAnnotations || this.characters > maxTotalCharacters) this.cut = true;
    else this.found.push({ row, column, kind, text: kept });
  }
}

function placeOf({ firstRow, firstColumn }: MergedRange): string {
  return `${firstRow} ${firstColumn}`;
}

/** Where a link leads, as it stands: an address, a place in this workbook after `#`, or both. */
function describeTarget(link: SheetLink, targets: ReadonlyMap<string, Relationship>): string {
  if (link.target !== undefined) return link.target;
  const target = link.relation === undefined ? '' : (targets.get(link.relation)?.target ?? '');
  return link.location ? `${target}#${link.location}` : target;
}

async function readPeople({ archive, workbookPart, fileName }: Setting): Promise<Map<string, string>> {
  const people = new Map<string, string>();
  for (const { type, target, external } of await readRelationships(archive, workbookPart, fileName)) {
    if (type !== 'person' || external || !archive.has(target)) continue;
    const list = findElement(await readXmlPart(archive, target, maxPartBytes, fileName), 'personList');
    for (const person of getChildren(list, 'person')) {
      people.set(getAttribute(person, 'id') ?? '', getAttribute(person, 'displayName') ?? '');
    }
  }
  return people;
}

async function readComments(
  setting: Setting,
  relations: readonly Relationship[],
  type: 'comments' | 'threadedcomment',
  collector: Collector,
): Promise<FoundComment[]> {
  const { archive, fileName, signal } = setting;
  const comments: FoundComment[] = [];
  for (const relation of relations) {
    throwIfCancelled(signal);
    if (relation.type !== type || relation.external || !archive.has(relation.target)) continue;
    const pieces: Buffer[] = [];
    let total = 0;
    for await (const piece of toUtf8(archive.read(relation.target, signal))) {
      total += piece.length;
      if (total > maxPartBytes) {
        collector.cut = true;
        break;
      }
      pieces.push(Buffer.from(piece));
    }
    try {
      scanComments(Buffer.concat(pieces), comments);
    } catch (error) {
      throw describeMarkupFailure(error, fileName);
    }
  }
  return comments;
}

/** Reads both kinds of parts: classic comments with their list of authors, and messages of threads. */
function scanComments(bytes: Buffer, comments: FoundComment[]): void {
  const { length } = bytes;
  const authors: string[] = [];
  let current: { range: MergedRange; author: string; isRich: boolean } | undefined;
  let at = 0;
  while (comments.length < maxAnnotations + 1) {
    const open = bytes.indexOf(60, at);
    if (open < 0 || open + 1 >= length) return;
    const next = bytes[open + 1];
    if (next === 33 || next === 63) {
      at = skipMarkup(bytes, length, open);
      if (at < 0) return;
      continue;
    }
    const end = findTagEnd(bytes, length, open);
    if (end < 0) return;
    at = end + 1;
    if (next === 47) continue;
    const nameEnd = findNameEnd(bytes, length, open + 1);
    const named = (name: string) => isNamed(bytes, open + 1, nameEnd, name);
    const closed = bytes[end - 1] === 47;
    if (named('author')) {
      const content = closed ? { text: '', end: at } : readTextContent(bytes, length, at);
      if (!content) return;
      authors.push(decodeEscapes(content.text).trim());
      at = content.end;
    } else if (named('comment') || named('threadedComment')) {
      const element = parseTag(bytes.toString('utf8', open + 1, end));
      const range = parseRange(getAttribute(element, 'ref'));
      const isRich = named('comment');
      const author = isRich
        ? authors[Number(getAttribute(element, 'authorId') ?? -1)]
        : getAttribute(element, 'personId');
      current = range && !closed ? { range, author: author ?? '', isRich } : undefined;
    } else if (named('text') && current && !closed) {
      const content = current.isRich
        ? readStringItem(bytes, length, at, 'text')
        : readTextContent(bytes, length, at);
      if (!content) return;
      comments.push({ range: current.range, author: current.author, text: content.text.trim() });
      at = content.end;
      current = undefined;
    }
  }
}

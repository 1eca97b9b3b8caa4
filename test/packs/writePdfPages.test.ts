import { inflateSync } from 'node:zlib';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { writePdf } from '../../electron/engine/packs/pdf/writePdf.ts';
import type { PackData } from '../../shared/packs/packData.ts';
import { packSpecs } from '../../shared/packs/packSpecs.ts';
import { buildPackData } from './fixtures/buildPackData.ts';
import { buildHostileData, longName } from './fixtures/hostile.ts';

const marking = 'OFFICIAL-SENSITIVE - RECIPIENTS ONLY';

interface Read {
  readonly document: PDFDocumentProxy;
  /** Text of each page in the order of its content, places to break a word taken out. */
  readonly pages: readonly string[];
}

async function read(bytes: Buffer): Promise<Read> {
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    const words = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : '')).join('');
    pages.push(words.replaceAll('\u200b', '').replace(/\s+/g, ' '));
  }
  return { document, pages };
}

interface Tag {
  readonly role?: string;
  readonly alt?: string;
  readonly children?: readonly Tag[];
}

/** Every tag of a page's structure tree, parents first. */
function listTags(tag: Tag | null): Tag[] {
  return tag === null ? [] : [tag, ...(tag.children ?? []).flatMap((child) => listTags(child))];
}

async function tagsOf({ document }: Read, page: number): Promise<Tag[]> {
  return listTags((await (await document.getPage(page)).getStructTree()) as Tag | null);
}

const pageWith = ({ pages }: Read, words: string) => pages.findIndex((page) => page.includes(words)) + 1;

describe('the pages of the PDF', { timeout: 300_000 }, () => {
  let data: PackData;
  let command: Read;
  beforeAll(async () => {
    const built = buildPackData({ targets: 5, warrants: 3, photographs: 2 });
    data = {
      ...built.data,
      changes: {
        since: 2,
        sinceAt: '2026-11-19T09:00:00Z',
        rows: [
          {
            section: 'targets',
            ref: 'T1',
            name: 'Ada Brackley',
            kind: 'changed',
            field: 'Team',
            before: 'Team 2',
            after: 'Team 1',
          },
        ],
      },
    };
    command = await read((await writePdf(data, built.photographs)).bytes);
  }, 300_000);

  it('carry marking, copy and number, each of them', () => {
    for (const [index, page] of command.pages.entries()) {
      expect(page.split(marking).length - 1, `page ${index + 1}`).toBeGreaterThanOrEqual(2);
      expect(page).toContain(`Page ${index + 1} of ${command.pages.length}`);
      expect(page).toContain('Copy 2: Silver commander, Insp Rowan Thwaite');
    }
  });

  it('hold something beside marking and numbers, each of them', () => {
    for (const [index, page] of command.pages.entries()) {
      const rest = page
        .replaceAll(marking, '')
        .replaceAll('Copy 2: Silver commander, Insp Rowan Thwaite', '')
        .replace(/Page \d+ of \d+|Operation Hawthorn Tarn, version 3/g, '');
      expect(rest.trim().length, `page ${index + 1}`).toBeGreaterThan(60);
    }
  });

  it('read in order: cover, contents, what changed, readiness, sections, team, target and premises pages', () => {
    const order = [
      'Reason for issue',
      'Nothing recorded:',
      'What changed since version 2',
      'How to mend it',
      'Two addresses are cuckooed.',
      'Role and victim status stand side by side',
      'Team sheets',
      'Target profiles',
      'Premises cards',
    ].map((words) => [
      words,
      command.pages.findIndex(
        (page, at) => page.includes(words) && (at !== 1 || words === 'Nothing recorded:'),
      ),
    ]);
    const numbers = order.map(([, page]) => Number(page));
    expect(numbers).not.toContain(-1);
    expect([...numbers].sort((first, second) => first - second)).toEqual(numbers);
    const changed = command.pages[numbers[2] ?? 0] ?? '';
    expect(changed).toMatch(/Targets T1 Ada Brackley Changed: Team Team 2 Team 1/);
  });

  it('name sections without rows in one line and print no page for them', () => {
    const contents = command.pages[1] ?? '';
    expect(contents).toMatch(/Nothing recorded: Command, Timings/);
    expect(command.pages.some((page) => page.includes('No commanders are recorded'))).toBe(false);
    expect(contents).toContain('Intelligence with handling conditions that nobody has released');
  });

  it('have bookmarks for sections and for every card', async () => {
    const outline = (await command.document.getOutline()) ?? [];
    const titles = outline.map(({ title }) => title.replaceAll('\u200b', ''));
    for (const title of [
      'Readiness',
      'Briefing',
      'Targets',
      'Team sheets',
      'Target profiles',
      'Premises cards',
    ])
      expect(titles).toContain(title);
    const targets = outline.find(({ title }) => title === 'Target profiles');
    expect(targets?.items).toHaveLength(5);
  });

  it('are tagged: headings, tables with header cells, links, pictures with words', async () => {
    const targets = await tagsOf(command, pageWith(command, 'Role and victim status stand side by side'));
    const roles = targets.map(({ role }) => role);
    for (const role of ['H1', 'Table', 'TH', 'TD', 'Link']) expect(roles).toContain(role);
    const card = await tagsOf(
      command,
      pageWith(command, 'Target profiles T1') || pageWith(command, 'T1 Ada'),
    );
    const all = [
      ...card,
      ...(await Promise.all(command.pages.map((_page, at) => tagsOf(command, at + 1)))).flat(),
    ];
    const figures = all.filter(({ role }) => role === 'Figure');
    expect(figures.length).toBeGreaterThan(0);
    expect(figures.filter(({ alt }) => alt === undefined || alt === '')).toEqual([]);
    expect(all.some(({ alt }) => alt?.startsWith('Photograph of Ada'))).toBe(true);
  });

  it('tell their title and language', async () => {
    const { info } = await command.document.getMetadata();
    expect(info).toMatchObject({ Title: 'Operation Hawthorn Tarn: Command pack', Language: 'en-GB' });
  });

  it('give each team, target and address one page when it fits', () => {
    const starts = ['T1 Ada', 'T2 Bram', 'T3 Cilla', 'T4 Dov', 'T5 Esme'].map((name) => {
      const pages = command.pages.flatMap((page, at) =>
        page.includes(`${name}`) && page.includes('The strike') && page.includes('Identity') ? [at + 1] : [],
      );
      expect(pages, name).toHaveLength(1);
      return pages[0] ?? 0;
    });
    expect(new Set(starts).size).toBe(5);
    expect(command.pages.some((page) => page.includes('Continued: T'))).toBe(false);
  });

  it('put the victim before the warnings, and children before anything on an address', async () => {
    const child = {
      ...data,
      targets: data.targets.map((target, index) =>
        index === 0
          ? { ...target, victimStatus: 'Suspected victim', age: 16, warnings: ['Violence'] }
          : target,
      ),
    };
    const { pages } = await read((await writePdf(child, new Map())).bytes);
    const card = pages.find((page) => page.includes('Victim first')) ?? '';
    expect(card.indexOf('Victim first: Suspected victim')).toBeLessThan(card.indexOf('Child: Aged 16'));
    expect(card.indexOf('Child: Aged 16')).toBeLessThan(card.indexOf('Warnings: Violence'));
    const place =
      pages.find((page) => page.includes('CHILDREN: One, aged 9') && page.includes('Who is here')) ?? '';
    expect(place.indexOf('CHILDREN')).toBeLessThan(place.indexOf('Hazards'));
  });

  it('say that a card goes on, and lose nothing of a hostile plan', async () => {
    const hostile = buildHostileData({ intelligence: 3 });
    const named = hostile.data.targets.map((target, index) =>
      index === 10 ? { ...target, name: longName } : target,
    );
    const written = await writePdf({ ...hostile.data, targets: named }, hostile.photographs);
    const result = await read(written.bytes);
    expect(result.pages).toHaveLength(written.pages);
    const whole = result.pages.join(' ');
    expect(whole).toContain('Continued: T1');
    expect(whole).toContain('Continues on the next page');
    expect(whole).toContain('FINISH');
    expect(whole.replace(/[\s-]/g, '')).toContain(longName.replace(/[\s-]/g, ''));
    for (const [index, page] of result.pages.entries()) {
      expect(page.split(marking).length - 1, `page ${index + 1}`).toBeGreaterThanOrEqual(2);
    }
  });

  it('hold no readiness for an audience that has no business with it', async () => {
    const { data: custody } = buildPackData({
      targets: 2,
      warrants: 1,
      photographs: 0,
      spec: packSpecs.custody,
    });
    const { pages } = await read((await writePdf(custody, new Map())).bytes);
    expect(pages.join(' ')).not.toContain('expires before the strike');
    expect(pages.join(' ')).not.toContain('Readiness');
  });

  it('say NOT ISSUED and carry no number before the issue', async () => {
    const { data: custody } = buildPackData({
      targets: 1,
      warrants: 1,
      photographs: 0,
      spec: packSpecs.custody,
    });
    const { pages } = await read((await writePdf(custody, new Map(), { issued: false })).bytes);
    for (const page of pages) {
      expect(page).toContain('NOT ISSUED');
      expect(page).not.toMatch(/version 3|Copy 2/);
    }
  });

  it('have no camera notes within', async () => {
    const { data: plan, photographs } = buildPackData({ targets: 1, warrants: 1, photographs: 1 });
    const [id, bytes] = [...photographs][0] ?? [];
    if (id === undefined || bytes === undefined) throw new Error('the fixture has no photograph');
    const notes = Buffer.from('Exif\0\0camera owner GPS 54.5', 'latin1');
    const head = Buffer.from([0xff, 0xe1, 0, 0]);
    head.writeUInt16BE(notes.length + 2, 2);
    const noted = Buffer.concat([bytes.subarray(0, 2), head, notes, bytes.subarray(2)]);
    const pdf = (await writePdf(plan, new Map([[id, noted]]))).bytes;
    expect(pdf.includes('camera owner')).toBe(false);
    for (const match of pdf.toString('latin1').matchAll(/stream\r?\n/g)) {
      const start = (match.index ?? 0) + match[0].length;
      const end = pdf.indexOf('endstream', start);
      let plain = Buffer.alloc(0);
      try {
        plain = inflateSync(pdf.subarray(start, end));
      } catch {
        // A photograph, or the tail of another stream: looked through as it stands above.
      }
      expect(plain.includes('camera owner')).toBe(false);
    }
  });
});

/** The briefing as a Word document and as slides. */
import { describe, expect, it } from 'vitest';
import { writeDocx } from '../../electron/engine/packs/docx/writeDocx.ts';
import { countLines, partText } from '../../electron/engine/packs/pptx/fitText.ts';
import { writePptx } from '../../electron/engine/packs/pptx/writePptx.ts';
import { readZip } from '../../electron/engine/packs/stableZip.ts';
import type { PackData } from '../../shared/packs/packData.ts';
import { packSpecs } from '../../shared/packs/packSpecs.ts';
import { buildPackData } from './fixtures/buildPackData.ts';

const { data, photographs } = buildPackData({ targets: 4, warrants: 2, photographs: 2 });
const marking = 'OFFICIAL-SENSITIVE - RECIPIENTS ONLY';

const parts = (bytes: Buffer) =>
  new Map(readZip(bytes).map(({ name, content }) => [name, content.toString('utf8')] as const));

/** The text of a part, its tags taken away. */
const words = (xml: string) =>
  xml
    .replaceAll(/<(?:w:br|a:br)\/>|<\/(?:w|a):p>/g, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'");

/** What a planner may write, and what a file must not trip over. */
const hostileText = `=HYPERLINK("x") & <b>bold</b> "quoted" \u202Eturned\u202C מפה 🚓 \u0000\u0007end\nsecond line`;
const longText = Array.from({ length: 3_000 }, (_unused, index) => `word${index}`).join(' ');

const hostile: PackData = {
  ...data,
  header: { ...data.header, operation: `${'Long name '.repeat(20)}<&>` },
  briefing: [
    { ref: 'I1', heading: 'Information', text: hostileText },
    { ref: 'I2', heading: 'Intention', text: longText },
    { ref: 'M', heading: 'Method', text: 'x'.repeat(5_000) },
  ],
};

describe('the Word document', () => {
  it('is marked on every page and holds every heading and text in order', async () => {
    const files = parts(await writeDocx(data, photographs));
    const headers = [...files].filter(([name]) => /word\/(?:header|footer)\d+\.xml$/.test(name));
    expect(headers.length).toBeGreaterThanOrEqual(4);
    for (const [name, xml] of headers) expect(words(xml), name).toContain(marking);
    const text = words(files.get('word/document.xml') ?? '');
    const order = [
      'Silver commander',
      'Information',
      'Intention',
      'Method',
      'Targets',
      'Warrants',
      'Premises',
    ];
    const places = order.map((word) => text.indexOf(word));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect([...places].sort((first, second) => first - second)).toEqual(places);
    for (const target of data.targets) expect(text).toContain(target.name);
    expect([...files.keys()].filter((name) => name.startsWith('word/media/'))).toHaveLength(2);
  });

  it('keeps hostile and long text whole, as text', async () => {
    const text = words(parts(await writeDocx(hostile, photographs)).get('word/document.xml') ?? '');
    expect(text).toContain('=HYPERLINK("x") & <b>bold</b> "quoted" turned מפה 🚓 end\nsecond line');
    expect(text).toContain(longText);
    expect(text).toContain('x'.repeat(5_000));
  });

  it('tells nothing about who made it and when, and comes out the same', async () => {
    const bytes = await writeDocx(data, photographs);
    expect((await writeDocx(data, photographs)).equals(bytes)).toBe(true);
    const files = parts(bytes);
    expect(files.get('docProps/core.xml')).not.toMatch(/created|modified|Un-named|2026/);
    expect([...files.keys()].some((name) => /comments|vbaProject|external/i.test(name))).toBe(false);
    expect([...files.values()].some((xml) => xml.includes('TargetMode="External"'))).toBe(false);
  });

  it('holds what the spec gives its readers, no more', async () => {
    const safeguarding = { ...data, spec: packSpecs.safeguarding };
    const text = words(parts(await writeDocx(safeguarding, new Map())).get('word/document.xml') ?? '');
    expect(text).not.toContain('Method of entry');
    expect(text).not.toContain('Grounds');
  });
});

describe('the slides', () => {
  it('are marked twice each, one for every target and team', async () => {
    const { bytes, slides } = await writePptx(data, photographs);
    const pages = [...parts(bytes)].filter(([name]) => /^ppt\/slides\/slide\d+\.xml$/.test(name));
    expect(pages).toHaveLength(slides);
    for (const [name, xml] of pages)
      expect(words(xml).split(marking).length - 1, name).toBeGreaterThanOrEqual(2);
    const all = pages.map(([, xml]) => words(xml)).join('\n');
    for (const target of data.targets) expect(all).toContain(`Targets: ${target.name}`);
    for (const team of data.teams) expect(all).toContain(`Teams: ${team.name}`);
  });

  it('carry long text on over slides that say so, and lose no word', async () => {
    const { bytes } = await writePptx(hostile, photographs);
    const pages = [...parts(bytes)]
      .filter(([name]) => /^ppt\/slides\/slide\d+\.xml$/.test(name))
      .sort(([first], [second]) => Number(/\d+/.exec(first)?.[0]) - Number(/\d+/.exec(second)?.[0]))
      .map(([, xml]) => words(xml));
    const intention = pages.filter((text) => text.includes('Intention'));
    expect(intention.length).toBeGreaterThan(3);
    expect(intention.slice(1).every((text) => text.includes('Intention (continued)'))).toBe(true);
    const found = intention.flatMap((text) => text.match(/word\d+/g) ?? []);
    expect(found).toEqual(longText.split(' '));
    expect(
      pages
        .join('')
        .match(/x{10,}/g)
        ?.join('').length,
    ).toBe(5_000);
    expect(pages.join('\n')).toContain('=HYPERLINK("x") & <b>bold</b> "quoted" turned מפה 🚓 end');
  });

  it('tell nothing about who made them and when, and come out the same', async () => {
    const { bytes } = await writePptx(data, photographs);
    expect((await writePptx(data, photographs)).bytes.equals(bytes)).toBe(true);
    const files = parts(bytes);
    expect(files.get('docProps/core.xml')).not.toMatch(/created|modified|PptxGenJS/);
    for (const [name, xml] of files) {
      if (name.startsWith('ppt/notesSlides/')) expect(words(xml).replaceAll(/\s|\d/g, ''), name).toBe('');
    }
  });
});

describe('text in parts', () => {
  it('fills each part and loses nothing', () => {
    const text = `${longText}\n\nend of it`;
    const partsOfText = partText(text, 6, 18, 12);
    expect(partsOfText.join(' ').split(/\s+/)).toEqual(text.split(/\s+/));
    for (const part of partsOfText) expect(countLines(part, 6, 18)).toBeLessThanOrEqual(13);
  });
});

import PptxGenJs from 'pptxgenjs';
import { coverFacts } from '../../../../shared/packs/cover.ts';
import { cleanText, formatMarking, formatMoment, formatValue } from '../../../../shared/packs/format.ts';
import type { PackData, PackPhotographs } from '../../../../shared/packs/packData.ts';
import { pictureFacts } from '../../../../shared/packs/pictures.ts';
import { listSections, rowsOfSection } from '../../../../shared/packs/sections.ts';
import { finishOffice } from '../finishOffice.ts';
import { readPicture } from '../photographs.ts';
import { partText } from './fitText.ts';

/** A wide slide, in inches. */
const slide = { width: 13.333, height: 7.5, side: 0.5, top: 0.45, foot: 6.95 };
const bodyTop = 1.3;
const bodyHeight = slide.foot - bodyTop - 0.1;
const lineHeight = 1.25;
const size = { title: 26, body: 18, facts: 15 };
const colours = { ink: '14202B', quiet: '44525F', fill: '1F3A5F', warning: 'FFE8D6' };

/** Sections of which each row gets a slide of its own, and the field that heads it. */
const rowSlides: Readonly<Record<string, string>> = {
  targets: 'name',
  premises: 'address',
  safeguarding: 'name',
  teams: 'name',
  warrants: 'number',
};

/** Sections that a briefing in a room does not show: they are for paper. */
const forPaper: ReadonlySet<string> = new Set([
  'sourceFiles',
  'links',
  'phones',
  'vehicles',
  'people',
  'officers',
]);

/** What is used of the library, whose types differ with the way in which modules are looked up. */
interface Deck {
  layout: string;
  title: string;
  author: string;
  company: string;
  theme: { headFontFace: string; bodyFontFace: string };
  addSlide(): Slide;
  write(options: { outputType: 'nodebuffer' }): Promise<unknown>;
}

interface Slide {
  slideNumber: object;
  addText(text: string, options: object): unknown;
  addImage(options: object): unknown;
}

/** One picture on a slide. */
interface Shown {
  readonly data: string;
  readonly width: number;
  readonly height: number;
}

/**
 * The briefing as slides, to be shown in a room: the cover, the text under its headings, then the sections
 * of the pack, a slide for each target, address, team and warrant. A text too long for a slide goes on upon
 * the next, which says so. Marked at the top and the bottom. The same data gives the same bytes.
 */
export async function writePptx(
  data: PackData,
  photographs: PackPhotographs,
): Promise<{ bytes: Buffer; slides: number }> {
  // The library's types say that the module is the class; run, it stands under `default`.
  const Presentation = ((PptxGenJs as unknown as { default?: unknown }).default ??
    PptxGenJs) as new () => Deck;
  const deck = new Presentation();
  deck.layout = 'LAYOUT_WIDE';
  deck.title = cleanText(`${data.header.operation}: ${data.spec.title}`);
  deck.author = '';
  deck.company = '';
  deck.theme = { headFontFace: 'Arial', bodyFontFace: 'Arial' };
  let count = 0;
  const add = (title: string) => {
    count += 1;
    return frame(deck, data, title);
  };
  const text = (title: string, words: string, fontSize: number = size.body, shown?: Shown) => {
    const width = slide.width - 2 * slide.side - (shown === undefined ? 0 : shown.width + 0.4);
    const most = Math.floor((bodyHeight * 72) / (fontSize * lineHeight));
    for (const [index, part] of partText(cleanText(words), width, fontSize, most).entries()) {
      const page = add(index === 0 ? title : `${title} (continued)`);
      const picture = index === 0 ? shown : undefined;
      page.addText(part, {
        x: slide.side,
        y: bodyTop,
        w: width,
        h: bodyHeight,
        fontSize,
        color: colours.ink,
        valign: 'top',
        margin: 0,
        lineSpacingMultiple: 1,
      });
      if (picture !== undefined) {
        page.addImage({
          data: picture.data,
          x: slide.width - slide.side - picture.width,
          y: bodyTop,
          w: picture.width,
          h: picture.height,
          altText: 'Photograph',
        });
      }
    }
  };
  text(
    data.spec.title,
    coverFacts(data)
      .map(([label, value]) => `${label}: ${value}`)
      .join('\n'),
  );
  if (data.withheld.length > 0)
    text(
      'Withheld from this pack',
      data.withheld.map(({ reason, count: items }) => `${items}: ${reason}`).join('\n'),
    );
  for (const section of listSections(data)) {
    if (forPaper.has(section.id)) continue;
    const rows = rowsOfSection(data, section.id);
    if (section.id === 'briefing') {
      for (const row of data.briefing) text(row.heading, row.text);
      continue;
    }
    if (section.id === 'pictures') {
      for (const row of data.pictures) {
        const shown = row.image === null ? undefined : pictureOf(row.image, photographs, wholeSlide);
        if (shown === undefined) {
          text(row.title, `${pictureFacts(row)}\n\n${row.leftOut ?? ''}`, size.facts);
          continue;
        }
        const page = add(row.title);
        page.addText(pictureFacts(row), {
          x: slide.side,
          y: bodyTop - 0.2,
          w: wholeSlide.width,
          h: 0.3,
          fontSize: 11,
          color: colours.quiet,
          margin: 0,
        });
        page.addImage({
          data: shown.data,
          x: (slide.width - shown.width) / 2,
          y: bodyTop + 0.15,
          w: shown.width,
          h: shown.height,
          altText: cleanText(`${row.kind}: ${row.title}`),
        });
      }
      continue;
    }
    const heading = rowSlides[section.id];
    // The title has the name already.
    const columns = section.columns.filter(({ kind, field }) => kind !== 'photograph' && field !== heading);
    const facts = (row: Readonly<Record<string, unknown>>, separator: string) =>
      columns
        .map(
          ({ field, heading: name, kind }) =>
            [name, formatValue(row[field], kind).replaceAll('\n', '; ')] as const,
        )
        .filter(([, value]) => value !== '')
        .map(([name, value]) => `${name}: ${value}`)
        .join(separator);
    if (heading !== undefined) {
      for (const row of rows) {
        const name = formatValue(row[heading], 'text').replaceAll('\n', ' ');
        text(
          `${section.title}: ${name === '' ? String(row.ref) : name}`,
          facts(row, '\n'),
          size.facts,
          pictureOf(row.photograph ?? (row.photographs as readonly string[] | undefined)?.[0], photographs),
        );
      }
    } else if (rows.length > 0) {
      text(section.title, rows.map((row) => facts(row, ' · ')).join('\n\n'), size.facts);
    }
  }
  const stored = (await deck.write({ outputType: 'nodebuffer' })) as Buffer;
  return { bytes: finishOffice(stored), slides: count };
}

/** A slide with its marking, title and foot. */
function frame(deck: Deck, data: PackData, title: string): Slide {
  const { header } = data;
  const page = deck.addSlide();
  const wide = slide.width - 2 * slide.side;
  for (const y of [0.05, slide.height - 0.35]) {
    page.addText(formatMarking(header.marking), {
      x: slide.side,
      y,
      w: wide,
      h: 0.3,
      align: 'center',
      bold: true,
      fontSize: 14,
      color: colours.ink,
      margin: 0,
    });
  }
  const words = cleanText(title).replaceAll('\n', ' ');
  page.addText(words, {
    x: slide.side,
    y: slide.top,
    w: wide,
    h: 0.75,
    bold: true,
    // A title stands on two lines at most; what is longer is set smaller, never cut.
    fontSize: words.length > 110 ? 12 : words.length > 60 ? 18 : size.title,
    color: colours.fill,
    valign: 'middle',
    margin: 0,
  });
  page.addText(
    cleanText(
      `${header.operation}, version ${header.version}. Copy ${header.copy}: ${header.recipient}. Data as at ${formatMoment(header.dataAsAt)}`,
    ).replaceAll('\n', ' '),
    { x: slide.side, y: slide.foot, w: wide - 1, h: 0.2, fontSize: 10, color: colours.quiet, margin: 0 },
  );
  page.slideNumber = {
    x: slide.width - slide.side - 0.6,
    y: slide.foot,
    w: 0.6,
    h: 0.2,
    fontSize: 10,
    color: colours.quiet,
    align: 'right',
  };
  return page;
}

/** Inches that a picture beside a text may take, and a kept picture that has the slide to itself. */
const besideText = { width: 3.6, height: 4.6 };
const wholeSlide = { width: slide.width - 2 * slide.side, height: bodyHeight - 0.2 };

function pictureOf(
  id: unknown,
  photographs: PackPhotographs,
  room: { readonly width: number; readonly height: number } = besideText,
): Shown | undefined {
  const bytes = typeof id === 'string' ? photographs.get(id) : undefined;
  const picture = bytes === undefined ? undefined : readPicture(bytes);
  if (picture === undefined) return undefined;
  const scale = Math.min(room.width / picture.width, room.height / picture.height);
  return {
    data: `image/${picture.format};base64,${picture.bytes.toString('base64')}`,
    width: picture.width * scale,
    height: picture.height * scale,
  };
}

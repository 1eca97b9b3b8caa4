import type { Alignment, Borders, Fill, Font, Style } from 'exceljs';
import type { SectionId } from '../../../../shared/packs/packSpec.ts';

const ink = 'FF14202B';
const rule = 'FF9AA5B1';

const thin: Partial<Borders> = {
  top: { style: 'thin', color: { argb: rule } },
  bottom: { style: 'thin', color: { argb: rule } },
  left: { style: 'thin', color: { argb: rule } },
  right: { style: 'thin', color: { argb: rule } },
};

const top: Partial<Alignment> = { vertical: 'top', horizontal: 'left', wrapText: true };

/**
 * Shared style objects: exceljs looks a style up by the object, so one object per look keeps the
 * workbook small and the writing quick. `@` keeps every text a text, also after somebody edits it.
 * Meaning never rests on colour: each tint comes with words.
 */
export const styles = {
  marking: style({
    size: 12,
    bold: true,
    fill: 'FFE3E7EB',
    alignment: { vertical: 'middle', horizontal: 'left' },
  }),
  markingFill: style({ size: 12, bold: true, fill: 'FFE3E7EB' }),
  title: style({ size: 14, bold: true, alignment: { vertical: 'middle', horizontal: 'left' } }),
  /** A title in merged cells, which may wrap. */
  wideTitle: style({
    size: 14,
    bold: true,
    alignment: { vertical: 'middle', horizontal: 'left', wrapText: true },
  }),
  operation: style({
    size: 22,
    bold: true,
    alignment: { vertical: 'middle', horizontal: 'left', wrapText: true },
  }),
  note: style({ size: 9, color: 'FF44525F', alignment: top }),
  heading: style({
    bold: true,
    color: 'FFFFFFFF',
    fill: 'FF1F3A5F',
    borders: thin,
    alignment: { vertical: 'middle', horizontal: 'left', wrapText: true },
  }),
  label: style({ bold: true, fill: 'FFF1F4F7', borders: thin, alignment: top }),
  text: style({ borders: thin, alignment: top }),
  strong: style({ bold: true, borders: thin, alignment: top }),
  warning: style({ bold: true, fill: 'FFFFE8D6', borders: thin, alignment: top }),
  condition: style({ bold: true, fill: 'FFFFF6CC', borders: thin, alignment: top }),
  blocker: style({ bold: true, fill: 'FFFFD9C7', borders: thin, alignment: top }),
  backLink: style({
    size: 9,
    color: 'FF0B4F9E',
    underline: true,
    alignment: { vertical: 'top', horizontal: 'left' },
  }),
  link: style({ color: 'FF0B4F9E', underline: true, borders: thin, alignment: top }),
  date: style({ borders: thin, format: 'dd/mm/yyyy', alignment: { vertical: 'top', horizontal: 'left' } }),
  /** A moment that would not fit is printed smaller, never as hashes. */
  moment: style({
    borders: thin,
    format: 'dd/mm/yyyy hh:mm',
    alignment: { vertical: 'top', horizontal: 'left', shrinkToFit: true },
  }),
  formMoment: style({
    size: 9,
    borders: thin,
    format: 'dd/mm/yy hh:mm',
    alignment: { vertical: 'top', horizontal: 'left', shrinkToFit: true },
  }),
  amount: style({ borders: thin, format: '#,##0.00##', alignment: { vertical: 'top', horizontal: 'left' } }),
  /** Columns of a form that say what its rows are about: grey, and headed by words that say so. */
  fixedHeading: style({
    bold: true,
    fill: 'FFD5DBE1',
    borders: thin,
    alignment: { vertical: 'middle', horizontal: 'left', wrapText: true },
  }),
  fixed: style({ fill: 'FFEEF1F4', borders: thin, alignment: top }),
  sign: style({ size: 8, color: 'FF44525F', fill: 'FFEEF1F4', borders: thin, alignment: top }),
  number: style({ borders: thin, format: '0', alignment: { vertical: 'top', horizontal: 'left' } }),
  /** The age of somebody under 18 stands out, also where no column says "child". */
  numberOfChild: style({
    bold: true,
    fill: 'FFFFF6CC',
    borders: thin,
    format: '0',
    alignment: { vertical: 'top', horizontal: 'left' },
  }),
  photograph: style({
    borders: thin,
    size: 9,
    color: 'FF44525F',
    alignment: { vertical: 'middle', horizontal: 'center', wrapText: true },
  }),
} as const;

/** Okabe and Ito's palette, told apart with every common kind of colour vision. */
const palette = {
  black: 'FF000000',
  grey: 'FF999999',
  orange: 'FFE69F00',
  sky: 'FF56B4E9',
  green: 'FF009E73',
  yellow: 'FFF0E442',
  blue: 'FF0072B2',
  vermilion: 'FFD55E00',
  purple: 'FFCC79A7',
} as const;

/** Tabs of one colour belong together: the running of the day, the law, places, people, results. */
export const tabColours: Readonly<Record<SectionId | 'cover' | 'findings' | 'forms', string>> = {
  cover: palette.black,
  findings: palette.vermilion,
  forms: palette.green,
  briefing: palette.sky,
  commanders: palette.sky,
  timings: palette.sky,
  teams: palette.sky,
  officers: palette.sky,
  communications: palette.sky,
  contacts: palette.sky,
  targets: palette.orange,
  people: palette.orange,
  custody: palette.orange,
  warrants: palette.blue,
  search: palette.blue,
  premises: palette.blue,
  safeguarding: palette.yellow,
  risk: palette.vermilion,
  lines: palette.purple,
  phones: palette.purple,
  vehicles: palette.purple,
  links: palette.purple,
  intelligence: palette.purple,
  pictures: palette.purple,
  actions: palette.grey,
  decisions: palette.grey,
  results: palette.green,
  arrests: palette.green,
  seizures: palette.green,
  outcomes: palette.green,
  tally: palette.green,
  sourceFiles: palette.grey,
};

function style(look: {
  size?: number;
  bold?: boolean;
  underline?: boolean;
  color?: string;
  fill?: string;
  borders?: Partial<Borders>;
  alignment?: Partial<Alignment>;
  format?: string;
}): Partial<Style> {
  const font: Partial<Font> = {
    name: 'Arial',
    family: 2,
    size: look.size ?? 10,
    bold: look.bold ?? false,
    underline: look.underline ?? false,
    color: { argb: look.color ?? ink },
  };
  const fill: Fill | undefined =
    look.fill === undefined
      ? undefined
      : { type: 'pattern', pattern: 'solid', fgColor: { argb: look.fill }, bgColor: { argb: look.fill } };
  return {
    font,
    numFmt: look.format ?? '@',
    ...(fill === undefined ? {} : { fill }),
    ...(look.borders === undefined ? {} : { border: look.borders }),
    ...(look.alignment === undefined ? {} : { alignment: look.alignment }),
  };
}

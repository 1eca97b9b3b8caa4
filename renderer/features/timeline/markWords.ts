import type {
  Timeline,
  TimelineBin,
  TimelineLaneView,
  TimelineMark,
} from '../../../shared/contract/areas/timeline.ts';
import { formatDate, formatDateTime } from '../../../shared/domain/dates.ts';
import { isoOfSeconds, readMoment } from '../../../shared/domain/timeGrain.ts';
import { laneTitles, markTitles } from '../../../shared/domain/timelineKinds.ts';
import { grids, parseRef } from '../../../shared/grid/grids.ts';
import { timelineCopy } from '../../copy/timeline.ts';
import { formatValue, type Labels, showLabel } from '../../grid/format.ts';

/** A written moment as people read it: 14/03/2026 06:12, 14/03/2026 or 03/2026. */
export function showWritten(text: string): string {
  if (/^\d{4}-\d{2}$/.test(text)) return `${text.slice(5)}/${text.slice(0, 4)}`;
  return text.length > 10 ? formatDateTime(text.slice(0, 16)) : formatDate(text);
}

/** A moment of the axis; midnight is written as the day alone. */
export function showSeconds(seconds: number): string {
  const iso = isoOfSeconds(seconds);
  return iso.slice(11, 16) === '00:00' ? formatDate(iso) : formatDateTime(iso.slice(0, 16));
}

/** A period of the axis in days and times; its last day counts whole: 14/09/2026 to 20/09/2026. */
export function showPeriod(from: number, to: number): string {
  const isDays = from % 86_400 === 0 && to % 86_400 === 0;
  const last = isDays ? to - 86_400 : to;
  return isDays && last === from ? showSeconds(from) : `${showSeconds(from)} to ${showSeconds(last)}`;
}

/** A piece of time that something was counted in. */
export function showBin(bin: Pick<TimelineBin, 'from' | 'to'>): string {
  return showPeriod(readMoment(bin.from)?.from ?? 0, readMoment(bin.to)?.from ?? 0);
}

/** It ends before it begins, as its record has it. */
export function isMuddled(mark: TimelineMark): boolean {
  const [from, to] = [readMoment(mark.from), mark.to === null ? null : readMoment(mark.to)];
  return from !== null && to !== null && to.to < from.from;
}

/** The period that intelligence is about; nothing for anything else. */
function aboutWords({ about }: TimelineMark): string {
  if (!about) return '';
  const { from, to } = about;
  return `${timelineCopy.about} ${showWritten(from)}${to === from ? '' : ` to ${showWritten(to)}`}`;
}

/** When it was, with what is not known about it. */
export function whenWords(mark: TimelineMark): string {
  const begin = showWritten(mark.from);
  const end =
    mark.to === null ? (mark.isOpen ? `, ${timelineCopy.noEnd}` : '') : ` to ${showWritten(mark.to)}`;
  const about = mark.about ? `, ${aboutWords(mark)}` : '';
  return `${begin}${end}${about}${isMuddled(mark) ? `, ${timelineCopy.endsFirst}` : ''}`;
}

/** What the record says, in its own columns' words; who is named twice stands once. */
export function saysOf(mark: TimelineMark, labels: Labels): { title: string; words: string }[] {
  const grid = parseRef(mark.ref)?.grid;
  if (!grid) return [];
  const seen = new Set<string>();
  return grids[grid.name].columns.flatMap((column) => {
    const value = mark.values[column.field];
    if (value === undefined || value === null) return [];
    const words = formatValue(column, value, labels).replace(/\s+/g, ' ').trim();
    if (words === '' || seen.has(words.toLowerCase())) return [];
    seen.add(words.toLowerCase());
    return [{ title: column.title, words }];
  });
}

/** The same in one line. */
export const sayLine = (mark: TimelineMark, labels: Labels): string =>
  saysOf(mark, labels)
    .map(({ title, words }) => (title === 'Grade' ? `Grade ${words}` : words.replace(/[.;]+$/, '')))
    .join('; ');

/** How many there are in a piece of time. */
export const binWords = (lane: TimelineLaneView['lane'], bin: TimelineBin): string =>
  lane === 'calls'
    ? timelineCopy.callsOf(bin.count, bin.texts, bin.other)
    : timelineCopy.counted(bin.count, laneTitles[lane].toLowerCase());

/** Everything about a mark in one sentence: for who hears it read. */
export function spokenMark(mark: TimelineMark, labels: Labels): string {
  return [
    markTitles[mark.what],
    whenWords(mark),
    sayLine(mark, labels),
    mark.safeguarding ? timelineCopy.safeguardingMark : '',
    mark.byName ? timelineCopy.byName : '',
    mark.ref,
  ]
    .filter((part) => part !== '')
    .join('. ');
}

export interface TableRow {
  key: string;
  whom: string;
  lane: string;
  what: string;
  from: string;
  to: string;
  /** The record; null for what is counted. */
  ref: string | null;
  says: string;
}

/** What the picture shows, row by row: the same content, to be read. */
export function tableRows(timeline: Timeline): TableRow[] {
  const { labels } = timeline;
  return timeline.groups.flatMap((group, place) => {
    const whom =
      group.ref === null ? timelineCopy.everythingGroup : `${showLabel(group.ref, labels)} (${group.ref})`;
    return group.lanes.flatMap((lane): TableRow[] => {
      const base = { whom, lane: laneTitles[lane.lane] };
      const silences = lane.silences.map((silence) => ({
        ...base,
        key: `${place} silence ${silence.phone} ${silence.from}`,
        what: silence.isOpen ? timelineCopy.silenceOpen : timelineCopy.silence,
        from: showWritten(silence.from),
        to: showWritten(silence.to),
        ref: silence.phone,
        says: [showLabel(silence.phone, labels), silence.endsWithReturn ? timelineCopy.silenceReturn : '']
          .filter(Boolean)
          .join('. '),
      }));
      const marks = (lane.marks ?? []).map((mark) => ({
        ...base,
        key: `${place} ${mark.ref} ${mark.what} ${mark.from}`,
        what: markTitles[mark.what],
        from: showWritten(mark.from),
        to: mark.to === null ? (mark.isOpen ? timelineCopy.noEnd : '') : showWritten(mark.to),
        ref: mark.ref,
        says: [
          mark.safeguarding ? timelineCopy.safeguardingMark : '',
          isMuddled(mark) ? timelineCopy.endsFirst : '',
          mark.byName ? timelineCopy.byName : '',
          sayLine(mark, labels),
          aboutWords(mark),
        ]
          .filter(Boolean)
          .join('. '),
      }));
      const bins =
        lane.marks === null
          ? (lane.bins ?? []).map((bin) => ({
              ...base,
              key: `${place} ${lane.lane} ${bin.from}`,
              what: timelineCopy.countedTitle,
              from: showWritten(bin.from.endsWith('T00:00:00') ? bin.from.slice(0, 10) : bin.from),
              to: showBinEnd(bin),
              ref: null,
              says: binWords(lane.lane, bin),
            }))
          : [];
      const undated = lane.undated.map(({ grid, count }) => ({
        ...base,
        key: `${place} ${lane.lane} ${grid} undated`,
        what: timelineCopy.undated(count, grids[grid].title),
        from: '',
        to: '',
        ref: null,
        says: '',
      }));
      return [...silences, ...marks, ...bins, ...undated];
    });
  });
}

/** The end of a piece as people write it: its last day, or the time at which the next begins. */
function showBinEnd(bin: TimelineBin): string {
  const end = readMoment(bin.to)?.from ?? 0;
  const begin = readMoment(bin.from)?.from ?? 0;
  return showSeconds(end - begin >= 86_400 ? end - 86_400 : end);
}

/** Every record that the picture shows. */
export function shownRefs(timeline: Timeline): string[] {
  return [
    ...new Set(
      timeline.groups.flatMap((group) => [
        ...(group.ref === null ? [] : [group.ref]),
        ...group.phones,
        ...group.lanes.flatMap((lane) => [
          ...(lane.marks ?? []).flatMap((mark) => [mark.ref, ...namedRefs(mark)]),
          ...lane.silences.map(({ phone }) => phone),
        ]),
      ]),
    ),
  ];
}

function namedRefs(mark: TimelineMark): string[] {
  const grid = parseRef(mark.ref)?.grid;
  return (grid?.columns ?? []).flatMap((column) => {
    const value = mark.values[column.field];
    return (column.type === 'ref' || column.type === 'refs') && typeof value === 'string'
      ? value.split(',')
      : [];
  });
}

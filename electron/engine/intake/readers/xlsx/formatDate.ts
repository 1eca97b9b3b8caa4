import { monthNames } from '../../../../../shared/domain/calendar.ts';
import type { FormatToken } from './formatCode.ts';
import { lastSerialDay, pad, type SerialParts, splitSerial } from './serialDate.ts';

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const secondsPerDay = 86_400;

/** What Excel shows for a day number that it cannot show as a date: the cell full of hashes. */
export const unshowable = '########';

/**
 * A date section made ready. In nearly every one the parts of the day stand together and the parts
 * of the time after them: then either half is made once for each day and each second.
 */
export function compileDate(tokens: readonly FormatToken[]): (serial: number) => string {
  const lastOfDay = tokens.findLastIndex((token) => token.type === 'date' && isOfDay(token.letter));
  const firstOfTime = tokens.findIndex((token) => isOfTime(token));
  const special = tokens.some(
    (token) => token.type === 'elapsed' || token.type === 'system' || token.type === 'fraction-of-second',
  );
  if (special || (firstOfTime >= 0 && firstOfTime < lastOfDay))
    return (serial) => formatSerial(tokens, serial);
  const meridiem = tokens.some((token) => token.type === 'meridiem');
  const cut = firstOfTime < 0 ? tokens.length : firstOfTime;
  const ofDay = tokens.slice(0, cut);
  const ofTime = tokens.slice(cut);
  const showsSeconds = tokens.some((token) => token.type === 'date' && token.letter === 's');
  const unit = showsSeconds ? 1 : 60;
  const days = new Map<number, string>();
  const times: (string | undefined)[] = new Array(secondsPerDay / unit);
  return (serial) => {
    if (!(serial >= 0 && serial < lastSerialDay + 1)) return unshowable;
    const seconds = showsSeconds
      ? Math.round(serial * secondsPerDay)
      : Math.floor(Math.round(serial * secondsPerDay * 1000) / 1000);
    const day = Math.floor(seconds / secondsPerDay);
    let dayText = days.get(day);
    if (dayText === undefined) {
      dayText = showTokens(ofDay, splitSerial(day), false);
      if (days.size >= rememberedDays) days.clear();
      days.set(day, dayText);
    }
    if (ofTime.length === 0) return dayText;
    const slot = Math.floor((seconds - day * secondsPerDay) / unit);
    times[slot] ??= showTokens(ofTime, splitSerial((slot * unit) / secondsPerDay), meridiem);
    return dayText + times[slot];
  };
}

const rememberedDays = 20_000;

function isOfDay(letter: string): boolean {
  return 'ymdbeg'.includes(letter);
}

function isOfTime(token: FormatToken): boolean {
  return token.type === 'meridiem' || (token.type === 'date' && !isOfDay(token.letter));
}

/** Shows a day number (1900 system) under the tokens of a date or time section, in English. */
export function formatSerial(tokens: readonly FormatToken[], serial: number): string {
  if (!(serial >= 0 && serial < lastSerialDay + 1)) return unshowable;
  const rounded = roundToShown(tokens, serial);
  const system = tokens.find((token) => token.type === 'system');
  const meridiem = tokens.some((token) => token.type === 'meridiem');
  const parts = splitSerial(rounded);
  // What follows in such a section is only a stand-in for the system's own order.
  if (system?.which === 'date') return `${pad(parts.day, 2)} ${monthNames[parts.month - 1]} ${parts.year}`;
  if (system) return `${pad(parts.hour, 2)}:${pad(parts.minute, 2)}:${pad(parts.second, 2)}`;
  return showTokens(tokens, parts, meridiem, rounded);
}

function showTokens(
  tokens: readonly FormatToken[],
  parts: SerialParts,
  meridiem: boolean,
  serial = 0,
): string {
  let text = '';
  for (const token of tokens) {
    switch (token.type) {
      case 'literal':
        text += token.text;
        break;
      case 'date':
        // Beside `[h]` a plain `h` is the same length of time.
        text += tokens.some((other) => other.type === 'elapsed' && other.letter === token.letter)
          ? pad(elapsed(token.letter, serial), token.count)
          : formatPart(token.letter, token.count, parts, meridiem);
        break;
      case 'elapsed':
        text += pad(elapsed(token.letter, serial), token.count);
        break;
      case 'fraction-of-second':
        text += `.${pad(parts.millisecond, 3).padEnd(token.count, '0').slice(0, token.count)}`;
        break;
      case 'meridiem': {
        const word = parts.hour < 12 ? 'AM' : 'PM';
        text += token.short ? (token.lower ? word[0]?.toLowerCase() : word[0]) : word;
        break;
      }
      case 'slash':
        text += '/';
        break;
      case 'point':
        text += '.';
        break;
      case 'comma':
        text += ',';
        break;
      case 'digit':
        text += token.text === '0' ? '0' : '';
        break;
      case 'percent':
        text += '%';
        break;
      default:
        break;
    }
  }
  return text;
}

/** Seconds round to what is shown of them; minutes and hours are cut, as in Excel. */
function roundToShown(tokens: readonly FormatToken[], serial: number): number {
  let seconds = false;
  let places = 0;
  for (const token of tokens) {
    if ((token.type === 'date' || token.type === 'elapsed') && token.letter === 's') seconds = true;
    if (token.type === 'fraction-of-second') places = Math.min(3, token.count);
  }
  const scale = seconds ? secondsPerDay * 10 ** places : secondsPerDay * 1000;
  return Math.round(serial * scale) / scale;
}

function formatPart(letter: string, count: number, parts: SerialParts, meridiem: boolean): string {
  switch (letter) {
    case 'y':
      return count <= 2 ? pad(parts.year % 100, 2) : pad(parts.year, 4);
    case 'e':
      return pad(parts.year, 4);
    case 'b':
      return count <= 2 ? pad((parts.year + 543) % 100, 2) : pad(parts.year + 543, 4);
    case 'm': {
      const name = monthNames[parts.month - 1] ?? '';
      if (count === 3) return name.slice(0, 3);
      if (count === 4 || count > 5) return name;
      return count === 5 ? name.slice(0, 1) : pad(parts.month, count);
    }
    case 'd': {
      const name = weekdays[parts.weekday] ?? '';
      if (count === 3) return name.slice(0, 3);
      return count > 3 ? name : pad(parts.day, count);
    }
    case 'h':
      return pad(meridiem ? parts.hour % 12 || 12 : parts.hour, Math.min(count, 2));
    case 'n':
      return pad(parts.minute, Math.min(count, 2));
    case 's':
      return pad(parts.second, Math.min(count, 2));
    default:
      return '';
  }
}

function elapsed(letter: string, serial: number): number {
  // A thousandth of a second of slack keeps whole hours whole despite binary fractions.
  const seconds = serial * secondsPerDay + 0.0005;
  if (letter === 'h') return Math.floor(seconds / 3600);
  return letter === 'n' ? Math.floor(seconds / 60) : Math.floor(seconds);
}

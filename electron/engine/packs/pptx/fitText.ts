/** Widest share of an em that a character of body text takes on average, capitals and wide scripts included. */
const averageEm = 0.56;
const wideEm = 1.05;

/** Lines that a text takes in a box of this width, as wrapped at words; widths in inches, size in points. */
export function countLines(text: string, width: number, size: number): number {
  return wrap(text, width, size).length;
}

/**
 * Parts a text so that each part takes at most `lines` lines of a box: at line ends, else at words, else
 * inside a word that is longer than a line. Nothing is left out: the parts joined by blanks or line ends
 * are the text.
 */
export function partText(text: string, width: number, size: number, lines: number): string[] {
  const wrapped = wrap(text, width, size);
  const parts: string[] = [];
  for (let at = 0; at < wrapped.length; at += lines) {
    parts.push(
      wrapped
        .slice(at, at + lines)
        .map(({ text: line, ends }, index, all) => (index === all.length - 1 || !ends ? line : `${line}\n`))
        .reduce(
          (whole, line) => (whole === '' || whole.endsWith('\n') ? whole + line : `${whole} ${line}`),
          '',
        ),
    );
  }
  return parts.length === 0 ? [''] : parts;
}

interface Line {
  readonly text: string;
  /** True where the text itself ends the line. */
  readonly ends: boolean;
}

function wrap(text: string, width: number, size: number): Line[] {
  const room = (width * 72) / size;
  return text.split('\n').flatMap((paragraph) => {
    const lines: Line[] = [];
    let line = '';
    for (const word of paragraph.split(' ').flatMap((each) => breakWord(each, room))) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && measure(longer) > room) {
        lines.push({ text: line, ends: false });
        line = word;
      } else line = longer;
    }
    lines.push({ text: line, ends: true });
    return lines;
  });
}

function breakWord(word: string, room: number): string[] {
  if (measure(word) <= room) return [word];
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && measure(piece + character) > room) {
      pieces.push(piece);
      piece = character;
    } else piece += character;
  }
  pieces.push(piece);
  return pieces;
}

/** Width in ems. */
function measure(text: string): number {
  let sum = 0;
  for (const character of text) sum += (character.codePointAt(0) ?? 0) > 0x2e80 ? wideEm : averageEm;
  return sum;
}

/**
 * Text frames in pieces, for a channel that carries small strings well and large ones badly. Pieces are
 * numbered over the life of a channel: a piece that arrives early waits for those before it, so frames come
 * out whole and in the order in which they were sent whatever the channel does.
 */
export interface Piece {
  number: number;
  last: boolean;
  text: string;
}

const pieceLength = 64_000;

/** Numbers and cuts the frames of one direction of one channel. */
export function makeSplitter(): (frame: string) => Piece[] {
  let number = 0;
  return (frame) => {
    const pieces: Piece[] = [];
    let start = 0;
    do {
      let end = Math.min(start + pieceLength, frame.length);
      // A pair of surrogates that is cut in two would be damaged on the way.
      if (end < frame.length && isHighSurrogate(frame.charCodeAt(end - 1))) end -= 1;
      pieces.push({ number, last: end === frame.length, text: frame.slice(start, end) });
      number += 1;
      start = end;
    } while (start < frame.length);
    return pieces;
  };
}

/**
 * Puts the pieces of one direction of one channel together again. A piece that was there before is let go.
 * @throws Error where a frame, or pieces that wait for one that never comes, grow longer than `longest` characters.
 */
export function makeAssembler(
  onFrame: (frame: string) => void,
  longest = Number.MAX_SAFE_INTEGER,
): (piece: Piece) => void {
  const early = new Map<number, Piece>();
  let expected = 0;
  let parts: string[] = [];
  let length = 0;
  return (piece) => {
    if (piece.number < expected || early.has(piece.number)) return;
    length += piece.text.length + 1;
    if (length > longest) throw new Error('a frame is longer than any may be');
    early.set(piece.number, piece);
    for (let next = early.get(expected); next !== undefined; next = early.get(expected)) {
      early.delete(expected);
      expected += 1;
      parts.push(next.text);
      if (next.last) {
        const frame = parts.join('');
        length -= frame.length + parts.length;
        parts = [];
        onFrame(frame);
      }
    }
  };
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

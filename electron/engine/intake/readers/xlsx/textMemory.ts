/** Texts are remembered in groups of this many, as far as they repeat. */
const rememberedTexts = 2048;
const rememberedBytes = 96;

/**
 * Decodes texts beyond ASCII and remembers them, since decoding each is dear and names repeat. Where
 * they do not repeat, remembering is given up.
 */
export class TextMemory {
  private readonly known = new Map<string, string>();
  private hits = 0;
  private useless = false;

  /**
   * @param latin1 the same bytes as one character each, by which the text is remembered
   */
  decode(bytes: Buffer, start: number, end: number, latin1: string): string {
    if (this.useless || end - start > rememberedBytes) return bytes.toString('utf8', start, end);
    const found = this.known.get(latin1);
    if (found !== undefined) {
      this.hits++;
      return found;
    }
    const decoded = bytes.toString('utf8', start, end);
    if (this.known.size >= rememberedTexts) {
      this.useless = this.hits < rememberedTexts;
      this.hits = 0;
      this.known.clear();
    }
    // A key of its own: a slice would keep the whole window.
    this.known.set(bytes.toString('latin1', start, end), decoded);
    return decoded;
  }
}

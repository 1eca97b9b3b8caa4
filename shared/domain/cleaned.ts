/**
 * What a cleaning function returns. Cleaning never guesses and never throws: a value that cannot be
 * read with certainty comes back with a flag, and the raw text is kept by the caller in any case.
 *
 *   cleanPhone('7700 900123')   → { value: '+447700900123', repaired: 'phone.zero-restored' }
 *   cleanPhone('4.47701E+11')   → { value: null, flag: { code: 'phone.rounded', severity: 'reject', ... } }
 */
export interface Flag {
  /** Stable code, `<what>.<why>`. */
  code: string;
  /** One plain sentence for the analyst. Does not repeat the value. */
  message: string;
  /** `reject`: the value cannot be used (the caller decides whether the row can live without it). */
  severity: 'warning' | 'reject';
}

export interface Cleaned<T = string> {
  /** null when blank or unusable. */
  value: T | null;
  /** Code of a repair that was certain, for instance a lost leading zero put back. */
  repaired?: string;
  flag?: Flag;
}

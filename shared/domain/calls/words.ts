/** What the words of a provider say about a call. Templates differ; none is published (domain facts 7.1). Pure. */

export const callKinds = ['unknown', 'voice', 'text', 'data', 'voicemail', 'divert'] as const;
export type CallKind = (typeof callKinds)[number];
export type CallDirection = 'unknown' | 'out' | 'in';

const kindWords: readonly [CallKind, RegExp][] = [
  ['voicemail', /voice ?mail|\bvm\b|mailbox/],
  ['divert', /divert|forward|\bcf[unb]?\b/],
  ['text', /sms|\btexts?\b|mms|message|\bim\b/],
  ['data', /gprs|data|\blte\b|\b[45]g\b|internet|\bwap\b|\bpdp\b|packet|\bip\b/],
  ['voice', /voice|call|speech|\bmoc\b|\bmtc\b|\btel\b|telephon|\bvoip\b|volte/],
];

const plain = (words: string) =>
  words
    .slice(0, 80)
    .toLowerCase()
    .replace(/[_\-/]+/g, ' ');

/** 'SMS MO' is a text, 'Voice MT' voice. */
export function kindOfWords(words: string): CallKind {
  const text = plain(words);
  return kindWords.find(([, pattern]) => pattern.test(text))?.[0] ?? 'unknown';
}

const outWords = /\b(out|outgoing|outbound|o|mo|moc|smsmo|mosms|orig\w*|sent|dialled|dialed|made|m)\b/;
const inWords = /\b(in|incoming|inbound|i|mt|mtc|smsmt|mtsms|term\w*|received|recd|rcvd|missed|r)\b/;

/** Which way a call went for the phone that the row is about. */
export function directionOfWords(words: string): CallDirection {
  const text = plain(words);
  const out = outWords.test(text);
  return out === inWords.test(text) ? 'unknown' : out ? 'out' : 'in';
}

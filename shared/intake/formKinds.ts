/**
 * The forms that a pack's readers send back, as kinds of sheet. Their columns are those that the pack prints; they are
 * known by their headings alone, and their rows by the sign that each of them bears.
 */
import { type Form, type FormColumn, forms } from '../packs/forms.ts';
import type { Cleaner, Field, Kind } from './fields.ts';

const cleaners: Readonly<Record<Exclude<FormColumn['kind'], 'code'>, Cleaner>> = {
  sign: 'text',
  fixed: 'text',
  text: 'text',
  longText: 'longText',
  moment: 'dateTime',
  number: 'number',
  yesNo: 'yesNo',
};

/** Code lists of form columns that have a cleaner of their own name. */
const codeCleaners: Readonly<Record<string, Cleaner>> = {
  entryMethod: 'entryMethod',
  seizureType: 'seizureType',
};

function fieldOf({ field, heading, kind, codes }: FormColumn): Field {
  const words = heading
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  const cleaner = kind === 'code' ? (codeCleaners[codes ?? ''] ?? 'text') : cleaners[kind];
  return { field, title: heading, cleaner, headings: [words] };
}

function kindOf(form: Form): Kind {
  return {
    kind: form.kind,
    title: `${form.title}s that came back`,
    grid: form.grid,
    form: form.name,
    linked: {},
    essential: [['sign']],
    nameHints: [],
    fields: form.columns.map(fieldOf),
  };
}

export const formKinds = { result: kindOf(forms.results), exhibit: kindOf(forms.exhibits) };

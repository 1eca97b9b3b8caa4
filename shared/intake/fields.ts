/** What a field, a kind and a linked thing are, and the fields that every kind writes alike. */
import type { ImportKind } from '../contract/schemas.ts';
import type { GridName } from '../grid/types.ts';
import type { FormName } from '../packs/forms.ts';

/** Name of the cleaning function that reads the cell. */
export type Cleaner =
  | 'text'
  | 'longText'
  | 'name'
  | 'namePart'
  | 'phone'
  | 'postcode'
  | 'address'
  | 'vehicleMark'
  | 'date'
  | 'dateTime'
  | 'time'
  | 'duration'
  | 'number'
  | 'latitude'
  | 'longitude'
  | 'pncId'
  | 'croNumber'
  | 'nino'
  | 'imei'
  | 'imsi'
  | 'iccid'
  | 'uprn'
  | 'gridReference'
  | 'grade'
  | 'marking'
  | 'power'
  | 'entries'
  | 'role'
  | 'sex'
  | 'cuckooed'
  | 'warrantStatus'
  | 'yesNo'
  | 'entryMethod'
  | 'seizureType';

export interface Field {
  field: string;
  title: string;
  cleaner: Cleaner;
  /** Headings, lower case, punctuation as blanks. The first are the most usual. */
  headings: readonly string[];
  /** A heading that hardly any other kind has: it decides the kind. */
  telling?: boolean;
  /** A column that many kinds can have beside their own: it says little about the kind of a sheet. */
  aside?: boolean;
  /** Several columns may feed it (two phone columns, two address lines). */
  many?: 'values' | 'join';
}

export interface LinkedThing {
  grid: GridName;
  relation: string;
  /**
   * What the thing is linked with: '' is the row's own record, else another linked thing of the row. Those that
   * the row lacks are passed over; when it has none of them it is linked with the row's own record.
   */
  from?: readonly string[];
  /** A person: the text column of the row's own record that names them where nobody is identified. */
  asWritten?: string;
}

export interface Kind {
  kind: ImportKind;
  title: string;
  grid: GridName;
  /** A form of a pack that came back: its rows are known by their signs, and land by rules of their own. */
  form?: FormName;
  /** Other things that a row of this kind can hold, by their prefix in field names. */
  linked: Readonly<Record<string, LinkedThing>>;
  /** The row is rejected unless one field of each group has a usable value. */
  essential: readonly (readonly string[])[];
  /** Words in a file's or sheet's name that point to the kind. */
  nameHints: readonly string[];
  fields: readonly Field[];
}

export const phoneField: Field = {
  field: 'phone.number',
  title: 'Phone number',
  cleaner: 'phone',
  many: 'values',
  headings: [
    'mobile',
    'phone',
    'phone number',
    'mobile number',
    'telephone',
    'tel',
    'tel no',
    'mobile no',
    'phone no',
    'phones',
    'contact number',
    'mob',
    'mobile phone',
    'telephone number',
    'known numbers',
    'number s',
    'phone s',
    'mobile 1',
    'mobile 2',
    'phone 1',
    'phone 2',
    'msisdn',
  ],
};
export const addressField = (field: string): Field => ({
  field,
  title: 'Address',
  cleaner: 'address',
  many: 'join',
  headings: [
    'address',
    'home address',
    'full address',
    'last known address',
    'known address',
    'address line 1',
    'address 1',
    'address line 2',
    'address 2',
    'address line 3',
    'street',
    'property',
    'premises',
    'premises address',
    'location address',
    'town',
    'city',
    'lka',
    'addresses',
    'house number street',
    'house no',
    'house number',
    'house name',
    'flat',
    'target address',
    'address of premises',
  ],
});
export const postcodeField = (field: string): Field => ({
  field,
  title: 'Postcode',
  cleaner: 'postcode',
  headings: ['postcode', 'post code', 'p code', 'pcode', 'zip', 'home postcode'],
});
export const vehicleField: Field = {
  field: 'vehicle.vrm',
  title: 'Vehicle mark',
  cleaner: 'vehicleMark',
  many: 'values',
  headings: [
    'vehicle',
    'vehicle mark',
    'vrm',
    'registration',
    'reg',
    'vehicle reg',
    'car',
    'vehicles',
    'vehicle registration',
    'number plate',
  ],
};
export const dobField: Field = {
  field: 'dob',
  title: 'Date of birth',
  cleaner: 'date',
  headings: ['dob', 'd o b', 'date of birth', 'birth date', 'born', 'birthdate', 'date birth'],
};
export const pncField: Field = {
  field: 'pncId',
  title: 'PNC ID',
  cleaner: 'pncId',
  headings: ['pnc id', 'pncid', 'pnc', 'pnc no', 'pnc number', 'pnc ref'],
};
export const noteField: Field = {
  field: 'note',
  title: 'Note',
  cleaner: 'longText',
  many: 'join',
  headings: [
    'note',
    'notes',
    'comments',
    'comment',
    'remarks',
    'other information',
    'additional information',
    'other',
    'details',
  ],
};
export const nameHeadings = [
  'name',
  'full name',
  'nominal',
  'nominal name',
  'subject name',
  'person',
  'surname forename',
  'name of person',
];

/** The field with changes, as one that says little about the kind. */
export const aside = (field: Field, changes: Partial<Field>): Field => ({
  ...field,
  ...changes,
  aside: true,
});

/**
 * Fields of a person whom a row names beside what it is about. `words` are what columns call that person
 * ('keeper' gives 'keeper name', 'keeper dob', …); `plain` takes headings without such a word as well.
 */
export function personFields(prefix: string, words: readonly string[], plain = false): Field[] {
  const [who = prefix] = words;
  const named = (...suffixes: string[]) =>
    words.flatMap((word) => suffixes.map((suffix) => `${word} ${suffix}`));
  const field = (name: string, title: string, cleaner: Cleaner, headings: readonly string[]): Field => ({
    field: `${prefix}.${name}`,
    title: `${title} (${who})`,
    cleaner,
    headings,
    aside: true,
  });
  return [
    {
      ...field('name', 'Name', 'name', [
        ...named('name', 'full name', 'names'),
        ...words.map((word) => `name of ${word}`),
        ...(plain ? nameHeadings : []),
      ]),
      many: 'values',
    },
    field('surname', 'Surname', 'namePart', [
      ...named('surname', 'last name'),
      ...(plain ? ['surname', 'last name', 'family name'] : []),
    ]),
    {
      ...field('forenames', 'Forenames', 'namePart', [
        ...named('forename', 'forenames', 'first name', 'forename s'),
        ...(plain ? ['forename', 'forenames', 'forename s', 'first name', 'first names'] : []),
      ]),
      many: 'join',
    },
    field('dob', 'Date of birth', 'date', [
      ...named('dob', 'd o b', 'date of birth'),
      ...(plain ? dobField.headings : []),
    ]),
    field('sex', 'Sex', 'sex', [...named('sex', 'gender'), ...(plain ? ['sex', 'gender'] : [])]),
    field('pncId', 'PNC ID', 'pncId', [
      ...named('pnc', 'pnc id', 'pnc no', 'pncid'),
      ...(plain ? pncField.headings : []),
    ]),
    field('croNumber', 'CRO number', 'croNumber', [
      ...named('cro', 'cro no', 'cro number'),
      ...(plain ? ['cro', 'cro number', 'cro no'] : []),
    ]),
  ];
}

/** Phone, address and vehicle of a person whom a row names: under that person's words, `plain` as in `personFields`. */
export function placeFields(words: readonly string[], plain: boolean, number = ''): Field[] {
  const [who = ''] = words;
  const named = (...suffixes: string[]) =>
    words.flatMap((word) => suffixes.map((suffix) => `${word} ${suffix}`));
  const address = addressField(`premises${number}.address`);
  return [
    aside(phoneField, {
      field: `phone${number}.number`,
      title: `Phone number (${who})`,
      headings: [
        ...named('phone', 'mobile', 'phone number', 'mobile number', 'tel', 'telephone', 'contact number'),
        ...(plain ? phoneField.headings : []),
      ],
    }),
    aside(address, {
      title: `Address (${who})`,
      headings: [...named('address', 'home address'), ...(plain ? address.headings : [])],
    }),
    aside(postcodeField(`premises${number}.postcode`), {
      title: `Postcode (${who})`,
      headings: [...named('postcode', 'post code'), ...(plain ? postcodeField('postcode').headings : [])],
    }),
    aside(vehicleField, {
      field: `vehicle${number}.vrm`,
      title: `Vehicle mark (${who})`,
      headings: [...named('vehicle', 'vrm', 'car', 'vehicle reg'), ...(plain ? vehicleField.headings : [])],
    }),
  ];
}

/**
 * What a row of each kind can hold, and under which headings it arrives. One table serves the guess, the
 * mapping on screen, the import and `show`.
 *
 * A field is a column of the kind's own grid, or `<entity>.<column>` for another thing in the same row:
 * a nominal sheet's `phone.number` becomes a phone that is linked to the person of the row.
 */
import type { ImportKind } from '../contract/schemas.ts';
import type { GridName } from '../grid/types.ts';

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
  | 'warrantStatus';

export interface Field {
  field: string;
  title: string;
  cleaner: Cleaner;
  /** Headings, lower case, punctuation as blanks. The first are the most usual. */
  headings: readonly string[];
  /** A heading that hardly any other kind has: it decides the kind. */
  telling?: boolean;
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
  /** Other things that a row of this kind can hold, by their prefix in field names. */
  linked: Readonly<Record<string, LinkedThing>>;
  /** The row is rejected unless one field of each group has a usable value. */
  essential: readonly (readonly string[])[];
  /** Words in a file's or sheet's name that point to the kind. */
  nameHints: readonly string[];
  fields: readonly Field[];
}

const phoneField: Field = {
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
const addressField = (field: string): Field => ({
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
    'target address',
    'address of premises',
  ],
});
const postcodeField = (field: string): Field => ({
  field,
  title: 'Postcode',
  cleaner: 'postcode',
  headings: ['postcode', 'post code', 'p code', 'pcode', 'zip', 'home postcode'],
});
const vehicleField: Field = {
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
const dobField: Field = {
  field: 'dob',
  title: 'Date of birth',
  cleaner: 'date',
  headings: ['dob', 'd o b', 'date of birth', 'birth date', 'born', 'birthdate', 'date birth'],
};
const pncField: Field = {
  field: 'pncId',
  title: 'PNC ID',
  cleaner: 'pncId',
  headings: ['pnc id', 'pncid', 'pnc', 'pnc no', 'pnc number', 'pnc ref'],
};
const noteField: Field = {
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
const nameHeadings = [
  'name',
  'full name',
  'nominal',
  'nominal name',
  'subject name',
  'person',
  'surname forename',
  'name of person',
];

export const kinds: Readonly<Record<ImportKind, Kind>> = {
  person: {
    kind: 'person',
    title: 'People (nominals)',
    grid: 'people',
    linked: {
      phone: { grid: 'phones', relation: 'phone' },
      premises: { grid: 'premises', relation: 'address' },
      vehicle: { grid: 'vehicles', relation: 'vehicle' },
    },
    essential: [['name', 'surname', 'forenames', 'aliases', 'pncId', 'croNumber', 'localRef']],
    nameHints: ['nominal', 'nominals', 'people', 'person', 'persons', 'subjects', 'suspects', 'associates'],
    fields: [
      { field: 'name', title: 'Name', cleaner: 'name', headings: nameHeadings },
      {
        field: 'surname',
        title: 'Surname',
        cleaner: 'namePart',
        headings: ['surname', 'last name', 'family name', 'lastname', 'second name'],
      },
      {
        field: 'forenames',
        title: 'Forenames',
        cleaner: 'namePart',
        many: 'join',
        headings: [
          'forename',
          'forenames',
          'forename s',
          'first name',
          'given name',
          'firstname',
          'first names',
          'given names',
          'christian name',
          'middle name',
          'middle names',
          'forename 1',
          'forename 2',
        ],
      },
      { field: 'title', title: 'Title', cleaner: 'text', headings: ['title', 'salutation'] },
      {
        field: 'aliases',
        title: 'Aliases',
        cleaner: 'text',
        many: 'join',
        headings: [
          'alias',
          'aliases',
          'aka',
          'also known as',
          'street name',
          'street names',
          'nickname',
          'nicknames',
          'moniker',
          'aka street name',
          'alias street name',
          'aka alias',
          'known as',
        ],
      },
      dobField,
      { field: 'sex', title: 'Sex', cleaner: 'sex', headings: ['sex', 'gender', 'm f'] },
      { ...pncField },
      {
        field: 'croNumber',
        title: 'CRO number',
        cleaner: 'croNumber',
        headings: ['cro', 'cro number', 'cro no', 'cro ref'],
      },
      {
        field: 'nino',
        title: 'National Insurance number',
        cleaner: 'nino',
        headings: [
          'nino',
          'ni number',
          'national insurance',
          'national insurance number',
          'nino no',
          'ni no',
        ],
      },
      {
        field: 'localRef',
        title: 'Local reference',
        cleaner: 'text',
        headings: [
          'nominal ref',
          'nominal reference',
          'nominal id',
          'nominal number',
          'nominal no',
          'ref',
          'reference',
          'id',
          'person id',
          'urn',
          'unique id',
          'local ref',
          'rec id',
          'record id',
        ],
      },
      {
        field: 'role',
        title: 'Role on the line',
        cleaner: 'role',
        headings: ['role', 'role on line', 'line role', 'role in ocg', 'ocg role', 'position'],
      },
      {
        field: 'markers',
        title: 'Warning markers',
        cleaner: 'text',
        headings: [
          'warning markers',
          'markers',
          'warnings',
          'warning signals',
          'warning marker',
          'pnc warnings',
          'flags',
          'warning',
        ],
      },
      {
        field: 'status',
        title: 'Status',
        cleaner: 'text',
        headings: ['status', 'current status', 'bail status', 'wanted'],
      },
      {
        field: 'description',
        title: 'Description',
        cleaner: 'longText',
        headings: ['description', 'physical description', 'appearance'],
      },
      phoneField,
      addressField('premises.address'),
      postcodeField('premises.postcode'),
      vehicleField,
      { ...noteField },
    ],
  },
  phone: {
    kind: 'phone',
    title: 'Phones (subscribers, handsets)',
    grid: 'phones',
    linked: { premises: { grid: 'premises', relation: 'subscriber address' } },
    essential: [['number', 'imei', 'imsi', 'iccid']],
    nameHints: ['subscriber', 'subscribers', 'phones', 'handsets', 'telephones', 'sims', 'devices'],
    fields: [
      {
        ...phoneField,
        field: 'number',
        title: 'Number',
        headings: [...phoneField.headings, 'number', 'subscriber number', 'cli', 'line'],
      },
      { field: 'imei', title: 'IMEI', cleaner: 'imei', headings: ['imei', 'imei number', 'handset imei'] },
      { field: 'imsi', title: 'IMSI', cleaner: 'imsi', headings: ['imsi', 'imsi number'] },
      {
        field: 'iccid',
        title: 'ICCID',
        cleaner: 'iccid',
        headings: ['iccid', 'sim', 'sim number', 'sim serial', 'sim no'],
        telling: true,
      },
      {
        field: 'network',
        title: 'Network',
        cleaner: 'text',
        headings: ['network', 'provider', 'csp', 'operator', 'network provider', 'service provider'],
        telling: true,
      },
      {
        field: 'subscriber',
        title: 'Subscriber',
        cleaner: 'text',
        headings: [
          'subscriber',
          'subscriber name',
          'registered user',
          'account holder',
          'subscriber details',
          'registered to',
          'account name',
        ],
        telling: true,
      },
      {
        field: 'status',
        title: 'Status',
        cleaner: 'text',
        headings: ['status', 'account status', 'active', 'connection status'],
      },
      addressField('premises.address'),
      postcodeField('premises.postcode'),
      {
        field: 'attribution',
        title: 'Attributed to (as written)',
        cleaner: 'text',
        headings: ['attributed to', 'attribution', 'user', 'used by', 'believed user', 'attributed'],
        telling: true,
      },
      { ...noteField, headings: [...noteField.headings, 'handset', 'make model'] },
    ],
  },
  premises: {
    kind: 'premises',
    title: 'Premises',
    grid: 'premises',
    linked: {},
    essential: [['address', 'postcode']],
    nameHints: ['premises', 'addresses', 'address', 'properties', 'locations', 'houses', 'cuckooed'],
    fields: [
      addressField('address'),
      postcodeField('postcode'),
      { field: 'uprn', title: 'UPRN', cleaner: 'uprn', headings: ['uprn'], telling: true },
      {
        field: 'gridReference',
        title: 'Grid reference',
        cleaner: 'gridReference',
        headings: ['grid ref', 'grid reference', 'os grid', 'ngr'],
      },
      { field: 'latitude', title: 'Latitude', cleaner: 'latitude', headings: ['latitude', 'lat'] },
      {
        field: 'longitude',
        title: 'Longitude',
        cleaner: 'longitude',
        headings: ['longitude', 'lon', 'long', 'lng'],
      },
      {
        field: 'type',
        title: 'Type',
        cleaner: 'text',
        headings: [
          'type',
          'premises type',
          'property type',
          'type of property',
          'type of premises',
          'dwelling type',
        ],
      },
      {
        field: 'occupants',
        title: 'Occupants',
        cleaner: 'longText',
        headings: [
          'occupants',
          'occupant',
          'residents',
          'tenant',
          'occupier',
          'who lives there',
          'known occupants',
          'resident',
        ],
        telling: true,
      },
      {
        field: 'children',
        title: 'Children',
        cleaner: 'text',
        headings: [
          'children',
          'children present',
          'children at address',
          'any children',
          'child',
          'children y n',
          'occupants children',
          'children under 18',
        ],
        telling: true,
      },
      {
        field: 'vulnerableAdults',
        title: 'Vulnerable adults',
        cleaner: 'text',
        headings: [
          'vulnerable adults',
          'vulnerable',
          'vulnerable adult',
          'adults at risk',
          'vulnerable persons',
          'vulnerable occupants',
          'occupants vulnerable adults',
          'occupants vulnerable',
        ],
      },
      {
        field: 'cuckooed',
        title: 'Cuckooed',
        cleaner: 'cuckooed',
        headings: ['cuckooed', 'cuckooing', 'cuckoo', 'cuckooed address', 'cuckooed y n'],
        telling: true,
      },
      {
        field: 'dogs',
        title: 'Dogs',
        cleaner: 'text',
        headings: ['dogs', 'dog', 'dogs present', 'animals', 'hazards dogs', 'risk dogs'],
        telling: true,
      },
      {
        field: 'hazards',
        title: 'Hazards',
        cleaner: 'longText',
        headings: [
          'hazards',
          'hazard',
          'risks',
          'risk',
          'dangers',
          'other hazards',
          'hazards other',
          'risk other',
        ],
      },
      {
        field: 'access',
        title: 'Access',
        cleaner: 'longText',
        many: 'join',
        headings: [
          'access',
          'entry',
          'door',
          'doors',
          'method of entry',
          'entry notes',
          'access door',
          'access notes',
          'access information',
          'access door type',
        ],
      },
      { ...noteField },
    ],
  },
  vehicle: {
    kind: 'vehicle',
    title: 'Vehicles',
    grid: 'vehicles',
    linked: {},
    essential: [['vrm']],
    nameHints: ['vehicle', 'vehicles', 'cars', 'vrm'],
    fields: [
      { ...vehicleField, field: 'vrm' },
      {
        field: 'make',
        title: 'Make',
        cleaner: 'text',
        headings: ['make', 'vehicle make', 'manufacturer'],
        telling: true,
      },
      {
        field: 'model',
        title: 'Model',
        cleaner: 'text',
        headings: ['model', 'vehicle model'],
        telling: true,
      },
      {
        field: 'colour',
        title: 'Colour',
        cleaner: 'text',
        headings: ['colour', 'color', 'vehicle colour'],
        telling: true,
      },
      {
        field: 'keeper',
        title: 'Registered keeper',
        cleaner: 'text',
        headings: [
          'keeper',
          'registered keeper',
          'rk',
          'owner',
          'registered owner',
          'driver',
          'used by',
          'keeper name',
        ],
      },
      {
        field: 'markers',
        title: 'Markers',
        cleaner: 'text',
        headings: ['markers', 'pnc marker', 'pnc markers', 'act marker', 'anpr', 'marker'],
      },
      { ...noteField },
    ],
  },
  intelligence: {
    kind: 'intelligence',
    title: 'Intelligence log',
    grid: 'intelligence',
    linked: {},
    essential: [['text']],
    nameHints: ['intel', 'intelligence', 'log', 'logs', '3x5x2', '5x5x5'],
    fields: [
      {
        field: 'urn',
        title: 'Reference',
        cleaner: 'text',
        headings: [
          'urn',
          'ref',
          'reference',
          'log no',
          'log number',
          'intel ref',
          'intelligence ref',
          'report ref',
          'log ref',
          'id',
          'report number',
          'intel urn',
        ],
      },
      {
        field: 'reportDate',
        title: 'Reported',
        cleaner: 'date',
        headings: [
          'date',
          'report date',
          'date of report',
          'date submitted',
          'submitted',
          'date reported',
          'created',
          'log date',
          'date of log',
        ],
      },
      {
        field: 'infoFrom',
        title: 'Information from',
        cleaner: 'date',
        headings: [
          'date from',
          'info from',
          'information from',
          'event date',
          'date of information',
          'period from',
        ],
      },
      {
        field: 'infoTo',
        title: 'Information to',
        cleaner: 'date',
        headings: ['date to', 'info to', 'information to', 'period to'],
      },
      {
        field: 'text',
        title: 'Intelligence',
        cleaner: 'longText',
        headings: [
          'intelligence',
          'text',
          'report',
          'intelligence text',
          'log text',
          'report text',
          'content',
          'intel',
          'body',
          'sanitised text',
          'narrative',
          'intelligence report',
          'information',
          'details',
          'detail',
        ],
      },
      {
        field: 'grade',
        title: 'Grade',
        cleaner: 'grade',
        headings: [
          'grade',
          'grading',
          'eval',
          'evaluation',
          '3x5x2',
          '5x5x5',
          'gradings',
          'grade 3x5x2',
          'intel grade',
        ],
        telling: true,
      },
      {
        field: 'conditions',
        title: 'Handling conditions',
        cleaner: 'text',
        headings: [
          'handling conditions',
          'conditions',
          'handling instructions',
          'handling',
          'handling condition',
          'dissemination',
        ],
        telling: true,
      },
      {
        field: 'subjects',
        title: 'Subjects',
        cleaner: 'text',
        headings: [
          'subject',
          'subjects',
          'nominals',
          'nominal',
          'nominals mentioned',
          'persons',
          'linked nominals',
          'people',
          'subject s',
        ],
      },
      {
        field: 'area',
        title: 'Area',
        cleaner: 'text',
        headings: ['area', 'location', 'beat', 'town', 'district'],
      },
      {
        field: 'officer',
        title: 'Reporting officer',
        cleaner: 'text',
        headings: [
          'officer',
          'reporting officer',
          'submitted by',
          'author',
          'reported by',
          'submitting officer',
          'oic',
        ],
      },
      {
        field: 'sourceRef',
        title: 'Source reference',
        cleaner: 'text',
        headings: [
          'source ref',
          'source reference',
          'isr',
          'source',
          'source id',
          'source urn',
          'isr restricted',
          'source ref restricted',
        ],
        telling: true,
      },
      {
        field: 'provenance',
        title: 'Provenance note',
        cleaner: 'longText',
        headings: ['provenance', 'provenance restricted', 'sourcing note', 'how known'],
        telling: true,
      },
      {
        field: 'marking',
        title: 'Marking',
        cleaner: 'marking',
        headings: ['marking', 'gsc', 'classification', 'protective marking', 'gpms'],
      },
    ],
  },
  communication: {
    kind: 'communication',
    title: 'Call data',
    grid: 'communications',
    linked: {},
    essential: [['start'], ['aNumber', 'bNumber']],
    nameHints: ['call', 'calls', 'cdr', 'call data', 'billing', 'sms', 'comms', 'communications'],
    fields: [
      {
        field: 'aNumber',
        title: 'A number',
        cleaner: 'phone',
        telling: true,
        headings: [
          'a number',
          'calling number',
          'calling party',
          'calling nbr',
          'from',
          'originating',
          'a party',
          'anumber',
          'caller',
          'calling',
          'target',
          'originating number',
          'a msisdn',
          'from number',
          'msisdn',
          'a no',
          'source number',
        ],
      },
      {
        field: 'bNumber',
        title: 'B number',
        cleaner: 'phone',
        telling: true,
        headings: [
          'b number',
          'called number',
          'called party',
          'called nbr',
          'dialled digits',
          'dialled number',
          'to',
          'terminating',
          'other party',
          'correspondent',
          'b party',
          'bnumber',
          'called',
          'terminating number',
          'b msisdn',
          'to number',
          'dialed digits',
          'b no',
          'recipient',
        ],
      },
      {
        field: 'type',
        title: 'Type',
        cleaner: 'text',
        headings: [
          'call type',
          'type',
          'service',
          'event',
          'event type',
          'record type',
          'usage type',
          'type of call',
          'service type',
        ],
        telling: true,
      },
      {
        field: 'direction',
        title: 'Direction',
        cleaner: 'text',
        headings: ['direction', 'in out', 'm r', 'inout', 'call direction'],
        telling: true,
      },
      {
        field: 'start',
        title: 'Start (date and time)',
        cleaner: 'dateTime',
        headings: [
          'start',
          'date time',
          'start date time',
          'timestamp',
          'datetime',
          'call start',
          'start time date',
          'date and time',
          'event time',
          'start datetime',
          'time stamp',
          'timestamp time',
          'call date time',
          'start dttm',
        ],
      },
      {
        field: 'start.date',
        title: 'Start date',
        cleaner: 'date',
        headings: ['start date', 'date', 'call date', 'event date'],
      },
      {
        field: 'start.time',
        title: 'Start time',
        cleaner: 'time',
        headings: ['start time', 'time', 'call time', 'event time'],
      },
      {
        field: 'durationS',
        title: 'Duration',
        cleaner: 'duration',
        headings: [
          'duration',
          'duration s',
          'duration secs',
          'duration seconds',
          'call duration',
          'length',
          'duration sec',
          'secs',
          'duration hh mm ss',
          'talk time',
        ],
        telling: true,
      },
      {
        field: 'imei',
        title: 'IMEI',
        cleaner: 'imei',
        headings: ['imei', 'a imei', 'imei a', 'calling imei', 'handset'],
      },
      {
        field: 'imsi',
        title: 'IMSI',
        cleaner: 'imsi',
        headings: ['imsi', 'a imsi', 'imsi a', 'calling imsi'],
      },
      {
        field: 'cellStart',
        title: 'First cell',
        cleaner: 'text',
        headings: [
          'first cell',
          'start cell',
          'cell id',
          '1st cell',
          'cell',
          'cgi',
          'first cell id',
          'start cell id',
          'a cell',
          'cellid',
        ],
        telling: true,
      },
      {
        field: 'cellEnd',
        title: 'Last cell',
        cleaner: 'text',
        headings: ['last cell', 'end cell', 'last cell id', 'end cell id'],
        telling: true,
      },
      {
        field: 'cellName',
        title: 'Cell name',
        cleaner: 'text',
        headings: [
          'cell name',
          'site',
          'site name',
          'mast',
          'cell address',
          'cell site',
          'cell site name',
          'first cell name',
        ],
      },
      {
        field: 'text',
        title: 'Message',
        cleaner: 'longText',
        headings: ['message', 'body', 'text', 'sms text', 'content'],
      },
    ],
  },
  warrant: {
    kind: 'warrant',
    title: 'Warrants',
    grid: 'warrants',
    linked: { premises: { grid: 'premises', relation: 'premises of the warrant' } },
    essential: [['number', 'premises.address', 'personText']],
    nameHints: ['warrant', 'warrants'],
    fields: [
      {
        field: 'number',
        title: 'Warrant number',
        cleaner: 'text',
        headings: [
          'warrant no',
          'warrant number',
          'warrant ref',
          'warrant',
          'ref',
          'reference',
          'number',
          'no',
          'warrant reference',
        ],
      },
      {
        field: 'power',
        title: 'Power',
        cleaner: 'power',
        headings: [
          'power',
          'type',
          'legislation',
          'act',
          'warrant type',
          'type of warrant',
          'section',
          'power act',
          'statute',
        ],
        telling: true,
      },
      {
        field: 'court',
        title: 'Court',
        cleaner: 'text',
        headings: ['court', 'issuing court', 'magistrates', 'magistrates court', 'issued by court'],
        telling: true,
      },
      {
        field: 'authority',
        title: 'Authority',
        cleaner: 'text',
        headings: [
          'authority',
          'issued by',
          'magistrate',
          'jp',
          'justice',
          'authorised by',
          'justice of the peace',
          'granted by',
        ],
      },
      {
        field: 'issued',
        title: 'Issued',
        cleaner: 'date',
        headings: [
          'issued',
          'date issued',
          'issue date',
          'granted',
          'date granted',
          'sworn',
          'date of issue',
          'issued on',
          'date sworn',
        ],
        telling: true,
      },
      {
        field: 'expires',
        title: 'Last day',
        cleaner: 'date',
        headings: [
          'expires',
          'expiry',
          'expiry date',
          'valid until',
          'valid to',
          'last day',
          'expires on',
          'date expires',
        ],
        telling: true,
      },
      {
        field: 'entries',
        title: 'Entries',
        cleaner: 'entries',
        headings: [
          'entries',
          'entry',
          'single multi',
          'multiple entry',
          'single multiple',
          'entry type',
          'single or multiple',
          'no of entries',
          'number of entries',
          'entries allowed',
        ],
        telling: true,
      },
      {
        field: 'entryNumber',
        title: 'Entry number planned',
        cleaner: 'number',
        headings: [
          'entry no',
          'entry number',
          'planned entry',
          'entry planned',
          'entry no planned',
          'this entry',
        ],
      },
      { field: 'status', title: 'Status', cleaner: 'warrantStatus', headings: ['status', 'state'] },
      {
        field: 'executedAt',
        title: 'Executed',
        cleaner: 'dateTime',
        headings: ['executed', 'date executed', 'executed on', 'execution date'],
      },
      addressField('premises.address'),
      postcodeField('premises.postcode'),
      {
        field: 'personText',
        title: 'Person as written',
        cleaner: 'text',
        headings: [
          'person',
          'name',
          'occupier',
          'subject',
          'nominal',
          'person named',
          'target',
          'suspect',
          'persons',
          'occupant',
          'subject name',
          'named person',
          'person s',
        ],
      },
      { ...noteField },
    ],
  },
  officer: {
    kind: 'officer',
    title: 'Officers and duties',
    grid: 'officers',
    linked: {},
    essential: [['collar', 'name']],
    nameHints: ['officer', 'officers', 'duties', 'staff', 'resources', 'teams', 'deployment', 'personnel'],
    fields: [
      {
        field: 'collar',
        title: 'Collar number',
        cleaner: 'text',
        headings: [
          'collar',
          'collar no',
          'collar number',
          'warrant no',
          'shoulder number',
          'pin',
          'badge',
          'epaulette',
          'staff id',
          'force number',
          'collar pin',
          'warrant number',
          'fin',
        ],
        telling: true,
      },
      {
        field: 'rank',
        title: 'Rank',
        cleaner: 'text',
        headings: ['rank', 'grade', 'rank grade'],
        telling: true,
      },
      {
        field: 'name',
        title: 'Name',
        cleaner: 'text',
        headings: ['name', 'officer', 'officer name', 'full name', 'staff name'],
      },
      {
        field: 'team',
        title: 'Team',
        cleaner: 'text',
        headings: [
          'team',
          'serial',
          'unit',
          'team no',
          'team serial',
          'serial no',
          'team serial no',
          'department',
        ],
      },
      {
        field: 'role',
        title: 'Role on the day',
        cleaner: 'text',
        headings: ['role', 'role on day', 'task', 'position', 'function', 'role on the day', 'duties'],
      },
      {
        field: 'callSign',
        title: 'Call sign',
        cleaner: 'text',
        headings: ['call sign', 'callsign', 'c s'],
        telling: true,
      },
      {
        field: 'skills',
        title: 'Skills',
        cleaner: 'text',
        many: 'join',
        headings: [
          'skills',
          'skill',
          'qualifications',
          'specialist skills',
          'training',
          'skills tickets',
          'tickets',
          'courses',
        ],
        telling: true,
      },
      {
        field: 'duty',
        title: 'Duty',
        cleaner: 'text',
        many: 'join',
        headings: [
          'duty',
          'shift',
          'duty times',
          'hours',
          'duty time',
          'on duty',
          'start',
          'from',
          'duty start',
          'book on',
          'off duty',
          'duty end',
        ],
      },
      {
        field: 'phone',
        title: 'Phone',
        cleaner: 'phone',
        headings: [...phoneField.headings, 'job mobile', 'work mobile'],
      },
      { ...noteField },
    ],
  },
  crime: {
    kind: 'crime',
    title: 'Crimes and incidents',
    grid: 'crimes',
    linked: {},
    essential: [['crimeId', 'type', 'location', 'text']],
    nameHints: ['crime', 'crimes', 'incidents', 'street', 'offences', 'outcomes', 'arrests'],
    fields: [
      {
        field: 'crimeId',
        title: 'Crime reference',
        cleaner: 'text',
        headings: [
          'crime id',
          'crime ref',
          'crime number',
          'crime reference',
          'crime no',
          'incident number',
          'incident ref',
          'incident no',
          'occurrence number',
          'occurrence',
          'urn',
          'ref',
          'report id',
          'log',
        ],
        telling: true,
      },
      { field: 'month', title: 'Month', cleaner: 'text', headings: ['month'] },
      {
        field: 'date',
        title: 'Date',
        cleaner: 'date',
        headings: [
          'date',
          'date reported',
          'offence date',
          'date of offence',
          'incident date',
          'committed',
          'date committed',
          'arrest date',
          'occurred',
          'date occurred',
          'recorded date',
          'committed from',
        ],
      },
      {
        field: 'type',
        title: 'Crime type',
        cleaner: 'text',
        headings: [
          'crime type',
          'offence type',
          'incident type',
          'category',
          'type',
          'crime category',
          'offence',
          'charge',
          'charge description',
          'classification',
          'ho offence',
          'offence description',
          'charge group description',
        ],
        telling: true,
      },
      {
        field: 'location',
        title: 'Location',
        cleaner: 'text',
        headings: [
          'location',
          'address',
          'place',
          'scene',
          'street',
          'venue',
          'offence location',
          'incident location',
        ],
      },
      {
        field: 'area',
        title: 'Area',
        cleaner: 'text',
        headings: [
          'lsoa name',
          'area',
          'beat',
          'ward',
          'district',
          'area name',
          'sector',
          'falls within',
          'neighbourhood',
        ],
      },
      {
        field: 'outcome',
        title: 'Outcome',
        cleaner: 'text',
        headings: [
          'last outcome category',
          'outcome',
          'outcome type',
          'disposal',
          'result',
          'status',
          'clear up',
        ],
        telling: true,
      },
      {
        field: 'reportedBy',
        title: 'Reported by',
        cleaner: 'text',
        headings: ['reported by', 'force', 'reporting force'],
      },
      { field: 'latitude', title: 'Latitude', cleaner: 'latitude', headings: ['latitude', 'lat'] },
      {
        field: 'longitude',
        title: 'Longitude',
        cleaner: 'longitude',
        headings: ['longitude', 'lon', 'long', 'lng'],
      },
      {
        field: 'text',
        title: 'Context',
        cleaner: 'longText',
        headings: [
          'context',
          'mo',
          'summary',
          'description',
          'notes',
          'details',
          'modus operandi',
          'circumstances',
          'comments',
        ],
      },
    ],
  },
  custody: {
    kind: 'custody',
    title: 'Custody records',
    grid: 'custody',
    linked: { person: { grid: 'people', relation: 'custody record' } },
    essential: [['custodyNumber', 'name', 'pncId']],
    nameHints: ['custody', 'arrests', 'detained', 'detainees'],
    fields: [
      {
        field: 'custodyNumber',
        title: 'Custody number',
        cleaner: 'text',
        headings: [
          'custody no',
          'custody number',
          'custody record',
          'custody ref',
          'cr no',
          'custody record no',
          'cr number',
          'custody record number',
          'custody id',
        ],
        telling: true,
      },
      {
        field: 'name',
        title: 'Name',
        cleaner: 'name',
        headings: [
          ...nameHeadings,
          'detainee',
          'detainee name',
          'detained person',
          'dp',
          'dp name',
          'prisoner',
        ],
      },
      dobField,
      { ...pncField },
      {
        field: 'arrestedAt',
        title: 'Arrested',
        cleaner: 'dateTime',
        headings: [
          'arrested',
          'date arrested',
          'arrest date',
          'arrest time',
          'date of arrest',
          'arrival',
          'arrested at',
          'arrest date time',
          'time of arrest',
          'detained',
          'arrived',
          'date time arrested',
          'arrest date and time',
          'date in',
          'booked in',
        ],
        telling: true,
      },
      {
        field: 'offence',
        title: 'Offence',
        cleaner: 'text',
        headings: [
          'offence',
          'offences',
          'reason',
          'reason for arrest',
          'charge',
          'arrest reason',
          'offence s',
        ],
      },
      {
        field: 'station',
        title: 'Station',
        cleaner: 'text',
        headings: ['station', 'custody suite', 'suite', 'location', 'custody centre', 'police station'],
      },
      {
        field: 'disposal',
        title: 'Disposal',
        cleaner: 'text',
        headings: ['disposal', 'outcome', 'result', 'disposal type', 'disposed'],
        telling: true,
      },
      {
        field: 'releasedAt',
        title: 'Released',
        cleaner: 'dateTime',
        headings: [
          'released',
          'release date',
          'date released',
          'released at',
          'release time',
          'date time released',
          'date out',
          'booked out',
        ],
        telling: true,
      },
      { ...noteField },
    ],
  },
  referral: {
    kind: 'referral',
    title: 'Partner referrals',
    grid: 'referrals',
    linked: { person: { grid: 'people', relation: 'referral' } },
    essential: [['reference', 'name']],
    nameHints: ['referral', 'referrals', 'safeguarding', 'mash', 'nrm', 'partner'],
    fields: [
      {
        field: 'reference',
        title: 'Reference',
        cleaner: 'text',
        headings: [
          'referral ref',
          'referral no',
          'reference',
          'ref',
          'referral number',
          'referral id',
          'case ref',
          'case number',
          'referral reference',
        ],
      },
      {
        field: 'name',
        title: 'Name',
        cleaner: 'name',
        headings: [
          ...nameHeadings,
          'child name',
          'client',
          'client name',
          'child',
          'young person',
          'name of child',
          'child adult name',
          'name of child or adult',
          'subject',
        ],
      },
      dobField,
      {
        field: 'category',
        title: 'Child or adult',
        cleaner: 'text',
        headings: [
          'category',
          'child adult',
          'child or adult',
          'type',
          'adult child',
          'client type',
          'c a',
          'referral type',
        ],
      },
      {
        field: 'concern',
        title: 'Concern',
        cleaner: 'longText',
        headings: [
          'concern',
          'concerns',
          'reason',
          'reason for referral',
          'summary',
          'risk',
          'summary of concern',
          'details',
          'nature of concern',
          'presenting concern',
        ],
        telling: true,
      },
      {
        field: 'agency',
        title: 'Agency',
        cleaner: 'text',
        headings: [
          'agency',
          'referring agency',
          'organisation',
          'partner',
          'service',
          'partner agency',
          'team',
          'referral from',
        ],
        telling: true,
      },
      {
        field: 'referrer',
        title: 'Referrer',
        cleaner: 'text',
        headings: [
          'referrer',
          'referred by',
          'referring officer',
          'contact',
          'worker',
          'social worker',
          'lead professional',
        ],
        telling: true,
      },
      {
        field: 'date',
        title: 'Referred',
        cleaner: 'date',
        headings: [
          'date',
          'date referred',
          'referral date',
          'date of referral',
          'referred',
          'received',
          'date received',
        ],
      },
      {
        field: 'nrm',
        title: 'NRM',
        cleaner: 'text',
        headings: ['nrm', 'nrm status', 'nrm submitted', 'nrm referral', 'nrm ref', 'nrm dtn', 'nrm y n'],
        telling: true,
      },
      {
        field: 'consent',
        title: 'Consent',
        cleaner: 'text',
        headings: ['consent', 'consented', 'consent given', 'consent y n', 'consent to nrm', 'nrm consent'],
        telling: true,
      },
      {
        field: 'status',
        title: 'Status',
        cleaner: 'text',
        headings: ['status', 'outcome', 'current status'],
      },
    ],
  },
};

/** Every kind in the order in which choices show them. */
export const kindList: readonly Kind[] = Object.values(kinds);

/** The field of a kind by name, or undefined. */
export function findField(kind: Kind, field: string): Field | undefined {
  return kind.fields.find((each) => each.field === field);
}

/**
 * Columns (0-based) of a mapping in which the text behind a record's field stood.
 *
 *   originColumns('people', '', 'name', ['surname', 'forenames', 'dob']) → [0, 1]
 *
 * `prefix` is the record's part of the row: '' for the row's own record, 'phone' for its phone.
 */
export function originColumns(prefix: string, field: string, mapping: readonly (string | null)[]): number[] {
  const places = (...wanted: string[]) =>
    mapping.flatMap((mapped, column) => (mapped !== null && wanted.includes(mapped) ? [column] : []));
  const own = places(prefix ? `${prefix}.${field}` : field);
  if (own.length > 0 && !(field === 'aliases')) return own;
  switch (field) {
    case 'name': {
      const parts = [...places('title'), ...places('forenames'), ...places('surname')];
      return parts.length > 0 ? parts : places('name');
    }
    case 'aliases':
      return [...own, ...places('name')];
    case 'surname':
    case 'forenames':
    case 'title':
      return places('name');
    case 'postcode':
    case 'address':
      return places(prefix ? `${prefix}.address` : 'address');
    case 'start':
      return [...places('start.date'), ...places('start.time')];
    case 'premises':
    case 'premisesText':
      return [...places('premises.address'), ...places('premises.postcode')];
    case 'person':
      return [...places('name'), ...places('dob'), ...places('pncId')];
    case 'originalGrade':
    case 'originalScheme':
    case 'proposedGrade':
    case 'needsRegrade':
      return places('grade');
    case 'dob':
    case 'pncId':
    case 'croNumber':
      return places(field);
    default:
      return own;
  }
}

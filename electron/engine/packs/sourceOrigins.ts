/** Which field of which record of the workspace stands behind each field that a pack prints. */
import type { PackData } from '../../../shared/packs/packData.ts';
import type { SectionId } from '../../../shared/packs/packSpec.ts';
import { premisesOf } from './collect/scope.ts';
import { entries, linked, type Snapshot, text } from './snapshot.ts';

/** One field of a row and the record and field that it came from. */
export interface Trail {
  readonly field: string;
  readonly ref: string;
  readonly origin: string;
  /** The one value of several that it stands behind; null for the whole field. */
  readonly value: string | null;
}

/** The index of sources lists what is printed of records, not itself. */
type TracedSection = Exclude<SectionId, 'sourceFiles'>;

type Origins = Readonly<Record<string, string | readonly string[]>>;

/** Fields of the record that the row is named after; fields that have the same name in the grid are in `same`. */
const origins: Partial<Record<TracedSection, Origins>> = {
  people: {
    ...same('name', 'aliases', 'role', 'victimStatus', 'wanted', 'vulnerability', 'adultAtRisk'),
    ...same('description', 'pncId'),
    dateOfBirth: ['dob', 'dobText'],
    categories: 'category',
    warnings: 'markers',
    cro: 'croNumber',
    notes: 'note',
  },
  premises: {
    ...same('address', 'postcode', 'uprn', 'gridReference', 'access', 'dogs', 'hazards', 'occupants'),
    ...same('children', 'vulnerableAdults', 'cuckooed', 'riskAssessment', 'entryMethod'),
    ...same('escapeRoutes', 'previousVisits', 'firearms', 'what3words', 'tenantPlan'),
    kind: 'type',
    building: ['floors', 'doors', 'locks', 'cctv', 'utilities', 'tenancy'],
    notes: 'note',
  },
  warrants: {
    ...same('power', 'number', 'court', 'issued', 'expires', 'entries', 'authority', 'status'),
    ...same(
      'entryNumber',
      'entryAuthority',
      'applicant',
      'executedAt',
      'foundSought',
      'seizedOther',
      'copyLeft',
    ),
    address: 'premisesText',
    subject: 'personText',
    plannedAt: 'strike',
    endorsedOn: 'endorsedAt',
    returnedOn: 'returnedAt',
    notes: 'note',
  },
  intelligence: {
    ...same('urn', 'subjects', 'text', 'grade', 'conditions'),
    reported: 'reportDate',
    period: ['infoFrom', 'infoTo'],
  },
  officers: {
    ...same('collar', 'rank', 'name', 'team', 'callSign', 'phone'),
    duty: ['role', 'duty'],
    skills: ['skills', 'vehicleGrade'],
    notes: 'note',
  },
  targets: {
    ...same('role', 'priority', 'team', 'warrant', 'objective', 'status', 'grounds', 'necessity', 'risk'),
    name: 'subject',
    premisesRef: 'premises',
    riskBand: ['harm', 'likelihood'],
    notes: 'note',
  },
  teams: {
    ...same('name', 'callSign', 'leader', 'members', 'rendezvous', 'channel', 'premises'),
    vehicles: 'vehicle',
    briefing: 'briefAt',
    strike: 'strikeAt',
    notes: 'note',
  },
  safeguarding: {
    ...same('kind', 'concern', 'plan', 'lead', 'appropriateAdult', 'referral', 'consent', 'firstResponder'),
    ...same('nrmReference', 'referredOn', 'notifiedOn', 'socialWorker', 'supportProvider', 'risk', 'status'),
    name: 'subject',
    agencies: 'agency',
    authorityReference: 'localAuthorityRef',
    defenceRaised: 's45Raised',
    notes: 'note',
  },
  commanders: { ...same('role', 'area', 'name', 'callSign', 'contact'), notes: 'note' },
  lines: {
    ...same(
      'name',
      'exportingArea',
      'importingArea',
      'drugs',
      'crimeGroup',
      'children',
      'violence',
      'status',
    ),
    ...same('firstActive', 'lastActive'),
    numbers: 'phone',
    holders: ['holder', 'holders'],
    notes: 'note',
  },
  phones: { ...same('number', 'subscriber', 'attribution', 'network', 'imei', 'imsi'), notes: 'note' },
  vehicles: {
    mark: 'vrm',
    description: ['make', 'model', 'colour'],
    keeper: 'keeper',
    warnings: 'markers',
    notes: 'note',
  },
  search: { ...same('hazards', 'dogs', 'children'), address: ['address', 'premisesText'] },
  custody: { ...same('grounds', 'necessity', 'team'), name: 'subject', suite: 'custodySuite' },
  risk: { text: ['riskAssessment', 'risk'], band: ['harm', 'likelihood'] },
  actions: {
    ...same('title', 'strand', 'type', 'owner', 'partner', 'due', 'status', 'about', 'outcome'),
  },
  decisions: same('title', 'decidedAt', 'decidedBy', 'options', 'decision', 'rationale'),
  results: {
    ...same('warrant', 'team', 'enteredAt', 'leftAt', 'entryMethod', 'childrenSafeguarded'),
    ...same('adultsSafeguarded'),
    address: 'premises',
    found: ['found', 'nobodyIn', 'arrests'],
    damage: ['damage', 'repairedBy'],
    notes: 'note',
  },
  arrests: {
    ...same('offence', 'arrestedAt', 'team', 'custodyNumber', 'disposal', 'charges'),
    name: 'person',
    address: 'premises',
    suite: 'custodySuite',
  },
  seizures: {
    ...same('exhibit', 'category', 'quantity', 'value', 'cash', 'seizedAt', 'person', 'sealNumber'),
    what: ['what', 'drug'],
    weight: 'weightG',
    address: 'premises',
  },
  outcomes: {
    ...same('offence', 'court', 'hearingOn', 'stage', 'plea', 'verdict', 'sentence', 'orders'),
    name: 'person',
  },
};

/** Fields that are those of the person whom the row is about. */
const personFields: Origins = {
  ...same('name', 'role', 'victimStatus', 'vulnerability'),
  dateOfBirth: ['dob', 'dobText'],
  age: 'dob',
  warnings: 'markers',
};

/** Fields of an officer in the rows of the command structure, the contacts and the communications. */
const officerFields: Origins = {
  name: ['rank', 'collar', 'name'],
  who: 'name',
  callSign: 'callSign',
  contact: 'phone',
};

/** Fields of a person's row that list linked records. */
const linkedFields: Readonly<Record<string, readonly [prefix: string, field: string]>> = {
  addresses: ['PRM-', 'address'],
  phones: ['PHN-', 'number'],
  vehicles: ['VEH-', 'vrm'],
};

/** Sections whose rows are about one person, and the field of the grid that names the person. */
const aboutPerson: Partial<Record<TracedSection, string>> = {
  targets: 'subject',
  custody: 'subject',
  safeguarding: 'subject',
  arrests: 'person',
  outcomes: 'person',
};

/** Sections that have trails, in the order of the index. */
export const tracedSections = [
  ...(Object.keys(origins) as TracedSection[]),
  'timings',
  'communications',
  'contacts',
] as const satisfies readonly TracedSection[];

/** Everything that stands behind the row, field by field. */
export function listTrails(
  snapshot: Snapshot,
  section: TracedSection,
  row: PackData[TracedSection][number],
): readonly Trail[] {
  const record = snapshot.byRef.get(row.ref);
  const trails = trailsOf(row.ref, origins[section] ?? {});
  if (section === 'timings') trails.push(...trailsOfTime(row.ref));
  const subject = aboutPerson[section];
  const person = subject === undefined ? null : text(record, subject);
  if (person?.startsWith('NOM-') === true) trails.push(...trailsOf(person, personFields));
  const officer = officerOf(snapshot, section, row.ref);
  if (officer !== null) trails.push(...trailsOf(officer, officerFields));
  if (section === 'communications') trails.push(...trailsOf(row.ref, same('callSign', 'channel', 'contact')));
  if (section === 'search') {
    for (const target of snapshot.rows.get('targets') ?? [])
      if (premisesOf(target) === row.ref) trails.push(...trailsOf(target.ref, { plan: 'searchPlan' }));
    for (const warrant of snapshot.rows.get('warrants') ?? [])
      if (text(warrant, 'premises') === row.ref)
        trails.push(...trailsOf(warrant.ref, { warrant: ['number', 'power'] }));
  }
  if (section === 'lines') {
    for (const ref of entries(record, 'phone', ','))
      trails.push({
        field: 'numbers',
        ref,
        origin: 'number',
        value: text(snapshot.byRef.get(ref), 'number'),
      });
  }
  if (section === 'people') {
    for (const [field, [prefix, origin]] of Object.entries(linkedFields)) {
      for (const ref of linked(snapshot, row.ref, prefix))
        trails.push({ field, ref, origin, value: text(snapshot.byRef.get(ref), origin) });
    }
  }
  return trails;
}

function trailsOf(ref: string, fields: Origins): Trail[] {
  return Object.entries(fields).flatMap(([field, from]) =>
    (typeof from === 'string' ? [from] : from).map((origin) => ({ field, ref, origin, value: null })),
  );
}

/** `TEAM-3 strike` is the strike of `TEAM-3`; `TEAM-3 WAR-2` the entry under `WAR-2`. */
function trailsOfTime(row: string): Trail[] {
  const [ref = '', what = ''] = row.split(' ');
  if (what.startsWith('WAR-')) return trailsOf(what, { at: 'strike', event: 'number' });
  const origin = {
    briefing: 'briefAt',
    strike: ref.startsWith('OP-') ? 'strike' : 'strikeAt',
    finish: 'finishAt',
  }[what];
  const shared = trailsOf(ref, { team: 'name', callSign: 'callSign' });
  return origin === undefined ? shared : [...trailsOf(ref, { at: origin }), ...shared];
}

/** The officer whose name and phone stand in the row, or null. */
function officerOf(snapshot: Snapshot, section: SectionId, row: string): string | null {
  if (!['commanders', 'communications', 'contacts'].includes(section)) return null;
  const ref = row.split(' ')[0] ?? row;
  if (ref.startsWith('OFF-')) return ref;
  const record = snapshot.byRef.get(ref);
  return ref.startsWith('CMD-') ? text(record, 'officer') : text(record, 'leader');
}

function same(...fields: string[]): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field, field]));
}

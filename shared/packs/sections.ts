import { columnsOf, type PackSection } from './columns.ts';
import { daySections } from './daySections.ts';
import type { PackData } from './packData.ts';
import type { SectionId } from './packSpec.ts';

/** The columns of every section: one table for the workbook, the PDF and the source index. */
const sections: { readonly [Id in SectionId]: PackSection } = {
  ...daySections,
  briefing: {
    id: 'briefing',
    title: 'Briefing',
    explanation: 'The order under its IIMARCH headings.',
    whenEmpty: 'No briefing text has been written.',
    columns: columnsOf('briefing', [
      ['heading', 'Heading', 'text', 28, 1.4],
      ['text', 'Text', 'longText', 115, 6],
    ]),
  },
  targets: {
    id: 'targets',
    title: 'Targets',
    explanation: 'Role and victim status stand side by side: a person may be both suspect and victim.',
    whenEmpty: 'No targets are in this pack.',
    detailTitle: 'Target plans',
    columns: columnsOf('targets', [
      ['ref', 'Target', 'reference', 8, 0.7],
      ['name', 'Name', 'text', 20, 1.5],
      ['photograph', 'Photograph', 'photograph', 0, 0],
      ['photographDate', 'Photo taken', 'date', 11, 0],
      ['dateOfBirth', 'Date of birth', 'date', 11, 0.95],
      ['age', 'Age', 'number', 5, 0.4],
      ['role', 'Role', 'text', 14, 1.1],
      ['victimStatus', 'Victim status', 'text', 15, 1.2],
      ['warnings', 'Warnings', 'warnings', 18, 1.5],
      ['priority', 'Priority', 'text', 9, 0.7],
      ['premisesRef', 'Premises', 'reference', 9, 0],
      ['address', 'Address', 'text', 26, 1.8],
      ['team', 'Team', 'text', 10, 0.8],
      ['objective', 'Objective', 'text', 18, 1],
      ['status', 'Status', 'text', 12, 0.8],
      ['grounds', 'Grounds', 'longText', 62, 0, 'detail'],
      ['necessity', 'Necessity of arrest', 'longText', 40, 0, 'detail'],
      ['risk', 'Risk', 'longText', 44, 0, 'detail'],
      ['notes', 'Notes', 'longText', 26, 0, 'detail'],
    ]),
  },
  warrants: {
    id: 'warrants',
    title: 'Warrants',
    explanation: 'A warrant may be executed up to and including the day on which it expires.',
    whenEmpty: 'No warrants are in this pack.',
    columns: columnsOf('warrants', [
      ['ref', 'Warrant', 'reference', 9, 0.7],
      ['power', 'Power', 'text', 22, 1.6],
      ['number', 'Number', 'reference', 13, 1],
      ['court', 'Court', 'text', 18, 1.3],
      ['issued', 'Issued', 'date', 11, 0.9],
      ['expires', 'Expires', 'date', 11, 0.9],
      ['entries', 'Entries', 'text', 10, 0.8],
      ['premisesRef', 'Premises', 'reference', 9, 0],
      ['address', 'Address', 'text', 25, 1.9],
      ['subject', 'Subject', 'text', 17, 1.2],
      ['team', 'Team', 'text', 9, 0.8],
      ['authority', 'Issued by', 'text', 15, 0],
      ['status', 'Status', 'text', 10, 0.9],
      ['notes', 'Notes', 'longText', 21, 0],
    ]),
  },
  premises: {
    id: 'premises',
    title: 'Premises',
    explanation: 'Children and adults at risk stand before the entry plan, for every address.',
    whenEmpty: 'No premises are in this pack.',
    detailTitle: 'Premises access',
    columns: columnsOf('premises', [
      ['ref', 'Premises', 'reference', 9, 0.7],
      ['address', 'Address', 'text', 24, 2],
      ['postcode', 'Postcode', 'reference', 10, 0.8],
      ['kind', 'Type', 'text', 11, 0.9],
      ['children', 'Children', 'longText', 18, 1.4],
      ['vulnerableAdults', 'Adults at risk', 'longText', 18, 1.4],
      ['cuckooed', 'Cuckooed', 'text', 10, 0.8],
      ['hazards', 'Hazards', 'longText', 20, 1.6],
      ['dogs', 'Dogs', 'text', 11, 0.8],
      ['occupants', 'Occupants', 'longText', 22, 0],
      ['entryMethod', 'Method of entry', 'longText', 18, 1.2],
      ['team', 'Team', 'text', 9, 0.8],
      ['riskAssessment', 'Risk assessment', 'longText', 46, 0, 'detail'],
      ['uprn', 'UPRN', 'reference', 13, 0, 'detail'],
      ['gridReference', 'Grid reference', 'reference', 14, 0, 'detail'],
      ['access', 'Access', 'longText', 34, 0, 'detail'],
      ['rendezvous', 'Rendezvous', 'text', 16, 0, 'detail'],
      ['notes', 'Notes', 'longText', 22, 0, 'detail'],
    ]),
  },
  people: {
    id: 'people',
    title: 'People',
    explanation: 'Check the date of each photograph before relying on it.',
    whenEmpty: 'No people are in this pack.',
    detailTitle: 'People details',
    columns: columnsOf('people', [
      ['ref', 'Person', 'reference', 8, 0.7],
      ['name', 'Name', 'text', 22, 1.6],
      ['photograph', 'Photograph', 'photograph', 14, 1.1],
      ['photographDate', 'Photo taken', 'date', 11, 0.95],
      ['aliases', 'Also known as', 'list', 16, 1.1],
      ['dateOfBirth', 'Date of birth', 'date', 11, 0.95],
      ['age', 'Age', 'number', 5, 0.4],
      ['role', 'Role', 'text', 14, 1.1],
      ['victimStatus', 'Victim status', 'text', 15, 1.2],
      ['warnings', 'Warnings', 'warnings', 19, 1.4],
      ['addresses', 'Addresses', 'list', 26, 1.8],
      ['phones', 'Phones', 'phones', 15, 1.1],
      ['vehicles', 'Vehicles', 'list', 12, 0.8],
      ['categories', 'Data subject category', 'list', 24, 0, 'detail'],
      ['description', 'Description', 'longText', 40, 0, 'detail'],
      ['associates', 'Associates', 'list', 26, 0, 'detail'],
      ['pncId', 'PNC ID', 'reference', 15, 0, 'detail'],
      ['cro', 'CRO number', 'reference', 15, 0, 'detail'],
      ['notes', 'Notes', 'longText', 50, 0, 'detail'],
    ]),
  },
  intelligence: {
    id: 'intelligence',
    title: 'Intelligence',
    explanation:
      'Grade: source 1 reliable, 2 untested, 3 not reliable; assessment A known directly, B known indirectly but corroborated, C known indirectly, D not known, E suspected to be false; handling P sharing permitted, C with conditions.',
    whenEmpty: 'No intelligence may be released in this pack.',
    columns: columnsOf('intelligence', [
      ['ref', 'Item', 'reference', 9, 0.7],
      ['grade', 'Grade', 'grade', 8, 0.55],
      ['text', 'Intelligence', 'longText', 78, 5],
      ['conditions', 'Handling conditions', 'longText', 24, 1.6],
      ['released', 'Release decision', 'text', 18, 0],
      ['subjects', 'Subjects', 'list', 20, 1.3],
      ['period', 'Period of the information', 'text', 16, 1.1],
      ['reported', 'Reported', 'date', 11, 0.9],
      ['urn', 'URN', 'reference', 14, 1],
    ]),
  },
  teams: {
    id: 'teams',
    title: 'Teams',
    explanation: 'Who goes where, with whom and when.',
    whenEmpty: 'No teams are in this pack.',
    columns: columnsOf('teams', [
      ['ref', 'Team', 'reference', 8, 0.6],
      ['name', 'Name', 'text', 13, 1.1],
      ['callSign', 'Call sign', 'reference', 10, 0.9],
      ['leader', 'Leader', 'text', 16, 1.2],
      ['members', 'Members', 'list', 22, 1.9],
      ['vehicles', 'Vehicles', 'list', 10, 0.9],
      ['briefing', 'Briefing', 'text', 14, 1],
      ['rendezvous', 'Rendezvous', 'text', 17, 1.2],
      ['strike', 'Strike', 'text', 10, 0.8],
      ['premises', 'Premises', 'list', 24, 1.6],
      ['targets', 'Targets', 'list', 20, 1.4],
      ['notes', 'Notes', 'longText', 24, 0],
    ]),
  },
  officers: {
    id: 'officers',
    title: 'Officers',
    explanation: 'Everyone with a duty on the day.',
    whenEmpty: 'No officers are in this pack.',
    columns: columnsOf('officers', [
      ['ref', 'Officer', 'reference', 9, 0.7],
      ['collar', 'Collar number', 'reference', 12, 0.9],
      ['rank', 'Rank', 'text', 10, 0.8],
      ['name', 'Name', 'text', 24, 1.8],
      ['team', 'Team', 'text', 12, 1],
      ['callSign', 'Call sign', 'reference', 11, 0.9],
      ['duty', 'Duty', 'text', 18, 1.4],
      ['skills', 'Skills', 'list', 28, 2],
      ['phone', 'Phone', 'phones', 15, 1.2],
      ['notes', 'Notes', 'longText', 28, 1.4],
    ]),
  },
  safeguarding: {
    id: 'safeguarding',
    title: 'Safeguarding',
    explanation:
      'Every child and every adult at risk who may be met on the day. Gaps need an owner before the strike.',
    whenEmpty: 'No children or adults at risk are recorded. Make sure that somebody has looked.',
    columns: columnsOf('safeguarding', [
      ['ref', 'Record', 'reference', 8, 0.7],
      ['name', 'Name', 'text', 17, 1.4],
      ['kind', 'Child or adult', 'text', 11, 0.9],
      ['dateOfBirth', 'Date of birth', 'date', 11, 0.95],
      ['age', 'Age', 'number', 5, 0.4],
      ['premisesRef', 'Premises', 'reference', 9, 0],
      ['address', 'Address', 'text', 20, 1.6],
      ['concern', 'Concern', 'longText', 20, 1.5],
      ['plan', 'Plan', 'longText', 28, 2.2],
      ['lead', 'Lead', 'text', 13, 1.1],
      ['agencies', 'Agencies', 'list', 13, 0],
      ['appropriateAdult', 'Appropriate adult', 'text', 13, 0],
      ['referral', 'NRM referral', 'text', 12, 1],
      ['gaps', 'Gaps', 'warnings', 20, 1.6],
    ]),
  },
  sourceFiles: {
    id: 'sourceFiles',
    title: 'Sources',
    explanation: 'The files that the printed values came from.',
    whenEmpty: 'No value in this pack came from an imported file.',
    columns: columnsOf('sourceFiles', [
      ['ref', 'Source', 'reference', 8, 0.6],
      ['file', 'File', 'text', 46, 2.6],
      ['sheets', 'Sheets', 'list', 24, 1.4],
      ['imported', 'Imported', 'moment', 16, 1.1],
      ['values', 'Values printed', 'number', 10, 0.7],
      ['sha256', 'SHA-256', 'reference', 66, 3.4],
    ]),
  },
};

/** One section with all of its columns. */
export function findSection(id: SectionId): PackSection {
  return sections[id];
}

/** The sections of the pack in printing order, each with the columns that its audience may see. */
export function listSections(data: PackData): PackSection[] {
  return data.spec.sections.map(({ id, columns }) => {
    const hidden = data.spec.redactions[id] ?? [];
    const section = sections[id];
    const chosen =
      columns === undefined
        ? section.columns
        : columns.flatMap((field) => section.columns.filter((column) => column.field === field));
    return { ...section, columns: chosen.filter(({ field }) => !hidden.includes(field)) };
  });
}

/** The rows of one section as plain records, to be read by `PackColumn.field`. */
export function rowsOfSection(data: PackData, id: SectionId): readonly Readonly<Record<string, unknown>>[] {
  return data[id] as unknown as readonly Readonly<Record<string, unknown>>[];
}

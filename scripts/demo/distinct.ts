import { custodyRecords } from './files/custody.ts';
import { referrals } from './files/referrals.ts';
import { findPerson, people } from './people.ts';
import { showCell, type Table } from './table.ts';

interface PersonRecord {
  file: string;
  row: number;
  surname: string;
  forenames: string;
  dob: string | null;
  pncId: string | null;
}

/** Row numbers of a table's imported rows, in order. */
export function listImportedRows(table: Table): number[] {
  return table.rows.flatMap((row, index) =>
    row.fate.fate === 'imported' ? [table.headerRow + index + 1] : [],
  );
}

/** Texts of one column over the imported rows, blanks left out. */
export function listColumn(table: Table, header: string): string[] {
  const column = table.columns.findIndex((plan) => plan.header === header);
  if (column < 0) throw new Error(`${table.file} has no column ${header}`);
  return table.rows
    .filter((row) => row.fate.fate === 'imported')
    .map((row) => showCell(row.cells[column] ?? null).trim())
    .filter((text) => text !== '');
}

/** E.164 of any spelling used here; a short code stays as it is. */
export function normalisePhone(text: string): string {
  const digits = text.replace(/\(0\)/, '').replace(/\D/g, '').replace(/^00/, '');
  if (digits.length < 10) return digits;
  return `+44${digits.replace(/^(44|0)/, '')}`;
}

/** Letters and digits only, in capitals: address and postcode as one key. */
export function normaliseText(text: string): string {
  return text
    .normalize('NFC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function listPersonRecords(nominals: Table, custody: Table, referral: Table): PersonRecord[] {
  const castellane = findPerson('Castellane');
  const vasquez = findPerson('Vasquez-Holt');
  const nominalRecords = [
    ...people,
    { surname: 'Castellane-Roe', forenames: 'Bianca', dob: null, pncId: castellane.pncId },
    { surname: vasquez.surname, forenames: vasquez.forenames, dob: vasquez.dob, pncId: null },
  ];
  const place = (
    table: Table,
    records: readonly { surname: string; forenames: string; dob: string | null; pncId: string | null }[],
  ): PersonRecord[] => {
    const rows = listImportedRows(table);
    if (rows.length !== records.length) throw new Error(`${table.file}: rows and records differ`);
    return records.map(({ surname, forenames, dob, pncId }, index) => ({
      file: table.file,
      row: rows[index] ?? 0,
      surname,
      forenames,
      dob,
      pncId,
    }));
  };
  return [
    ...place(nominals, nominalRecords),
    ...place(
      custody,
      // Her PNC ID fails its check, so it joins nothing; name and date of birth do.
      custodyRecords.map((record) => (record.surname === 'Kowalczuk' ? { ...record, pncId: null } : record)),
    ),
    ...place(
      referral,
      referrals.map((record) => ({ ...record, pncId: null })),
    ),
  ];
}

/** People after joining records with the same valid PNC ID, or the same full name and date of birth. */
export function groupPeople(nominals: Table, custody: Table, referral: Table): PersonRecord[][] {
  const groups: PersonRecord[][] = [];
  const byKey = new Map<string, PersonRecord[]>();
  for (const record of listPersonRecords(nominals, custody, referral)) {
    const keys: string[] = [];
    if (record.pncId !== null) keys.push(`pnc ${record.pncId}`);
    if (record.dob !== null)
      keys.push(`name ${normaliseText(record.surname + record.forenames)} ${record.dob}`);
    const found = [...new Set(keys.flatMap((key) => byKey.get(key) ?? []).map((other) => other))];
    let group = groups.find((candidate) => found.some((other) => candidate.includes(other)));
    if (!group) {
      group = [];
      groups.push(group);
    }
    group.push(record);
    for (const key of keys) {
      if (!byKey.has(key)) byKey.set(key, group);
      else if (byKey.get(key) !== group) throw new Error('two groups meet: join them here first');
    }
  }
  return groups;
}

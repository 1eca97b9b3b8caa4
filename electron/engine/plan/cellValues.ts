/**
 * A value that an analyst typed or pasted, checked against its column and brought into contract form.
 * The same cleaning functions as the import use, so there is one way to read a date or a phone number.
 */

import { AppError } from '../../../shared/contract/errors.ts';
import type { Cleaned } from '../../../shared/domain/cleaned.ts';
import { cleanDate, cleanDateTime, withoutAssumedTime } from '../../../shared/domain/dates.ts';
import { cleanPostcode } from '../../../shared/domain/postcode.ts';
import { checkRiskScore, checkRiskSetting } from '../../../shared/domain/riskMatrix.ts';
import { textBases } from '../../../shared/domain/textBasis.ts';
import { cleanVehicleMark } from '../../../shared/domain/vehicleMark.ts';
import { makeRef } from '../../../shared/grid/grids.ts';
import type { CellValue } from '../../../shared/grid/query.ts';
import type { Column, Grid } from '../../../shared/grid/types.ts';
import { codeLists, findCode } from '../../../shared/reference/codeLists.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { rowExists } from '../database/queries/rows.ts';
import { get } from '../database/sql.ts';
import { resolveRef } from '../entities/groups.ts';
import { cleanPhone } from '../intake/clean/phone.ts';

const maximumText = 32_767;

function refuse(grid: Grid, column: Column, why: string): never {
  throw new AppError('invalid', `${column.title} of the ${grid.noun}: ${why}`, { field: column.field });
}

/** The accepted value, or the flag's words as a refusal. */
function accept<T extends CellValue>(grid: Grid, column: Column, cleaned: Readonly<Cleaned<T>>): CellValue {
  if (cleaned.value === null) refuse(grid, column, cleaned.flag?.message ?? 'it cannot be read.');
  return cleaned.value;
}

/**
 * @returns the value in contract form: ISO dates, E.164, codes, references in capitals; null for a blank.
 * @throws AppError `invalid` that names the column and what is expected.
 */
export function readTypedValue(
  database: ReadDatabase,
  grid: Grid,
  column: Column,
  value: CellValue,
  thisYear: number,
): CellValue {
  if (value === null || (typeof value === 'string' && value.trim() === '')) {
    if (column.required) refuse(grid, column, 'it cannot be blank.');
    return null;
  }
  const text = String(value).trim();
  if (column.field === 'textBasis') return readTextBasis(grid, column, text);
  if (text.length > maximumText) refuse(grid, column, `it is longer than ${maximumText} characters.`);
  switch (column.type) {
    case 'number': {
      const number = Number(text.replace(/,/g, ''));
      if (!Number.isFinite(number)) refuse(grid, column, 'it has to be a number.');
      refuseOutsideMatrix(database, grid, column, number);
      return number;
    }
    case 'date':
      return accept(grid, column, cleanDate(text, undefined, { order: 'dmy', thisYear }));
    case 'datetime':
      return accept(
        grid,
        column,
        withoutAssumedTime(cleanDateTime(text, undefined, { order: 'dmy', thisYear })),
      );
    case 'phone':
      return accept(grid, column, cleanPhone(text));
    case 'postcode':
      return accept(grid, column, cleanPostcode(text));
    case 'vrm':
      return accept(grid, column, cleanVehicleMark(text));
    case 'yesNo': {
      if (/^(y|yes|true|1)$/i.test(text)) return 'yes';
      if (/^(n|no|false|0)$/i.test(text)) return 'no';
      return refuse(grid, column, 'it has to be yes or no.');
    }
    case 'code': {
      const code = findCode(column.codes ?? '', text);
      return code ?? refuse(grid, column, `choose one of: ${listed(column)}.`);
    }
    case 'codes': {
      const codes = text.split(/[,;]/).map((part) => part.trim());
      const found = codes
        .filter((part) => part !== '')
        .map(
          (part) =>
            findCode(column.codes ?? '', part) ?? refuse(grid, column, `choose from: ${listed(column)}.`),
        );
      return [...new Set(found)].join(',');
    }
    case 'ref':
      return readRef(database, grid, column, text);
    case 'refs':
      return [
        ...new Set(
          text
            .split(/[,;]/)
            .filter((part) => part.trim() !== '')
            .map((part) => readRef(database, grid, column, part)),
        ),
      ].join(',');
    default:
      return text;
  }
}

/** Scores outside the operation's risk matrix would fall into no band, or into one that means nothing. */
function refuseOutsideMatrix(database: ReadDatabase, grid: Grid, column: Column, number: number): void {
  const { field } = column;
  let why: string | null = null;
  if (grid.name === 'targets' && (field === 'harm' || field === 'likelihood')) {
    const operation = get<{ riskScale: number | null }>(
      database,
      'SELECT risk_scale AS riskScale FROM operation WHERE id = 1',
    );
    why = checkRiskScore(number, operation ?? { riskScale: null });
  } else if (
    grid.name === 'operation' &&
    (field === 'riskScale' || field === 'riskHighFrom' || field === 'riskMediumFrom')
  )
    why = checkRiskSetting(field, number);
  if (why) refuse(grid, column, why);
}

/** `note: fact, grounds: assessment`: of the grid's free texts, what each of them is (DPA 2018 s.38(2)). */
function readTextBasis(grid: Grid, column: Column, text: string): string {
  const texts = grid.columns.filter((each) => each.type === 'longText').map((each) => each.field);
  const found = new Map<string, string>();
  for (const part of text.split(/[,;]/)) {
    if (part.trim() === '') continue;
    const [field = '', basis = ''] = part.split(/[:=]/).map((word) => word.trim());
    const known = texts.find((each) => each.toLowerCase() === field.toLowerCase());
    if (!known || !textBases.some((each) => each === basis.toLowerCase()))
      refuse(grid, column, `write FIELD: fact, assessment or comment, for one of ${texts.join(', ')}.`);
    found.set(known, basis.toLowerCase());
  }
  return [...found].map(([field, basis]) => `${field}: ${basis}`).join(', ');
}

const listed = (column: Column) => (codeLists[column.codes ?? ''] ?? []).map((code) => code.code).join(', ');

function readRef(database: ReadDatabase, grid: Grid, column: Column, text: string): string {
  const parsed = resolveRef(database, text);
  if (!parsed || (column.to && !column.to.includes(parsed.grid.name))) {
    const example = (column.to ?? []).join(' or ');
    refuse(grid, column, `give the reference of one of: ${example}.`);
  }
  if (!rowExists(database, parsed.grid.name, parsed.id))
    refuse(grid, column, `there is no ${parsed.grid.noun} ${text.toUpperCase()}.`);
  return makeRef(parsed.grid.name, parsed.id);
}

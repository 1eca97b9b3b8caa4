/** Filters of a grid, as SQL. Values are always parameters. */
import { AppError } from '../../../../shared/contract/errors.ts';
import { findColumn, grids, parseRef } from '../../../../shared/grid/grids.ts';
import { periodField, recordsField } from '../../../../shared/grid/narrowing.ts';
import type { Condition, Where } from '../../../../shared/grid/query.ts';
import type { Column, Grid } from '../../../../shared/grid/types.ts';
import { identifier, type SqlPart } from '../sql.ts';
import type { Moment } from './expressions.ts';
import { codedColumns, columnExpression, secondsOf, sortExpression } from './expressions.ts';
import { periodPart, recordsPart } from './narrow.ts';

type Scalar = string | number | boolean | null;

/** A LIKE pattern in which the user's text means itself. */
const escapeLike = (text: string) => text.replace(/[\\%_]/g, (character) => `\\${character}`);

const textTypes = new Set([
  'text',
  'longText',
  'name',
  'phone',
  'postcode',
  'vrm',
  'code',
  'codes',
  'ref',
  'refs',
]);

/** Identifiers are found however they are spaced: '07700 900123' finds +447700900123, 'ca11aa' finds CA1 1AA. */
function variants(column: Column, text: string): string[] {
  const trimmed = text.trim();
  if (column.type === 'phone') {
    const digits = trimmed.replace(/[^\d+]/g, '');
    if (digits.length < 3) return [trimmed];
    return [
      digits.startsWith('0') ? digits.replace(/^00|^0/, (zeros) => (zeros === '00' ? '+' : '+44')) : digits,
    ];
  }
  if (column.type === 'vrm') return [trimmed.replace(/\s/g, '').toUpperCase()];
  if (column.type === 'postcode' && /^[a-z0-9]{5,7}$/i.test(trimmed))
    return [trimmed, `${trimmed.slice(0, -3)} ${trimmed.slice(-3)}`];
  return [trimmed];
}

function compare(column: Column, sql: string, seconds: boolean, operator: string, value: Scalar): SqlPart {
  if (value === null)
    return { sql: operator === '=' ? `${sql} IS NULL` : `${sql} IS NOT NULL`, parameters: [] };
  const parameter = typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;
  if (seconds) {
    const time = typeof parameter === 'number' ? parameter : secondsOf(parameter);
    if (time === null)
      throw new AppError(
        'usage',
        `${column.title} compares with a date such as 2026-12-03 or 2026-12-03T05:30.`,
      );
    // A whole day is meant where only a date is given.
    if (operator === '=' && typeof parameter === 'string' && parameter.length === 10) {
      return { sql: `(${sql} >= ? AND ${sql} < ?)`, parameters: [time, time + 86_400] };
    }
    if (operator === '<=' && typeof parameter === 'string' && parameter.length === 10) {
      return { sql: `${sql} < ?`, parameters: [time + 86_400] };
    }
    return { sql: `${sql} ${operator} ?`, parameters: [time] };
  }
  if (column.type === 'number') return { sql: `${sql} ${operator} ?`, parameters: [Number(parameter)] };
  if (column.type === 'datetime' && operator === '=' && String(parameter).length === 10) {
    return { sql: `substr(${sql}, 1, 10) = ?`, parameters: [String(parameter)] };
  }
  const choices = operator === '=' ? variants(column, String(parameter)) : [String(parameter)];
  return {
    sql: `(${choices.map(() => `${sql} ${operator} ? COLLATE NOCASE`).join(' OR ')})`,
    parameters: choices,
  };
}

/** Several values of one cell, each between commas, so that OFF-1 is not found in OFF-12. */
const separated = (sql: string) => `',' || replace(lower(${sql}), ', ', ',') || ','`;

/** Numbers in call data are kept once, in `phone`: look there first, then at the indexed reference. */
function callNumber(column: Column, inner: (sql: string) => SqlPart, blank: boolean | undefined): SqlPart {
  const reference = column.field === 'aNumber' ? 't.a_phone' : 't.b_phone';
  if (blank !== undefined) return { sql: `${reference} IS ${blank ? '' : 'NOT '}NULL`, parameters: [] };
  const part = inner('phone.number');
  return { sql: `${reference} IN (SELECT id FROM phone WHERE ${part.sql})`, parameters: part.parameters };
}

/** Texts that are kept once, in `call_text`: look there first, then at the number, as for phones. */
function codedPart(column: Column, reference: string, condition: Condition): SqlPart | null {
  const asked = typeof condition === 'object' && condition !== null ? condition : { eq: condition };
  const { blank, ...others } = asked;
  // Rows without a text answer these; in the list of texts they are not to be found.
  if ('ne' in asked || asked.eq === null || asked.in?.includes(null)) return null;
  const parts: SqlPart[] = [];
  if (blank !== undefined) parts.push({ sql: `${reference} IS ${blank ? '' : 'NOT '}NULL`, parameters: [] });
  if (Object.values(others).some((value) => value !== undefined)) {
    const part = conditionPart(column, 'call_text.value', false, others);
    parts.push({
      sql: `${reference} IN (SELECT id FROM call_text WHERE ${part.sql})`,
      parameters: part.parameters,
    });
  }
  return parts.length === 0
    ? null
    : {
        sql: parts.map((part) => part.sql).join(' AND '),
        parameters: parts.flatMap((part) => part.parameters),
      };
}

function conditionPart(column: Column, sql: string, seconds: boolean, condition: Condition): SqlPart {
  if (condition === null || typeof condition !== 'object')
    return compare(column, sql, seconds, '=', condition);
  const parts: SqlPart[] = [];
  const operators = { eq: '=', ne: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;
  for (const [name, operator] of Object.entries(operators)) {
    const value = condition[name as keyof typeof operators];
    if (value === undefined) continue;
    const part = compare(column, sql, seconds, operator, value);
    parts.push(
      name === 'ne' && value !== null
        ? { sql: `(${part.sql} OR ${sql} IS NULL)`, parameters: part.parameters }
        : part,
    );
  }
  const like = (text: string, pattern: (escaped: string) => string) => {
    const choices = variants(column, text);
    parts.push({
      sql: `(${choices.map(() => `${sql} LIKE ? ESCAPE '\\'`).join(' OR ')})`,
      parameters: choices.map((choice) => pattern(escapeLike(choice))),
    });
  };
  if (condition.contains !== undefined) like(condition.contains, (text) => `%${text}%`);
  if (condition.startsWith !== undefined) like(condition.startsWith, (text) => `${text}%`);
  if (condition.in !== undefined) {
    const any = condition.in.map((value) => compare(column, sql, seconds, '=', value));
    parts.push({
      sql: any.length > 0 ? `(${any.map((part) => part.sql).join(' OR ')})` : '0',
      parameters: any.flatMap((part) => part.parameters),
    });
  }
  if (condition.has !== undefined) {
    const any = condition.has.map((value) =>
      value === null
        ? { sql: `coalesce(${sql}, '') = ''`, parameters: [] }
        : { sql: `instr(${separated(sql)}, ?) > 0`, parameters: [`,${value.toLowerCase()},`] },
    );
    parts.push({
      sql: any.length > 0 ? `(${any.map((part) => part.sql).join(' OR ')})` : '0',
      parameters: any.flatMap((part) => part.parameters),
    });
  }
  if (condition.blank !== undefined) {
    parts.push({
      sql: condition.blank ? `(${sql} IS NULL OR ${sql} = '')` : `(${sql} IS NOT NULL AND ${sql} <> '')`,
      parameters: [],
    });
  }
  return {
    sql: parts.map((part) => part.sql).join(' AND '),
    parameters: parts.flatMap((part) => part.parameters),
  };
}

function fieldPart(grid: Grid, column: Column, condition: Condition, moment: Moment): SqlPart {
  if (grid.name === 'communications' && (column.field === 'aNumber' || column.field === 'bNumber')) {
    const blank = condition === null ? true : typeof condition === 'object' ? condition.blank : undefined;
    return callNumber(column, (sql) => conditionPart(column, sql, false, condition), blank);
  }
  const reference = codedColumns[`${grid.name}.${column.field}`];
  const coded = reference === undefined ? null : codedPart(column, reference, condition);
  if (coded) return coded;
  const { sql, seconds } = sortExpression(grid, column, moment);
  return conditionPart(column, sql, seconds, condition);
}

/** Rows of the plan whose reference leads to a record of that name: a target is found by the name of its person. */
function namedPart(grid: Grid, column: Column, text: string, moment: Moment): SqlPart[] {
  if (grid.layer !== 'plan' || column.type !== 'ref' || column.derived) return [];
  return (column.to ?? []).flatMap((name) => {
    const other = grids[name];
    const labels = other.label.flatMap((field) => {
      const label = findColumn(other, field);
      return label && label.type !== 'ref' && label.type !== 'refs' && textTypes.has(label.type)
        ? [conditionPart(label, columnExpression(other, label, moment), false, { contains: text })]
        : [];
    });
    if (labels.length === 0) return [];
    return [
      {
        sql: `${columnExpression(grid, column, moment)} IN (SELECT ref_of('${other.name}', t.id) FROM ${identifier(other.table)} AS t WHERE ${labels.map((part) => part.sql).join(' OR ')})`,
        parameters: labels.flatMap((part) => part.parameters),
      },
    ];
  });
}

/** Quick find: any shown text column holds the words, or leads to a record whose name does. */
function anywhere(grid: Grid, condition: Condition, moment: Moment): SqlPart {
  const text =
    typeof condition === 'string'
      ? condition
      : typeof condition === 'object'
        ? (condition?.contains ?? '')
        : String(condition);
  if (text.trim() === '') return { sql: '1', parameters: [] };
  const columns = grid.columns.filter((column) => textTypes.has(column.type));
  const parts = columns.flatMap((column) => [
    fieldPart(grid, column, { contains: text }, moment),
    ...namedPart(grid, column, text, moment),
  ]);
  return {
    sql: `(${parts.map((part) => part.sql).join(' OR ')})`,
    parameters: parts.flatMap((part) => part.parameters),
  };
}

/** References of the grid, one or several; those of other grids name none of its rows. */
function referencePart(grid: Grid, condition: Condition): SqlPart {
  const asked = typeof condition === 'object' && condition !== null ? condition : { eq: condition };
  if (Object.keys(asked).some((operator) => operator !== 'eq' && operator !== 'in'))
    throw new AppError('usage', 'A reference is compared with eq or in only.');
  const ids = ('in' in asked && asked.in ? asked.in : [asked.eq]).flatMap((ref) => {
    const found = parseRef(String(ref));
    return found?.grid === grid ? [found.id] : [];
  });
  return { sql: `t.id IN (${ids.map(() => '?').join(', ')})`, parameters: ids };
}

/** @throws AppError `usage` for a field the grid does not have. */
export function wherePart(grid: Grid, where: Where | undefined, moment: Moment): SqlPart {
  const parts: SqlPart[] = [];
  for (const [field, condition] of Object.entries(where ?? {})) {
    if (field === '*') {
      parts.push(anywhere(grid, condition, moment));
      continue;
    }
    if (field === 'ref') {
      parts.push(referencePart(grid, condition));
      continue;
    }
    if (field === recordsField) {
      parts.push(recordsPart(grid, condition));
      continue;
    }
    if (field === periodField) {
      parts.push(periodPart(grid, condition, moment));
      continue;
    }
    const column = findColumn(grid, field);
    if (!column) {
      const known = grid.columns.map((each) => each.field).join(', ');
      throw new AppError('usage', `The grid "${grid.name}" has no field "${field}". Fields: ${known}.`);
    }
    parts.push(fieldPart(grid, column, condition, moment));
  }
  return {
    sql: parts.length > 0 ? parts.map((part) => part.sql).join(' AND ') : '1',
    parameters: parts.flatMap((part) => part.parameters),
  };
}

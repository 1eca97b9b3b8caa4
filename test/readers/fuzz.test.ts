import { utils, type WorkBook, write } from '@e965/xlsx';
import { describe, expect, test } from 'vitest';
import { makeDice, mutateBytes, mutateParts } from './support/mutate.ts';
import { codeOfReading } from './support/readCells.ts';

const book: WorkBook = utils.book_new();
const sheet = utils.aoa_to_sheet([
  ['Name', 'Phone', 'Seen', 'Share', 'Certain'],
  ['Ada Fell', '07700900123', 45_658.5, 0.25, true],
  ['Zoë Ŵyn', 447_700_900_456, 45_700.75, 1 / 3, false],
  [],
  ['two\nlines', 'Ada Fell', 1e300, -1, null],
]);
for (const cell of ['C2', 'C3']) sheet[cell].z = 'dd/mm/yyyy hh:mm';
sheet['!merges'] = [utils.decode_range('A6:C7')];
utils.book_append_sheet(book, sheet, 'People');
utils.book_append_sheet(book, utils.aoa_to_sheet([['aside', 1]]), 'Aside');
const bytesOf = (bookType: 'xlsx' | 'xlsb' | 'ods' | 'xls' | 'biff2' | 'csv'): Buffer =>
  write(book, { type: 'buffer', bookType, compression: bookType !== 'xlsb' }) as Buffer;

/** Seeds are named in what fails, so that a failure can be had again. */
async function readSpoilt(
  seeds: number,
  spoil: (dice: ReturnType<typeof makeDice>) => Buffer,
): Promise<void> {
  for (let seed = 1; seed <= seeds; seed++) {
    const code = await codeOfReading(spoil(makeDice(seed * 7919)));
    expect(`seed ${seed}: ${code}`).toMatch(/^seed \d+: (?:file\.|read)/);
  }
}

describe('spoilt files end in an error of the file or in cells, never in anything else', () => {
  test.each([
    ['xlsx', 60],
    ['csv', 60],
    ['ods', 5],
    ['xls', 6],
    ['biff2', 4],
  ] as const)('bytes of %s', { timeout: 120_000 }, async (format, seeds) => {
    const whole = bytesOf(format);
    await readSpoilt(seeds, (dice) => mutateBytes(whole, dice));
  });

  test.each([
    ['xlsx', 120],
    ['ods', 6],
    ['xlsb', 8],
  ] as const)('parts of %s', { timeout: 120_000 }, async (format, seeds) => {
    const whole = bytesOf(format);
    await readSpoilt(seeds, (dice) => mutateParts(whole, dice));
  });
});

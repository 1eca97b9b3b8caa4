import { HTMLSelect } from '@blueprintjs/core';
import type { RecordDetail } from '../../../shared/contract/schemas.ts';
import { readTextBases, textBases, withTextBasis } from '../../../shared/domain/textBasis.ts';
import { grids } from '../../../shared/grid/grids.ts';
import type { Column } from '../../../shared/grid/types.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { reportError } from '../../app/reportError.ts';
import { useMay } from '../../app/role.ts';

const titles = { fact: 'Fact', assessment: 'Assessment', comment: 'Comment' } as const;

/** Whether a free text of a record can be told to be fact, assessment or comment. */
export function takesBasis(detail: RecordDetail, column: Column): boolean {
  return (
    column.type === 'longText' &&
    String(detail.row[column.field] ?? '') !== '' &&
    grids[detail.grid].columns.some((each) => each.field === 'textBasis' && each.editable)
  );
}

/** Shows and sets what a free text is. */
export function TextBasis({ detail, column }: { detail: RecordDetail; column: Column }) {
  const client = useClient();
  const mayChange = useMay();
  const stored = String(detail.row.textBasis ?? '');
  const basis = readTextBases(stored).get(column.field) ?? '';

  async function save(next: string): Promise<void> {
    const chosen = textBases.find((each) => each === next) ?? null;
    try {
      await client.records.set({
        edits: [
          {
            ref: detail.ref,
            values: { textBasis: withTextBasis(stored, column.field, chosen) || null },
            ...(detail.row.revision === undefined ? {} : { revision: detail.row.revision }),
          },
        ],
      });
    } catch (error) {
      reportError(error);
    }
    refreshQueries();
  }

  return (
    <HTMLSelect
      className="text-basis"
      minimal
      aria-label={`${column.title} is fact, assessment or comment`}
      title="Fact, assessment or comment"
      value={basis}
      disabled={!mayChange}
      onChange={(event) => void save(event.currentTarget.value)}
    >
      <option value="">Not said what it is</option>
      {textBases.map((each) => (
        <option key={each} value={each}>
          {titles[each]}
        </option>
      ))}
    </HTMLSelect>
  );
}

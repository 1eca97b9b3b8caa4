import { Button, Icon } from '@blueprintjs/core';
import { type ReactNode, useState } from 'react';
import type { Dossier } from '../../../shared/contract/planSchemas.ts';
import { grids } from '../../../shared/grid/grids.ts';
import { goToGrid } from '../../app/navigation.ts';
import { type Labels, showLabel } from '../../grid/format.ts';
import { toneOf } from '../../grid/tones.ts';
import { gridIcons } from '../../ui/gridIcons.ts';
import { RefLink, ShownCell } from './RefLinks.tsx';
import { columnsOf } from './sectionColumns.ts';

const fewRows = 8;

/** Records of one kind beside the one of the dossier, as a compact table. */
export function DossierSection(props: {
  section: Dossier['sections'][number];
  subject: string;
  labels: Labels;
}) {
  const { section, labels } = props;
  const [all, setAll] = useState(false);
  const columns = columnsOf(section, props.subject);
  const rows = all ? section.rows : section.rows.slice(0, fewRows);
  const more = section.rows.length - fewRows;
  return (
    <section className={`dossier-section dossier-${section.grid}`}>
      <h3>
        <Icon icon={gridIcons[section.grid]} size={13} /> {section.title}{' '}
        <span className="finding-count">{section.total}</span>
      </h3>
      <div className="dossier-wrap">
        <table className="table table-small">
          <thead>
            <tr>
              <th>{grids[section.grid].noun}</th>
              {columns.map((column) => (
                <th key={column.field} title={column.hint}>
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.ref} data-ref={row.ref}>
                <td>
                  <RefLink reference={row.ref} labels={labels} />
                </td>
                {columns.map((column) => {
                  const tone = toneOf(column.field, String(row[column.field] ?? ''));
                  return (
                    <td key={column.field} className={tone ? `tone-${tone.tone}` : ''}>
                      <div className="dossier-cell">
                        {tone && <Icon icon={tone.icon} size={11} />}{' '}
                        <ShownCell column={column} value={row[column.field]} labels={labels} />
                      </div>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more > 0 && (
        <Button
          size="small"
          variant="minimal"
          icon={all ? 'chevron-up' : 'chevron-down'}
          text={all ? 'Fewer' : `${more} more`}
          aria-label={all ? `Fewer ${section.title}` : `${more} more of ${section.title}`}
          onClick={() => setAll(!all)}
        />
      )}
      {section.total > section.rows.length && (
        <p className="muted">
          {section.rows.length} of {section.total} are shown.{' '}
          <button type="button" className="link" onClick={() => goToGrid(section.grid)}>
            All in the grid
          </button>
        </p>
      )}
    </section>
  );
}

/** What is known of the record itself, in the order of its grid, with its photographs before it. */
export function DossierValues({ dossier, children }: { dossier: Dossier; children?: ReactNode }) {
  const grid = grids[dossier.grid];
  const columns = grid.columns.filter((column) => {
    const value = dossier.row[column.field];
    return (
      value !== null &&
      value !== undefined &&
      value !== '' &&
      !['sources', 'conflicts'].includes(column.field)
    );
  });
  if (columns.length === 0) return null;
  return (
    <section className="dossier-section">
      <h3>
        <Icon icon={gridIcons[dossier.grid]} size={13} /> What is known
      </h3>
      <div className="dossier-known">
        {children}
        <dl className="dossier-values">
          {columns.map((column) => (
            <div key={column.field} className={column.type === 'longText' ? 'is-long' : ''}>
              <dt>{column.title}</dt>
              <dd>
                <ShownCell column={column} value={dossier.row[column.field]} labels={dossier.labels} />
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}

/** The label of a dossier, without its reference. */
export function titleOf(dossier: Dossier): string {
  return showLabel(dossier.ref, { [dossier.ref]: dossier.label });
}

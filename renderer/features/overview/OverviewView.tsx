import { Button, Icon } from '@blueprintjs/core';
import type { Overview } from '../../../shared/contract/schemas.ts';
import { gridList, grids } from '../../../shared/grid/grids.ts';
import type { GridRow } from '../../../shared/grid/query.ts';
import type { Grid } from '../../../shared/grid/types.ts';
import { goTo, goToGrid, goToRecord, openRecord, showDialog } from '../../app/navigation.ts';
import { useOverview } from '../../app/queries.ts';
import { describeError } from '../../app/reportError.ts';
import { shellCopy } from '../../copy/shell.ts';
import { showMoment } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { gridIcons } from '../../ui/gridIcons.ts';
import { nameSeverity, severityIcons } from '../../ui/severity.ts';
import { SoonestClocks } from '../clocks/SoonestClocks.tsx';
import { OperationFacts } from './OperationFacts.tsx';

/** The operation at a glance: what there is, what is missing, what came in and went out last. */
export function OverviewView() {
  const query = useOverview();
  if (query.error) {
    return (
      <EmptyState
        icon="error"
        title="The overview could not be made"
        description={describeError(query.error).message}
      />
    );
  }
  const overview = query.data;
  if (!overview) return <section className="view" aria-label="Overview" aria-busy />;
  const empty = overview.counts.every(({ grid, count }) => count === 0 || grid === 'operation');
  return (
    <section className="view overview" aria-label="Overview">
      <OperationFacts overview={overview} />
      {empty ? <EmptyOperation /> : <Counts overview={overview} />}
      <div className="overview-columns">
        <Missing overview={overview} />
        <Readiness overview={overview} />
        <SoonestClocks />
        <LastImports rows={overview.lastImports} />
        <LastPacks rows={overview.lastPacks} />
      </div>
    </section>
  );
}

function EmptyOperation() {
  return (
    <div className="overview-empty">
      <EmptyState
        icon="import"
        title="Import spreadsheets"
        description="Nominals, phones, call data, addresses, intelligence, warrants and officers, as they are. Each sheet is looked at first, nothing is saved before you agree, and the whole import can be undone."
        action={
          <Button intent="primary" icon="import" text="Choose files" onClick={() => showDialog('import')} />
        }
      />
    </div>
  );
}

function Counts({ overview }: { overview: Overview }) {
  const counts = new Map(overview.counts.map(({ grid, count }) => [grid, count]));
  const layers: readonly Grid['layer'][] = ['evidence', 'entities', 'plan'];
  return (
    <div className="count-layers">
      {layers.map((layer) => (
        <section key={layer} className="count-layer">
          <h3>{shellCopy.layers[layer]}</h3>
          <div className="counts">
            {gridList
              .filter(
                (grid) => grid.layer === layer && !['operation', 'sources', 'imports'].includes(grid.name),
              )
              .map((grid) => (
                <button type="button" key={grid.name} className="count" onClick={() => goToGrid(grid.name)}>
                  <Icon icon={gridIcons[grid.name]} size={13} />
                  <span className="count-number">{(counts.get(grid.name) ?? 0).toLocaleString('en-GB')}</span>
                  <span className="count-title">{grid.title}</span>
                </button>
              ))}
          </div>
        </section>
      ))}
    </div>
  );
}

function Missing({ overview }: { overview: Overview }) {
  return (
    <section className="card">
      <h3>What is missing</h3>
      {overview.missing.length === 0 ? (
        <p className="muted">Nothing that every plan needs is missing.</p>
      ) : (
        <ul className="missing-list">
          {overview.missing.map((item) => (
            <li key={item.message}>
              <div>
                <p>{item.message}</p>
                <p className="muted">{item.mend}</p>
              </div>
              {(item.ref || item.grid) && (
                <Button
                  size="small"
                  text="Go there"
                  aria-label={`Go there: ${item.message}`}
                  onClick={() => (item.ref ? goToRecord(item.ref) : item.grid && goToGrid(item.grid))}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Readiness({ overview }: { overview: Overview }) {
  return (
    <section className="card">
      <h3>Readiness</h3>
      <button type="button" className="readiness-summary" onClick={() => goTo({ kind: 'readiness' })}>
        {(['blocker', 'warning', 'note'] as const).map((severity) => (
          <span key={severity} className={`readiness-number finding-${severity}`}>
            <Icon icon={severityIcons[severity]} size={14} />
            <strong>{overview.findings[severity].toLocaleString('en-GB')}</strong>
            {nameSeverity(severity, overview.findings[severity])}
          </span>
        ))}
      </button>
    </section>
  );
}

function number(value: unknown): string {
  return typeof value === 'number' ? value.toLocaleString('en-GB') : '';
}

function LastImports({ rows }: { rows: readonly GridRow[] }) {
  return (
    <section className="card">
      <h3>Last imports</h3>
      {rows.length === 0 ? (
        <p className="muted">Nothing has been imported.</p>
      ) : (
        <table className="table table-small">
          <thead>
            <tr>
              <th>When</th>
              <th>Files</th>
              <th className="num">Rows</th>
              <th className="num">Imported</th>
              <th className="num">Skipped</th>
              <th className="num">Rejected</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.ref}>
                <td className="nowrap">
                  <button type="button" className="link" onClick={() => openRecord(row.ref)}>
                    {showMoment(String(row.at ?? ''))}
                  </button>
                </td>
                <td className="clip">{String(row.summary ?? '')}</td>
                <td className="num">{number(row.rows)}</td>
                <td className="num">{number(row.imported)}</td>
                <td className="num">{number(row.skipped)}</td>
                <td className={`num ${Number(row.rejected) > 0 ? 'tone-danger' : ''}`}>
                  {number(row.rejected)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function LastPacks({ rows }: { rows: readonly GridRow[] }) {
  return (
    <section className="card">
      <h3>Last packs</h3>
      {rows.length === 0 ? (
        <p className="muted">No pack has been issued.</p>
      ) : (
        <table className="table table-small">
          <thead>
            <tr>
              <th>{grids.packs.title}</th>
              <th>Recipient</th>
              <th>Issued</th>
              <th>State</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.ref}>
                <td>
                  <button type="button" className="link" onClick={() => openRecord(row.ref)}>
                    {String(row.title ?? row.ref)} v{number(row.version)}
                  </button>
                </td>
                <td className="clip">{String(row.recipient ?? '')}</td>
                <td className="nowrap">{showMoment(String(row.at ?? ''))}</td>
                <td>{row.stale === 'yes' ? <span className="tone-warning">Stale</span> : 'Current'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

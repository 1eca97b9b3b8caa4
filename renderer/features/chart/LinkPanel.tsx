import { Button, Icon, Spinner } from '@blueprintjs/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { LinkRows } from '../../../shared/contract/areas/chart.ts';
import { formatDate } from '../../../shared/domain/dates.ts';
import { useClient } from '../../app/connection.ts';
import { openRecord, showSource } from '../../app/navigation.ts';
import { describeError } from '../../app/reportError.ts';
import { chartCopy, tieWords } from '../../copy/chart.ts';
import { showLabel } from '../../grid/format.ts';
import { gridIcons } from '../../ui/gridIcons.ts';
import { choose } from './chartState.ts';
import type { SceneBond, SceneNode } from './scene.ts';
import { useEffectiveFilter } from './useChart.ts';

/** What links two records: the rows behind it, each opened as it stood in its sheet. */
export function LinkPanel({ bond }: { bond: SceneBond }) {
  const client = useClient();
  const filter = useEffectiveFilter();
  const { data, error, isPending } = useQuery({
    queryKey: ['chart', 'rows', bond.a.ref, bond.b.ref, filter],
    queryFn: ({ signal }) => client.chart.rows({ a: bond.a.ref, b: bond.b.ref, filter }, { signal }),
    placeholderData: (previous) =>
      previous?.ties.every(({ from }) => from === bond.a.ref || from === bond.b.ref)
        ? keepPreviousData(previous)
        : undefined,
  });
  return (
    <>
      <header className="chart-side-head">
        <Icon icon="link" size={16} />
        <h3>{chartCopy.behind}</h3>
        <span className="status-gap" />
        <Button
          size="small"
          variant="minimal"
          icon="cross"
          aria-label={chartCopy.close}
          onClick={() => choose([bond.a.ref])}
        />
      </header>
      <End node={bond.a} />
      <End node={bond.b} />
      {isPending && <Spinner size={18} aria-label={chartCopy.working} />}
      {error && (
        <p className="tone-danger" role="alert">
          {describeError(error).message}
        </p>
      )}
      {data?.ties.map((tie) => (
        <Tie key={`${tie.kind} ${tie.from} ${tie.relation}`} tie={tie} labels={data.labels} />
      ))}
      {data?.ties.length === 0 && <p className="muted">{chartCopy.outside(bond.links.length, 0)}</p>}
    </>
  );
}

function End({ node }: { node: SceneNode }) {
  return (
    <button type="button" className="chart-link" onClick={() => choose([node.ref])}>
      <Icon icon={gridIcons[node.kind]} size={12} />
      <span>
        <span className="chart-link-name">{node.label}</span>
        {node.node.sign !== null && <span className="chart-sign">{node.node.sign}</span>}
      </span>
    </button>
  );
}

function Tie({ tie, labels }: { tie: LinkRows['ties'][number]; labels: Record<string, string> }) {
  const from = showLabel(tie.from, labels);
  const to = showLabel(tie.to, labels);
  return (
    <section className="chart-tie">
      <h4>{tie.kind === 'calls' ? `${from} to ${to}` : tie.relation}</h4>
      <p className="muted">
        {tieWords[tie.kind]}
        {tie.kind === 'plan' ? '' : `: ${chartCopy.rowsShown(tie.rows.length, tie.total)}`}
      </p>
      {tie.records.map((ref) => (
        <button key={ref} type="button" className="link" onClick={() => openRecord(ref)}>
          {showLabel(ref, labels)} ({ref})
        </button>
      ))}
      {tie.rows.length > 0 && (
        <table className="table table-small">
          <thead>
            <tr>
              <th>Date</th>
              <th>Grade</th>
              <th>Row</th>
            </tr>
          </thead>
          <tbody>
            {tie.rows.map((row) => (
              <tr key={`${row.source} ${row.row}`}>
                <td className="nowrap">{row.at === null ? '' : moment(row.at)}</td>
                <td>{row.grade ?? ''}</td>
                <td>
                  <button
                    type="button"
                    className="link"
                    title={chartCopy.showRow}
                    onClick={() => showSource(row.source, null, row.row)}
                  >
                    {placeOf(row)}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** The one sheet of a text file is called as the file is: it is not said twice. */
const placeOf = ({ file, sheet, row }: LinkRows['ties'][number]['rows'][number]): string =>
  [file, ...(sheet === '' || file.startsWith(`${sheet}.`) ? [] : [sheet]), `row ${row}`].join(', ');

const moment = (iso: string): string =>
  iso.length > 10 ? `${formatDate(iso.slice(0, 10))} ${iso.slice(11, 16)}` : formatDate(iso);

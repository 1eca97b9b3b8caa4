import { Button, Tag } from '@blueprintjs/core';
import { useQueries } from '@tanstack/react-query';
import type { RecordDetail } from '../../../shared/contract/schemas.ts';
import { formatDate } from '../../../shared/domain/dates.ts';
import { grids } from '../../../shared/grid/grids.ts';
import type { Column } from '../../../shared/grid/types.ts';
import { useClient } from '../../app/connection.ts';
import { openDossier } from '../../app/navigation.ts';
import { matchingCopy } from '../../copy/matching.ts';
import { formatValue, showLabel, splitRefs } from '../../grid/format.ts';

/** Fields that are other fields in another form. */
const left = new Set(['surname', 'forenames', 'sources', 'conflicts', 'photoDate', 'age']);

interface Said {
  text: string;
  from: string;
}

/** All that is said of a field, each once, with where it stands. */
function saidOf(detail: RecordDetail, column: Column): Said[] {
  const values = detail.values[column.field];
  const found = new Map<string, Set<string>>();
  if (values)
    for (const value of values) {
      if (value.value === null || value.superseded || value.withdrawn) continue;
      const text = formatValue(column, value.value, detail.labels);
      const places = found.get(text) ?? new Set();
      places.add(value.sheet === null ? value.file : `${value.file}, ${value.sheet}, row ${value.row}`);
      found.set(text, places);
    }
  else {
    const value = detail.row[column.field];
    if (column.type === 'refs')
      for (const ref of splitRefs(value)) found.set(showLabel(ref, detail.labels), new Set());
    else if (value !== null && value !== undefined && value !== '')
      found.set(formatValue(column, value, detail.labels), new Set());
  }
  return [...found].map(([text, places]) => ({ text, from: [...places].join('\n') }));
}

const plain = (text: string) => text.toLocaleLowerCase('en-GB').replace(/[^\p{L}\p{N}]/gu, '');

/** Whether all who say something say one thing in common; null where only one says anything. */
function agreement(said: readonly Said[][]): boolean | null {
  const speaking = said.filter((each) => each.length > 0);
  const [first] = speaking;
  if (!first || speaking.length < 2) return null;
  return first.some(({ text }) =>
    speaking.every((each) => each.some((other) => plain(other.text) === plain(text))),
  );
}

/** The members of a case beside each other, field by field. */
export function Evidence(props: {
  refs: readonly string[];
  chosen: string | null;
  dropped: ReadonlySet<string>;
  stays: string | undefined;
  alerts: Readonly<Record<string, string[]>>;
  onChoose: (ref: string) => void;
  onDrop: (ref: string) => void;
  canDrop: boolean;
}) {
  const client = useClient();
  const details = useQueries({
    queries: props.refs.map((ref) => ({
      queryKey: ['record', ref],
      queryFn: () => client.records.show({ ref }),
      staleTime: 60_000,
    })),
  }).map((query) => query.data);
  const columns = grids.people.columns.filter((column) => !left.has(column.field) && !column.restricted);
  const rows = columns.flatMap((column) => {
    const said = details.map((detail) => (detail ? saidOf(detail, column) : []));
    return said.some((each) => each.length > 0) ? [{ column, said, agrees: agreement(said) }] : [];
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="evidence" tabIndex={0} aria-label={matchingCopy.evidence}>
      <table className="table">
        <thead>
          <tr>
            <th>{matchingCopy.field}</th>
            {props.refs.map((ref, index) => (
              <th
                key={ref}
                className={`${ref === props.chosen ? 'member-chosen' : ''} ${props.dropped.has(ref) ? 'member-dropped' : ''}`}
              >
                <button type="button" className="link" onClick={() => props.onChoose(ref)}>
                  {details[index]?.label ?? ref}
                </button>{' '}
                <span className="muted">{ref}</span>
                <Button
                  variant="minimal"
                  size="small"
                  icon="id-number"
                  aria-label={`${matchingCopy.open} ${ref}`}
                  title={matchingCopy.open}
                  onClick={() => openDossier(ref)}
                />
                {props.canDrop && (
                  <Button
                    variant="minimal"
                    size="small"
                    icon={props.dropped.has(ref) ? 'plus' : 'cross'}
                    aria-label={`${props.dropped.has(ref) ? matchingCopy.takeIn : matchingCopy.leaveOut} ${ref}`}
                    title={props.dropped.has(ref) ? matchingCopy.takeIn : matchingCopy.leaveOut}
                    onClick={() => props.onDrop(ref)}
                  />
                )}
                <div className="member-marks">
                  {ref === props.stays && <Tag minimal>{matchingCopy.stays}</Tag>}
                  {props.dropped.has(ref) && <Tag minimal>{matchingCopy.leftOut}</Tag>}
                  {(props.alerts[ref] ?? []).map((alert) => (
                    <Tag key={alert} intent="danger" icon="shield">
                      {alert}
                    </Tag>
                  ))}
                </div>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ column, said, agrees }) => (
            <tr key={column.field} className={agrees === false ? 'row-differs' : ''}>
              <th scope="row">
                {column.title}
                {agrees === false && <span className="tone-warning"> {matchingCopy.differs}</span>}
              </th>
              {said.map((each, index) => (
                <td key={props.refs[index]}>
                  {each.map(({ text, from }) => (
                    <div key={text} title={from}>
                      {text}
                    </div>
                  ))}
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{matchingCopy.sources}</th>
            {details.map((detail, index) => (
              <td key={props.refs[index]} className="muted">
                {detail &&
                  [
                    ...new Set(
                      Object.values(detail.values)
                        .flat()
                        .map((value) =>
                          value.sheet === null
                            ? `${value.by ?? value.file}${value.at ? `, ${formatDate(value.at.slice(0, 10))}` : ''}`
                            : `${value.file}, row ${value.row}`,
                        ),
                    ),
                  ]
                    .slice(0, 8)
                    .map((source) => <div key={source}>{source}</div>)}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </section>
  );
}

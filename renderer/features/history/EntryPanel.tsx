import { Button } from '@blueprintjs/core';
import { useQuery } from '@tanstack/react-query';
import type { EntryChange, EntryDetail } from '../../../shared/contract/auditSchemas.ts';
import { useClient } from '../../app/connection.ts';
import { goToRecord } from '../../app/navigation.ts';
import { describeError } from '../../app/reportError.ts';
import { auditCopy, operationTitles } from '../../copy/audit.ts';
import { showMoment } from '../../ui/dates.ts';

const copy = auditCopy.entry;

/** One entry whole, beside the list: what it changed, and what stands behind it. */
export function EntryPanel({ seq, onClose }: { seq: number; onClose: () => void }) {
  const client = useClient();
  const query = useQuery({
    queryKey: ['history', 'entry', seq],
    queryFn: () => client.audit.entry({ seq }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <aside className="entry-panel" aria-label={copy.title(seq)}>
      <header className="entry-head">
        <h2>{copy.title(seq)}</h2>
        <Button size="small" variant="minimal" icon="cross" aria-label={copy.close} onClick={onClose} />
      </header>
      {query.error && <p className="tone-danger entry-words">{describeError(query.error).message}</p>}
      {query.data && <Detail detail={query.data} />}
    </aside>
  );
}

function Detail({ detail }: { detail: EntryDetail }) {
  const { entry, changes } = detail;
  const asked = entry.operation === 'consultation' || entry.operation === 'disclosure';
  return (
    <div className="entry-body">
      <dl className="entry-facts">
        <Fact name={copy.when} value={showMoment(entry.at)} />
        <Fact name={copy.who} value={entry.user} />
        <Fact name={copy.device} value={entry.device} />
        <Fact name={copy.operation} value={operationTitles[entry.operation]} />
        <Fact name={copy.what} value={entry.summary} />
        {(entry.reason !== null || asked) && (
          <Fact name={copy.reason} value={entry.reason ?? copy.noReason} />
        )}
        {entry.recipients.length > 0 && <Fact name={copy.recipients} value={entry.recipients.join('; ')} />}
      </dl>
      {entry.erased !== null && <p className="entry-words">{copy.erased(entry.erased)}</p>}
      {changes.length > 0 && <Changes changes={changes} all={detail.changeCount} />}
      {detail.notes.length > 0 && (
        <>
          <h3>{copy.notes}</h3>
          <dl className="entry-facts">
            {detail.notes.map(({ name, value }) => (
              <Fact key={name} name={name} value={value} />
            ))}
          </dl>
        </>
      )}
      {detail.records.length > 0 && (
        <>
          <h3>{copy.records}</h3>
          <ul className="entry-records">
            {detail.records.map(({ ref, label }) => (
              <li key={ref}>
                <button type="button" className="link" onClick={() => goToRecord(ref)}>
                  {label === ref ? ref : `${ref} ${label}`}
                </button>
              </li>
            ))}
          </ul>
          {detail.recordCount > detail.records.length && (
            <p className="muted entry-words">{copy.more(detail.records.length, detail.recordCount)}</p>
          )}
        </>
      )}
      <dl className="entry-facts entry-hashes">
        <Fact name={copy.hash} value={entry.hash} />
        <Fact name={copy.previous} value={detail.previousHash} />
      </dl>
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

/** Values before and after, a record at a time. */
function Changes({ changes, all }: { changes: readonly EntryChange[]; all: number }) {
  const refs = [...new Set(changes.map(({ ref }) => ref))];
  return (
    <>
      <h3>{copy.changes}</h3>
      {refs.map((ref) => {
        const own = changes.filter((change) => change.ref === ref);
        return (
          <table className="entry-changes" key={ref}>
            <caption>
              <button type="button" className="link" onClick={() => goToRecord(ref)}>
                {own[0] && own[0].label !== ref ? `${ref} ${own[0].label}` : ref}
              </button>
            </caption>
            <thead>
              <tr>
                <th scope="col">{copy.field}</th>
                <th scope="col">{copy.before}</th>
                <th scope="col">{copy.after}</th>
              </tr>
            </thead>
            <tbody>
              {own.map((change) => (
                <tr key={change.field}>
                  <th scope="row">{change.title}</th>
                  <td>{change.before ?? <span className="muted">{copy.blank}</span>}</td>
                  <td>{change.after ?? <span className="muted">{copy.blank}</span>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        );
      })}
      {all > changes.length && <p className="muted entry-words">{copy.more(changes.length, all)}</p>}
    </>
  );
}

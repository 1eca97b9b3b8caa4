import { Button, HTMLSelect } from '@blueprintjs/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Briefing } from '../../../shared/contract/planSchemas.ts';
import { useClient } from '../../app/connection.ts';
import { describeError } from '../../app/reportError.ts';
import { showMoment } from '../../ui/dates.ts';
import type { Changes } from './changes.ts';
import { Difference } from './Difference.tsx';

const standing = 0;

/** Every version, and what differs between any two of them, or between one and what stands in the window. */
export function Versions(props: { briefing: Briefing; changes: Changes; onClose: () => void }) {
  const client = useClient();
  const { briefing, changes } = props;
  const newest = briefing.version;
  const [from, setFrom] = useState(Math.max(1, newest - 1));
  const [to, setTo] = useState(standing);
  const fromId = useId();
  const toId = useId();
  const list = useQuery({ queryKey: ['briefing-versions'], queryFn: () => client.briefing.versions() });
  const versions = list.data?.versions ?? [];
  const sides = useQueries({
    queries: [from, to].map((version) => ({
      queryKey: ['briefing-version', version, newest],
      queryFn: () => client.briefing.read(version === standing ? {} : { version }),
    })),
  });
  const [before, after] = sides.map((side) => side.data);
  const error = sides.find((side) => side.error)?.error ?? list.error;
  const textsOf = (of: Briefing, version: number) =>
    new Map(
      of.sections.map((section) => {
        const own = version === standing ? changes[section.key] : undefined;
        return [
          section.key,
          {
            title: section.title,
            text: own?.text ?? section.text,
            marking: own ? own.marking : section.marking,
          },
        ];
      }),
    );
  const old = before ? textsOf(before, from) : null;
  const next = after ? textsOf(after, to) : null;
  const differing =
    old && next
      ? [...new Set([...old.keys(), ...next.keys()])].flatMap((key) => {
          const one = old.get(key);
          const other = next.get(key);
          return one?.text === other?.text && one?.marking === other?.marking ? [] : [{ key, one, other }];
        })
      : null;
  const option = (version: { version: number; at: string; by: string }) => (
    <option key={version.version} value={version.version}>
      {`Version ${version.version}, ${showMoment(version.at)}, ${version.by}`}
    </option>
  );
  return (
    <section className="briefing-versions" aria-label="Versions of the briefing">
      <div className="briefing-editor-head">
        <h3>What differs</h3>
        <label htmlFor={fromId}>between</label>
        <HTMLSelect id={fromId} value={from} onChange={(event) => setFrom(Number(event.currentTarget.value))}>
          {versions.map(option)}
        </HTMLSelect>
        <label htmlFor={toId}>and</label>
        <HTMLSelect id={toId} value={to} onChange={(event) => setTo(Number(event.currentTarget.value))}>
          <option value={standing}>What stands in the window</option>
          {versions.map(option)}
        </HTMLSelect>
        <span className="status-gap" />
        <Button size="small" icon="edit" text="Back to writing" onClick={props.onClose} />
      </div>
      {error && (
        <p className="tone-danger" role="alert">
          {describeError(error).message}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
      <div className="briefing-differences" tabIndex={0}>
        {before && after && before.model !== after.model && (
          <p className="tone-warning">
            {before.model} before, {after.model} after.
          </p>
        )}
        {differing?.length === 0 && <p className="muted">Nothing differs.</p>}
        {differing?.map(({ key, one, other }) => (
          <article key={key}>
            <h4>{other?.title ?? one?.title}</h4>
            {(one?.marking ?? null) !== (other?.marking ?? null) && (
              <p className="muted">
                Marking: {one?.marking ?? 'as the operation'}, then {other?.marking ?? 'as the operation'}.
              </p>
            )}
            <Difference before={one?.text ?? ''} after={other?.text ?? ''} />
          </article>
        ))}
      </div>
    </section>
  );
}

import { useState } from 'react';
import type { SearchFacets, SearchQuestion } from '../../../shared/contract/areas/search.ts';
import { formatDate } from '../../../shared/domain/dates.ts';
import { grids } from '../../../shared/grid/grids.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { searchCopy } from '../../copy/search.ts';
import { readDate } from '../../ui/dates.ts';

const shownSources = 8;

export const kindTitle = (grid: GridName): string =>
  grid === 'sources' ? searchCopy.originalRows : grids[grid].title;

/** The counts beside the results: each is a choice, and is taken back by choosing it again. */
export function FacetPanel(props: {
  facets: SearchFacets;
  asked: SearchQuestion;
  onAsk: (asked: SearchQuestion) => void;
}) {
  const { facets, asked, onAsk } = props;
  const [allSources, setAllSources] = useState(false);
  // What was chosen stays to be taken back, although nothing is found under it now.
  const kinds = [
    ...facets.grids,
    ...(asked.in ?? [])
      .filter((grid) => !facets.grids.some((each) => each.grid === grid))
      .map(withNone('grid')),
  ];
  const grades = withChosen(facets.grades, asked.grade, (each) => each.grade, withNone('grade'));
  const listed = withChosen(
    facets.sources,
    asked.source,
    (each) => each.ref,
    (ref) => ({ ref, label: ref, count: 0 }),
  );
  const sources = allSources ? listed : listed.slice(0, shownSources);
  const years = facets.years.slice(0, 8);
  const yearOf = (from: string | undefined, to: string | undefined) =>
    from?.endsWith('-01-01') && to === `${from.slice(0, 4)}-12-31` ? from.slice(0, 4) : null;
  return (
    <aside className="search-facets" aria-label={searchCopy.facets}>
      <FacetGroup title={searchCopy.kind}>
        {kinds.map(({ grid, count }) => (
          <Choice
            key={grid}
            title={kindTitle(grid)}
            count={count}
            on={asked.in?.includes(grid) ?? false}
            onSwitch={() => onAsk(toggleGrid(asked, grid))}
          />
        ))}
      </FacetGroup>
      {listed.length > 0 && (
        <FacetGroup title={searchCopy.source}>
          {sources.map(({ ref, label, count }) => (
            <Choice
              key={ref}
              title={label}
              note={ref}
              count={count}
              on={asked.source === ref}
              onSwitch={() => onAsk(change(asked, { source: asked.source === ref ? undefined : ref }))}
            />
          ))}
          {listed.length > shownSources && !allSources && (
            <button type="button" className="link facet-all" onClick={() => setAllSources(true)}>
              {searchCopy.all}
            </button>
          )}
        </FacetGroup>
      )}
      {grades.length > 0 && (
        <FacetGroup title={searchCopy.grade}>
          {grades.map(({ grade, count }) => (
            <Choice
              key={grade}
              title={grade}
              count={count}
              on={asked.grade === grade}
              onSwitch={() => onAsk(change(asked, { grade: asked.grade === grade ? undefined : grade }))}
            />
          ))}
        </FacetGroup>
      )}
      {(years.length > 0 || asked.from !== undefined || asked.to !== undefined) && (
        <FacetGroup title={searchCopy.when}>
          {years.map(({ year, count }) => {
            const on = yearOf(asked.from, asked.to) === year;
            return (
              <Choice
                key={year}
                title={year}
                count={count}
                on={on}
                onSwitch={() =>
                  onAsk(
                    change(
                      asked,
                      on
                        ? { from: undefined, to: undefined }
                        : { from: `${year}-01-01`, to: `${year}-12-31` },
                    ),
                  )
                }
              />
            );
          })}
          <div className="facet-days">
            <DayField
              key={`from ${asked.from}`}
              title={searchCopy.from}
              value={asked.from}
              onDay={(from) => onAsk(change(asked, { from }))}
            />
            <DayField
              key={`to ${asked.to}`}
              title={searchCopy.to}
              value={asked.to}
              onDay={(to) => onAsk(change(asked, { to }))}
            />
          </div>
        </FacetGroup>
      )}
    </aside>
  );
}

const withNone =
  <Key extends string>(key: Key) =>
  <Value,>(value: Value) =>
    ({ [key]: value, count: 0 }) as Record<Key, Value> & { count: number };

/** The counts, the chosen value first where it is not among them. */
function withChosen<Each>(
  counts: readonly Each[],
  chosen: string | undefined,
  keyOf: (each: Each) => string,
  make: (chosen: string) => Each,
): readonly Each[] {
  if (chosen === undefined || counts.some((each) => keyOf(each) === chosen)) return counts;
  return [make(chosen), ...counts];
}

/** The question with other choices; a choice that is undefined is taken out. */
function change(
  asked: SearchQuestion,
  choices: { [Key in keyof SearchQuestion]?: SearchQuestion[Key] | undefined },
): SearchQuestion {
  return Object.fromEntries(
    Object.entries({ ...asked, ...choices }).filter(([, value]) => value !== undefined),
  ) as SearchQuestion;
}

function toggleGrid(asked: SearchQuestion, grid: GridName): SearchQuestion {
  const chosen = asked.in ?? [];
  const next = chosen.includes(grid) ? chosen.filter((each) => each !== grid) : [...chosen, grid];
  return change(asked, { in: next.length > 0 ? next : undefined });
}

function FacetGroup({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <fieldset className="facet-group">
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

function Choice(props: { title: string; note?: string; count: number; on: boolean; onSwitch: () => void }) {
  return (
    <button
      type="button"
      className="facet"
      aria-pressed={props.on}
      title={props.note}
      onClick={props.onSwitch}
    >
      <span className="facet-title">{props.title}</span>
      <span className="facet-count">{props.count.toLocaleString('en-GB')}</span>
    </button>
  );
}

function DayField(props: {
  title: string;
  value: string | undefined;
  onDay: (day: string | undefined) => void;
}) {
  const [text, setText] = useState(props.value ? formatDate(props.value) : '');
  const [wrong, setWrong] = useState(false);
  const commit = () => {
    const day = text.trim() === '' ? undefined : readDate(text);
    setWrong(day === null);
    if (day !== null && day !== props.value) props.onDay(day);
  };
  return (
    <label className="facet-day">
      <span>{props.title}</span>
      <input
        className="bp6-input bp6-small"
        value={text}
        placeholder="DD/MM/YYYY"
        aria-invalid={wrong}
        title={wrong ? searchCopy.badDay : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
      />
    </label>
  );
}

import { Button, Icon } from '@blueprintjs/core';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import type { SearchAnswer, SearchHit, SearchQuestion } from '../../../shared/contract/areas/search.ts';
import { keepSearch, openDossier, openRecord, showSource } from '../../app/navigation.ts';
import { describeError } from '../../app/reportError.ts';
import { searchCopy } from '../../copy/search.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { gridIcons } from '../../ui/gridIcons.ts';
import { ViewHead } from '../../ui/ViewHead.tsx';
import { HitRow, hitKey } from './HitRow.tsx';
import { FacetPanel, kindTitle } from './SearchFacets.tsx';
import { useFacets, useSearch } from './useSearch.ts';

function openHit(hit: SearchHit, everything: boolean): void {
  const [record] = hit.records ?? [];
  if (hit.row !== undefined && everything && record !== undefined) openDossier(record);
  else if (hit.row !== undefined) showSource(hit.ref, null, hit.row);
  else if (everything) openDossier(hit.ref);
  else openRecord(hit.ref);
}

/** Results of one kind stand together, the kind with the best of them first. */
function groupHits(hits: readonly SearchHit[]): [SearchHit['grid'], SearchHit[]][] {
  const groups = new Map<SearchHit['grid'], SearchHit[]>();
  for (const hit of hits) {
    const group = groups.get(hit.grid);
    if (group) group.push(hit);
    else groups.set(hit.grid, [hit]);
  }
  return [...groups];
}

/** A list as short as this is filled by itself. */
const shortList = 30;

const blank: SearchQuestion = { text: '' };

/** One box over everything: results by kind, counts at the side that narrow them. */
export function SearchView({ asked = blank }: { asked: SearchQuestion | undefined }) {
  const deferred = useDeferredValue(asked);
  const results = useSearch(deferred);
  const counts = useFacets(deferred);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const isBlank = deferred.text.trim() === '';
  const pages = isBlank ? [] : (results.data?.pages ?? []);
  const groups = groupHits(pages.flatMap((page) => page.hits));
  const hits = groups.flatMap(([, group]) => group);
  const labels = Object.assign({}, ...pages.map((page) => page.labels)) as Record<string, string>;
  const chosen = Math.min(active, hits.length - 1);
  const current = hits[chosen];

  const { hasNextPage, isFetching, fetchNextPage } = results;
  const isShort = hits.length < shortList;
  useEffect(() => {
    // Original rows come on a page of their own, after the records are there.
    if (isShort && hasNextPage && !isFetching) void fetchNextPage();
  }, [isShort, hasNextPage, isFetching, fetchNextPage]);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  useEffect(() => {
    if (current)
      list.current
        ?.querySelector(`#${CSS.escape(`hit-${hitKey(current)}`)}`)
        ?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  function ask(next: SearchQuestion): void {
    setActive(0);
    keepSearch(next);
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.key === 'ArrowDown') setActive(Math.min(chosen + 1, hits.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(chosen - 1, 0));
    else if (event.key === 'PageDown') setActive(Math.min(chosen + 10, hits.length - 1));
    else if (event.key === 'PageUp') setActive(Math.max(chosen - 10, 0));
    else if (event.key === 'Enter' && current) openHit(current, event.shiftKey);
    else if (event.key === 'Escape' && asked.text !== '') ask({ text: '' });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <section className="view search" aria-label={searchCopy.title}>
      <ViewHead title={searchCopy.title} note={searchCopy.note} />
      <div className="search-bar">
        <Icon icon="search" size={16} />
        <input
          ref={input}
          role="combobox"
          aria-expanded={hits.length > 0}
          aria-controls="search-results"
          aria-activedescendant={current ? `hit-${hitKey(current)}` : undefined}
          aria-label={searchCopy.field}
          placeholder={searchCopy.placeholder}
          maxLength={400}
          spellCheck={false}
          value={asked.text}
          onChange={(event) => ask({ ...asked, text: event.currentTarget.value })}
          onKeyDown={onKeyDown}
        />
        {asked.text !== '' && (
          <Button
            variant="minimal"
            size="small"
            icon="cross"
            aria-label={searchCopy.clear}
            onClick={() => {
              ask({ text: '' });
              input.current?.focus();
            }}
          />
        )}
      </div>
      {results.error && (
        <p className="tone-danger view-line" role="alert">
          {searchCopy.failed}. {describeError(results.error).message}
        </p>
      )}
      {isBlank ? (
        <Examples onTry={(text) => ask({ text })} />
      ) : (
        <div className="search-body">
          {counts.data && (counts.data.total > 0 || isNarrowed(asked)) && (
            <FacetPanel facets={counts.data} asked={asked} onAsk={ask} />
          )}
          <div className="search-main" aria-busy={results.isFetching}>
            {pages[0] && <Said answer={pages[0]} counted={counts.data ?? null} hasHits={hits.length > 0} />}
            {pages[0] && hits.length === 0 && pages[0].index.ready && (
              <EmptyState
                icon="search"
                title={searchCopy.nothingTitle}
                description={isNarrowed(asked) ? searchCopy.nothingHere : searchCopy.nothing}
              />
            )}
            <div
              className="search-results"
              id="search-results"
              role="listbox"
              aria-label={searchCopy.results}
              ref={list}
            >
              {groups.map(([grid, group]) => (
                // biome-ignore lint/a11y/useSemanticElements: groups of options in a list of results
                <div key={grid} role="group" aria-label={kindTitle(grid)}>
                  <p className="hit-group" aria-hidden>
                    <Icon icon={gridIcons[grid]} size={13} /> {kindTitle(grid)}
                  </p>
                  {group.map((hit) => (
                    <HitRow
                      key={hitKey(hit)}
                      hit={hit}
                      labels={labels}
                      active={hit === current}
                      onOpen={(everything) => {
                        setActive(hits.indexOf(hit));
                        openHit(hit, everything);
                      }}
                    />
                  ))}
                </div>
              ))}
            </div>
            {results.hasNextPage && (
              <Button
                className="more"
                text={searchCopy.more}
                loading={results.isFetchingNextPage}
                onClick={() => void results.fetchNextPage()}
              />
            )}
          </div>
        </div>
      )}
    </section>
  );
}

const isNarrowed = ({ text: _, ...choices }: SearchQuestion) => Object.keys(choices).length > 0;

/** How many were found, what the text was read as, and what is not yet in the index. */
function Said(props: {
  answer: SearchAnswer;
  counted: { total: number; complete: boolean } | null;
  hasHits: boolean;
}) {
  const { answer, counted } = props;
  const parts = [
    ...answer.readings.map(({ kind, text }) => `${searchCopy.readAs} ${searchCopy.kinds[kind]} ${text}`),
    ...answer.instead.map(
      ({ typed, words }) => `${searchCopy.alsoLookedFor}: ${words.join(', ')} (${typed})`,
    ),
  ];
  return (
    <div className="search-said" role="status">
      {counted && props.hasHits && <strong>{searchCopy.found(counted.total, counted.complete)}</strong>}
      {parts.map((part) => (
        <span key={part}>{part}</span>
      ))}
      {!answer.index.ready && (
        <span className="tone-warning">
          {searchCopy.building} ({Math.floor(answer.index.share * 100)}% {searchCopy.built})
        </span>
      )}
      {props.hasHits && <span className="muted search-keys">{searchCopy.keys}</span>}
    </div>
  );
}

function Examples({ onTry }: { onTry: (text: string) => void }) {
  return (
    <div className="search-examples">
      <EmptyState icon="search" title={searchCopy.emptyTitle} />
      <table className="table" aria-label={searchCopy.examplesTitle}>
        <tbody>
          {searchCopy.examples.map(({ typed, means }) => (
            <tr key={typed}>
              <td className="nowrap">
                <button type="button" className="link" onClick={() => onTry(typed)}>
                  {typed}
                </button>
              </td>
              <td>{means}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted">{searchCopy.notHere}</p>
    </div>
  );
}

import { Icon, type IconName } from '@blueprintjs/core';
import { useEffect, useRef, useState } from 'react';
import { formatDateTime } from '../../../shared/domain/dates.ts';
import { goTo } from '../../app/navigation.ts';
import { describeError } from '../../app/reportError.ts';
import { useMay } from '../../app/role.ts';
import { showLabel } from '../../grid/format.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ViewHead } from '../../ui/ViewHead.tsx';
import { shortAddress } from '../board/timeline.ts';
import { ukNow } from '../clocks/remaining.ts';
import { type DayPlace, placesOfDay } from './dayPlaces.ts';
import { ResultForm } from './ResultForm.tsx';
import { TallyPanel } from './TallyPanel.tsx';
import { useDay, useDaySaver } from './useDay.ts';

const states: Readonly<Record<DayPlace['state'], { words: string; icon: IconName; tone: string }>> = {
  none: { words: 'Not entered', icon: 'circle', tone: 'muted' },
  entered: { words: 'Entered', icon: 'edit', tone: 'tone-warning' },
  closed: { words: 'Closed', icon: 'tick-circle', tone: 'tone-good' },
};

/** After the day: the premises at the left, one form for what came of each, the tally and what is outstanding beside. */
export function ResultsView({ premises }: { premises: string | null }) {
  const day = useDay();
  const saver = useDaySaver();
  const may = useMay();
  const [visit, setVisit] = useState<{ premises: string; ref: string | 'new' } | null>(null);
  const places = day.board && day.results ? placesOfDay(day.board, day.results, day.warrants) : null;
  // The view begins with what is open, and stays there when that is closed.
  const begun = useRef<string | null>(null);
  begun.current ??= (places?.find(({ state }) => state !== 'closed') ?? places?.[0])?.premises ?? null;
  const wanted = premises ?? begun.current;
  const place = places?.find((each) => each.premises === wanted);
  // A premises that is asked for by name and is not of the day can still be entered.
  const shown: DayPlace | undefined =
    place ??
    (places && premises !== null
      ? { premises, team: null, warrants: [], targets: [], safeguarding: false, results: [], state: 'none' }
      : undefined);
  const chosen = visit && visit.premises === shown?.premises ? visit.ref : null;
  const result =
    chosen === 'new'
      ? null
      : (shown?.results.find(({ ref }) => ref === chosen) ?? shown?.results.at(-1) ?? null);
  const open = (next: DayPlace | undefined) => next && goTo({ kind: 'results', premises: next.premises });
  const step = (by: number) => {
    const index = places?.findIndex((each) => each.premises === shown?.premises) ?? -1;
    open(places?.[index + by]);
  };
  // On the window: the button that closed a result goes with it, and the focus with the button.
  const stepNow = useRef(step);
  stepNow.current = step;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!event.altKey || (event.key !== 'PageDown' && event.key !== 'PageUp')) return;
      event.preventDefault();
      stepNow.current(event.key === 'PageDown' ? 1 : -1);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  const counts = (state: DayPlace['state']) => places?.filter((each) => each.state === state).length ?? 0;
  return (
    <section className="view day" aria-label="After the day">
      <ViewHead
        title="After the day"
        note={
          places
            ? `${counts('none')} not entered, ${counts('entered')} entered, ${counts('closed')} closed. Each field is saved when you leave it; Alt + Page Down is the next premises.`
            : ''
        }
      />
      {day.error && (
        <p className="tone-danger view-line" role="alert">
          {describeError(day.error).message}
        </p>
      )}
      {places && places.length === 0 && !shown && (
        <EmptyState
          icon="form"
          title="No premises of the day"
          description="Premises come here from the targets, the warrants and the teams of the plan, and from results that were imported."
        />
      )}
      {places && shown && (
        <div className="day-area">
          <PlaceList places={places} current={shown.premises} labels={day.labels} onOpen={open} />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
          <section className="day-form" aria-label="Result" tabIndex={0}>
            <fieldset className="day-fields" disabled={!may}>
              <ResultForm
                key={`${shown.premises} ${chosen === 'new' ? 'new' : ''}`}
                place={shown}
                result={result}
                warrants={day.warrants}
                arrests={day.arrests}
                seizures={day.seizures}
                labels={day.labels}
                day={day.board?.strike?.slice(0, 10) ?? ukNow().slice(0, 10)}
                saver={saver}
                onVisit={(ref) => setVisit({ premises: shown.premises, ref })}
              />
            </fieldset>
          </section>
          <TallyPanel />
        </div>
      )}
    </section>
  );
}

function PlaceList(props: {
  places: readonly DayPlace[];
  current: string;
  labels: Record<string, string>;
  onOpen: (place: DayPlace) => void;
}) {
  return (
    <nav className="day-places" aria-label="Premises of the day">
      <ul>
        {props.places.map((place) => {
          const { words, icon, tone } = states[place.state];
          const label = showLabel(place.premises, props.labels);
          const entered = place.results.at(-1)?.enteredAt;
          return (
            <li key={place.premises}>
              <button
                type="button"
                data-ref={place.premises}
                className={`day-place ${place.safeguarding ? 'has-safeguarding' : ''}`}
                aria-current={place.premises === props.current ? 'true' : undefined}
                title={label}
                onClick={() => props.onOpen(place)}
              >
                <Icon icon={icon} size={13} className={tone} />
                <span className="day-place-words">
                  <strong>{shortAddress(label)}</strong>
                  <span className="muted">
                    {[
                      words,
                      typeof entered === 'string' ? formatDateTime(entered).slice(11) : '',
                      place.team ? showLabel(place.team, props.labels) : 'no team',
                    ]
                      .filter(Boolean)
                      .join(', ')}
                  </span>
                  {place.safeguarding && (
                    <span className="board-safeguarding day-mark">
                      <Icon icon="heart" size={11} /> Safeguarding
                    </span>
                  )}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

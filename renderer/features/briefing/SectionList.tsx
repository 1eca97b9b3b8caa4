import { Icon } from '@blueprintjs/core';
import { briefingCopy } from '../../copy/briefing.ts';

/** A section or a field with what is to be told of it at a glance. */
export interface SectionState {
  key: string;
  title: string;
  group: 'section' | 'field';
  empty: boolean;
  unknownFacts: number;
  misspelt: number;
  unsaved: boolean;
  conflict: boolean;
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** What is said under the title, worst first. */
function summarise(state: SectionState): string {
  return [
    state.conflict ? 'changed by somebody else' : '',
    state.unsaved ? 'not saved' : '',
    state.empty ? 'empty' : '',
    state.unknownFacts > 0 ? count(state.unknownFacts, 'unknown fact') : '',
    state.misspelt > 0 ? `${count(state.misspelt, 'word')} to look at` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function iconOf(state: SectionState) {
  if (state.conflict) return <Icon icon="git-merge" size={13} className="tone-danger" />;
  if (state.empty) return <Icon icon="circle" size={13} className="muted" />;
  if (state.unknownFacts > 0) return <Icon icon="warning-sign" size={13} className="tone-warning" />;
  return <Icon icon="tick-circle" size={13} className="tone-good" />;
}

/** The sections at the left. Arrow keys go from one to the next. */
export function SectionList(props: {
  sections: readonly SectionState[];
  current: string;
  onChoose: (key: string) => void;
}) {
  const groups = [
    { title: briefingCopy.title, sections: props.sections.filter(({ group }) => group === 'section') },
    { title: briefingCopy.beside, sections: props.sections.filter(({ group }) => group === 'field') },
  ];
  return (
    <nav className="briefing-sections" aria-label="Sections">
      {groups.map((group) => (
        <div key={group.title}>
          <h3>{group.title}</h3>
          {group.sections.map((state) => (
            <button
              type="button"
              key={state.key}
              className="briefing-section"
              aria-current={state.key === props.current ? 'true' : undefined}
              onClick={() => props.onChoose(state.key)}
              onKeyDown={(event) => {
                const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
                if (step === undefined) return;
                event.preventDefault();
                const buttons = [
                  ...(event.currentTarget.closest('nav')?.querySelectorAll<HTMLButtonElement>('button') ??
                    []),
                ];
                buttons[buttons.indexOf(event.currentTarget) + step]?.focus();
              }}
            >
              {iconOf(state)}
              <span className="briefing-section-title">{state.title}</span>
              <span className={`briefing-section-state ${state.conflict ? 'tone-danger' : ''}`}>
                {summarise(state)}
              </span>
            </button>
          ))}
        </div>
      ))}
    </nav>
  );
}

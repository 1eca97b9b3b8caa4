import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { BriefingFact } from '../../../shared/domain/briefingFacts.ts';
import { useMay } from '../../app/role.ts';
import { briefingCopy } from '../../copy/briefing.ts';
import type { Choice, Misspelling, Offer } from './completion.ts';
import { markText, nextMisspelling, offerFacts, offerSpelling } from './completion.ts';
import { leaveWord } from './useSpelling.ts';

/**
 * A text with its facts and misspelt words marked. The marks lie in a copy of the text underneath; the browser's own
 * spelling check is off, because it would fetch dictionaries.
 */
export function TextEditor(props: {
  label: string;
  describedBy: string;
  text: string;
  /** Facts to choose from; none where facts are not filled in. */
  facts: readonly BriefingFact[];
  misspelt: readonly Misspelling[];
  onChange: (text: string) => void;
}) {
  const { text, facts, misspelt } = props;
  const may = useMay();
  const area = useRef<HTMLTextAreaElement>(null);
  const marks = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
  const [offer, setOffer] = useState<Offer | null>(null);
  const [active, setActive] = useState(0);
  const [place, setPlace] = useState({ left: 0, top: 0 });
  const chosen = offer ? Math.min(active, offer.choices.length - 1) : -1;
  const listed = offer !== null && offer.choices.length > 0;

  useEffect(() => {
    list.current?.querySelector(`[data-index="${chosen}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  // The list hangs below the piece of text that it is about, as far as that is in sight.
  useLayoutEffect(() => {
    const copy = marks.current;
    if (!offer || !copy) return;
    const rectangle = rectangleAt(copy, offer.from);
    const frame = copy.getBoundingClientRect();
    if (!rectangle) return;
    setPlace({
      left: Math.max(0, Math.min(rectangle.left - frame.left, frame.width - 300)),
      top: Math.max(0, Math.min(rectangle.bottom - frame.top, frame.height - 40)),
    });
  }, [offer]);

  function show(next: Offer | null): void {
    setOffer(next);
    setActive(0);
  }

  function take(choice: Choice | undefined): void {
    const field = area.current;
    if (!offer || !choice || !field) return;
    show(null);
    field.focus();
    if (choice.insert === null) {
      leaveWord(text.slice(offer.from, offer.to).replaceAll('’', "'"));
      field.setSelectionRange(offer.to, offer.to);
      return;
    }
    field.setSelectionRange(offer.from, offer.to);
    // The one way of changing a field that its own undo knows of.
    document.execCommand('insertText', false, choice.insert);
    show(null);
  }

  function goToMisspelling(): void {
    const field = area.current;
    const found = nextMisspelling(misspelt, field?.selectionEnd ?? 0);
    if (!field || !found) return;
    field.setSelectionRange(found.at, found.at + found.word.length);
    show(offerSpelling(found, briefingCopy.leaveWord));
  }

  function handleKey(event: React.KeyboardEvent): void {
    if (event.key === 'F7') goToMisspelling();
    else if (!offer) return;
    else if (event.key === 'Escape') show(null);
    else if (listed && event.key === 'ArrowDown') setActive(Math.min(chosen + 1, offer.choices.length - 1));
    else if (listed && event.key === 'ArrowUp') setActive(Math.max(chosen - 1, 0));
    else if (listed && (event.key === 'Enter' || event.key === 'Tab')) take(offer.choices[chosen]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className="briefing-text">
      <div className="briefing-marks" ref={marks} aria-hidden="true">
        {markText(text, facts, misspelt).map((piece) => (
          <span
            key={piece.at}
            data-at={piece.at}
            className={
              // A field that takes no facts shows none.
              facts.length === 0 && piece.mark !== 'misspelt' ? 'mark-plain' : `mark-${piece.mark}`
            }
          >
            {piece.text}
          </span>
        ))}
        {/* A last line without a character would have no height. */}
        {'\u200B'}
      </div>
      <textarea
        ref={area}
        value={text}
        readOnly={!may}
        spellCheck={false}
        autoComplete="off"
        aria-label={props.label}
        aria-describedby={props.describedBy}
        {...(listed
          ? {
              'aria-controls': listId,
              'aria-activedescendant': `${listId}-${chosen}`,
              'aria-autocomplete': 'list' as const,
            }
          : {})}
        onChange={(event) => {
          const { value, selectionStart } = event.currentTarget;
          props.onChange(value);
          show(facts.length === 0 ? null : offerFacts(value, selectionStart, facts));
        }}
        onKeyDown={handleKey}
        onScroll={(event) => {
          if (marks.current) marks.current.scrollTop = event.currentTarget.scrollTop;
          show(null);
        }}
        onPointerDown={() => show(null)}
        onBlur={() => show(null)}
        onContextMenu={(event) => {
          const { selectionStart } = event.currentTarget;
          const found = misspelt.find(
            (each) => each.at <= selectionStart && selectionStart <= each.at + each.word.length,
          );
          if (!found) return;
          event.preventDefault();
          show(offerSpelling(found, briefingCopy.leaveWord));
        }}
      />
      {offer && (
        <div
          className="briefing-choices"
          id={listId}
          ref={list}
          role="listbox"
          aria-label={offer.kind === 'facts' ? 'Facts of the plan' : 'Other spellings'}
          style={place}
        >
          {offer.choices.map((choice, index) => (
            <div
              key={choice.id}
              id={`${listId}-${index}`}
              data-index={index}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              className={`value-choice ${index === chosen ? 'is-active' : ''}`}
              onPointerDown={(event) => {
                event.preventDefault();
                take(choice);
              }}
            >
              <span>{choice.label}</span>
              <span className="value-note">{choice.note}</span>
            </div>
          ))}
          {!listed && (
            <div
              className="value-choice"
              role="option"
              aria-disabled="true"
              aria-selected={false}
              tabIndex={-1}
            >
              {briefingCopy.noFact}
            </div>
          )}
        </div>
      )}
    </div>
  );
}

/** Where the character at `at` is shown in the copy of the text. */
function rectangleAt(copy: HTMLElement, at: number): DOMRect | null {
  for (const span of copy.querySelectorAll<HTMLElement>('span[data-at]')) {
    const start = Number(span.dataset.at);
    const node = span.firstChild;
    if (!node || at < start || at >= start + (node.textContent?.length ?? 0)) continue;
    const range = document.createRange();
    range.setStart(node, at - start);
    range.setEnd(node, at - start + 1);
    return range.getBoundingClientRect();
  }
  return null;
}

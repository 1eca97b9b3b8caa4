import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { EngineClient } from '../../shared/contract/client.ts';
import type { CellValue } from '../../shared/grid/query.ts';
import type { Column } from '../../shared/grid/types.ts';
import { isTyped, readDraft, useDraft } from '../app/drafts.ts';
import { findCodes } from '../grid/codes.ts';
import { formatValue, type Labels, showLabel, splitRefs } from '../grid/format.ts';
import { type EditDraft, readEdit } from '../grid/readEdit.ts';

/**
 * How a draft was meant: Enter, Shift+Enter (up), Ctrl+Enter (everywhere in the chosen cells), or picked with the
 * pointer.
 */
export type CommitKey = 'enter' | 'up' | 'everywhere' | 'pick';

interface Choice {
  value: string;
  label: string;
  note?: string;
}

export interface ValueEditorProps {
  column: Column;
  value: CellValue;
  labels: Labels;
  client: EngineClient;
  /** Text that replaces the value from the start: the key that opened the cell, or a refused entry. */
  startText?: string | undefined;
  /** The place that what is typed is kept under until it is saved or left; it begins with what was kept. */
  draftKey?: string | undefined;
  autoFocus?: boolean;
  disabled?: boolean;
  /** Choosing from the list is not yet a commit: there are other fields to fill. */
  pickOnly?: boolean;
  /** Words about a draft before it is saved, for instance that a warrant will have expired. */
  check?: ((draft: EditDraft) => { tone: 'danger' | 'warning'; message: string } | null) | undefined;
  onDraft: (draft: EditDraft) => void;
  /** Tab in a grid: the draft is meant, and the cell beside is next. Without it Tab goes its usual way. */
  onTab?: (back: boolean) => void;
  /** Enter: the draft is meant. Without it Enter does nothing here. */
  onCommit?: ((draft: EditDraft, key: CommitKey) => void) | undefined;
  onCancel?: (() => void) | undefined;
}

/** Searches records for a reference column; the newest question wins. */
function useRecordChoices(props: ValueEditorProps, text: string, active: boolean): readonly Choice[] {
  const [choices, setChoices] = useState<readonly Choice[]>([]);
  const { client, column } = props;
  useEffect(() => {
    if (!active) return;
    let current = true;
    const wait = setTimeout(() => {
      client.records.find({ text, grids: [...(column.to ?? [])], limit: 12 }).then(
        ({ matches }) => {
          if (current)
            setChoices(
              matches.map(({ ref, label }) => ({
                value: ref,
                label: showLabel(ref, { [ref]: label }),
                note: ref,
              })),
            );
        },
        () => {
          if (current) setChoices([]);
        },
      );
    }, 120);
    return () => {
      current = false;
      clearTimeout(wait);
    };
  }, [client, column.to, text, active]);
  return choices;
}

/**
 * The field for one value of a column: text, date, choice from a code list, or a record found by typing.
 * Used in grid cells, in the record panel and in the form for a new record.
 */
export function ValueEditor(props: ValueEditorProps) {
  const { column } = props;
  const several = column.type === 'refs' || column.type === 'codes';
  const isRef = column.type === 'ref' || column.type === 'refs';
  const listed = isRef || column.type === 'code' || column.type === 'codes' || column.type === 'yesNo';

  const [kept] = useState(() =>
    props.draftKey !== undefined && props.startText === undefined ? readDraft(props.draftKey, isTyped) : null,
  );
  const [picked, setPicked] = useState<readonly Choice[]>(() => {
    if (kept) return kept.picked;
    return several && props.startText === undefined
      ? splitRefs(props.value).map((value) => ({
          value,
          label: isRef ? showLabel(value, props.labels) : formatValue(column, value),
        }))
      : [];
  });
  const [first] = useState(picked);
  const [text, setText] = useState(() =>
    kept
      ? kept.text
      : props.startText !== undefined
        ? props.startText
        : several
          ? ''
          : formatValue(column, props.value, props.labels),
  );
  const [typed, setTyped] = useState(props.startText !== undefined || kept !== null);
  useDraft(
    props.draftKey,
    typed || picked !== first ? { text, picked: picked.map(({ value, label }) => ({ value, label })) } : null,
  );
  const [active, setActive] = useState(0);
  const [open, setOpen] = useState(false);
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const listId = useId();

  const found = useRecordChoices(props, typed ? text : '', isRef && open);
  const choices = useMemo((): readonly Choice[] => {
    if (isRef) return found.filter(({ value }) => !picked.some((entry) => entry.value === value));
    const all =
      column.type === 'yesNo'
        ? [
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No' },
          ]
        : findCodes(column.codes).map(({ code, label }) => ({ value: code, label }));
    const needle = typed ? text.trim().toLowerCase() : '';
    return all.filter(
      ({ value, label }) =>
        (label.toLowerCase().includes(needle) || value.toLowerCase().startsWith(needle)) &&
        !picked.some((entry) => entry.value === value),
    );
  }, [isRef, found, picked, column, text, typed]);

  const draft = useMemo((): EditDraft => {
    if (several) {
      const value = picked.map((entry) => entry.value).join(',');
      if (text.trim() !== '')
        return { ok: false, text, message: 'Choose from the list, or clear what was typed.' };
      return {
        ok: true,
        value: value === '' ? null : value,
        labels: Object.fromEntries(picked.map((entry) => [entry.value, entry.label])),
      };
    }
    const single = picked[0];
    if (single) return { ok: true, value: single.value, labels: { [single.value]: single.label } };
    if (!typed) return { ok: true, value: props.value };
    return readEdit(column, text);
  }, [several, picked, text, typed, column, props.value]);

  const report = props.onDraft;
  useEffect(() => report(draft), [draft, report]);
  // With the first focus, whoever gives it, and never later: what was typed since would be chosen with the rest, and
  // the next key would replace it.
  const replaces = props.autoFocus && props.startText === undefined;
  useLayoutEffect(() => {
    const field = input.current;
    if (!replaces || !field) return;
    const choose = () => field.select();
    if (document.activeElement === field) choose();
    else field.addEventListener('focus', choose, { once: true });
    return () => field.removeEventListener('focus', choose);
  }, [replaces]);
  useEffect(() => {
    if (props.autoFocus) input.current?.focus();
  }, [props.autoFocus]);

  function pick(choice: Choice): EditDraft {
    setActive(0);
    if (several) {
      setPicked([...picked, choice]);
      setText('');
      setTyped(true);
      input.current?.focus();
      return draft;
    }
    setPicked([choice]);
    setText(choice.label);
    setOpen(false);
    return { ok: true, value: choice.value, labels: { [choice.value]: choice.label } };
  }

  // The newest closure for the listener below, which must sit on the element itself: the grid listens above it.
  const handleKey = useRef<(event: KeyboardEvent) => void>(() => undefined);
  handleKey.current = (event) => {
    const claim = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (listed && event.key === 'ArrowDown') {
      claim();
      setOpen(true);
      setActive(Math.min(active + 1, Math.max(choices.length - 1, 0)));
    } else if (listed && event.key === 'ArrowUp') {
      claim();
      setActive(Math.max(active - 1, 0));
    } else if (event.key === 'Backspace' && several && text === '' && picked.length > 0) {
      claim();
      setPicked(picked.slice(0, -1));
    } else if (event.key === 'Escape' && props.onCancel) {
      claim();
      props.onCancel();
    } else if (event.key === 'Enter' && !(column.type === 'longText' && event.shiftKey)) {
      const choice = choices[active];
      const wantsChoice = listed && open && choice && (typed || active > 0) && text.trim() !== '';
      claim();
      if (wantsChoice && several) {
        pick(choice);
        return;
      }
      const meant = wantsChoice ? pick(choice) : draft;
      const how = event.ctrlKey || event.metaKey ? 'everywhere' : event.shiftKey ? 'up' : 'enter';
      // In a form a pick fills the field and no more.
      if (meant.ok && !(wantsChoice && props.pickOnly)) props.onCommit?.(meant, how);
    } else if (/^(Arrow(Left|Right)|Home|End|Page)/.test(event.key)) {
      event.stopPropagation();
    } else if (event.key === 'Tab') {
      const choice = listed && open && !several && typed ? choices[active] : undefined;
      if (choice && text.trim() !== '') props.onDraft(pick(choice));
      if (props.onTab) {
        claim();
        props.onTab(event.shiftKey);
      }
    }
  };
  useEffect(() => {
    const element = input.current;
    const listen = (event: KeyboardEvent) => handleKey.current(event);
    element?.addEventListener('keydown', listen);
    return () => element?.removeEventListener('keydown', listen);
  }, []);

  const checked = props.check?.(draft) ?? null;
  const message =
    draft.ok || (listed && open)
      ? checked
      : typed && text.trim() !== ''
        ? { tone: 'danger' as const, message: draft.message }
        : null;
  const shared = {
    ref: input,
    value: text,
    disabled: props.disabled ?? false,
    spellCheck: false,
    className: 'value-input',
    'aria-label': column.title,
    'aria-invalid': !draft.ok && !open,
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      setText(event.currentTarget.value);
      setTyped(true);
      setOpen(listed);
      setActive(0);
      if (!several) setPicked([]);
    },
  };

  return (
    <div className={`value-editor ${listed ? 'value-listed' : ''}`}>
      {several && picked.length > 0 && (
        <div className="value-tokens">
          {picked.map((entry) => (
            <button
              type="button"
              key={entry.value}
              className="value-token"
              title="Take out"
              onClick={() => setPicked(picked.filter(({ value }) => value !== entry.value))}
            >
              {entry.label} ×
            </button>
          ))}
        </div>
      )}
      {column.type === 'longText' ? (
        <textarea {...shared} rows={4} />
      ) : (
        <input
          {...shared}
          type="text"
          placeholder={placeholderOf(column)}
          {...(listed ? { role: 'combobox', 'aria-expanded': open, 'aria-controls': listId } : {})}
          onFocus={() => setOpen(listed)}
          onBlur={() => setTimeout(() => setOpen(false), 150)}
        />
      )}
      {listed && open && choices.length > 0 && (
        <div className="value-choices" id={listId} role="listbox" aria-label={`Choices for ${column.title}`}>
          {choices.slice(0, 60).map((choice, index) => (
            <div
              key={choice.value}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={`value-choice ${index === active ? 'is-active' : ''}`}
              onPointerDown={(event) => {
                event.preventDefault();
                const meant = pick(choice);
                if (!several && !props.pickOnly) props.onCommit?.(meant, 'pick');
              }}
            >
              <span>{choice.label}</span>
              {choice.note && <span className="value-note">{choice.note}</span>}
            </div>
          ))}
        </div>
      )}
      {message && (
        <div className={`value-message tone-${message.tone}`} role="alert">
          {message.message}
        </div>
      )}
    </div>
  );
}

function placeholderOf(column: Column): string {
  if (column.type === 'date') return 'DD/MM/YYYY';
  if (column.type === 'datetime') return 'DD/MM/YYYY HH:MM';
  if (column.type === 'ref' || column.type === 'refs') return 'Type to find';
  return '';
}

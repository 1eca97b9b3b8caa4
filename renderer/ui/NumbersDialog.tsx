import { Button, Dialog, DialogBody, DialogFooter } from '@blueprintjs/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatDate } from '../../shared/domain/dates.ts';
import type { Sourced } from '../../shared/reference/reference.ts';
import { refreshQueries } from '../app/connection.ts';
import { showMessage } from '../app/messages.ts';
import { describeError } from '../app/reportError.ts';
import { useMay } from '../app/role.ts';
import { numbersCopy } from '../copy/numbers.ts';
import { FormField } from './FormField.tsx';

interface NumberField {
  title: string;
  unit: keyof typeof numbersCopy.units;
  least: number;
  most: number;
  note: string;
}

interface Numbers<Name extends string> {
  /** Each number with its limits, in the order in which they are shown. */
  fields: Readonly<Record<Name, NumberField>>;
  source: Sourced;
  note: string;
  savedWords: string;
  /** Keeps them; whether anything changed. */
  save: (values: Record<Name, number>) => Promise<{ saved: boolean }>;
  onClose: () => void;
}

const readNumber = (text: string) => Number(text.replace(',', '.'));

function problemOf({ least, most }: NumberField, text: string): string | undefined {
  const value = readNumber(text);
  return text.trim() === '' || Number.isNaN(value) || value < least || value > most
    ? numbersCopy.range(least, most)
    : undefined;
}

/** Numbers that are the user's to say, with what the product itself would say; a reader sees them. */
export function NumbersDialog<Name extends string>(
  props: Numbers<Name> & {
    title: string;
    queryKey: readonly string[];
    load: () => Promise<{ now: Record<Name, number>; defaults: Record<Name, number> }>;
  },
) {
  const { data, error } = useQuery({ queryKey: props.queryKey, queryFn: props.load });
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={props.title}
      className="numbers-dialog"
      canOutsideClickClose={false}
    >
      {error && (
        <DialogBody>
          <p className="tone-danger">{describeError(error).message}</p>
        </DialogBody>
      )}
      {data && <NumbersForm {...props} {...data} />}
    </Dialog>
  );
}

function NumbersForm<Name extends string>(
  props: Numbers<Name> & { now: Record<Name, number>; defaults: Record<Name, number> },
) {
  const { fields, defaults } = props;
  const names = Object.keys(fields) as Name[];
  const textsOf = (values: Record<Name, number>) =>
    Object.fromEntries(names.map((name) => [name, String(values[name])])) as Record<Name, string>;
  const may = useMay();
  const [texts, setTexts] = useState(() => textsOf(props.now));
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const isWrong = names.some((name) => problemOf(fields[name], texts[name]) !== undefined);

  async function save(): Promise<void> {
    if (isWrong || !may) return;
    setBusy(true);
    try {
      const wanted = Object.fromEntries(names.map((name) => [name, readNumber(texts[name])]));
      const { saved } = await props.save(wanted as Record<Name, number>);
      props.onClose();
      if (saved) showMessage({ tone: 'done', text: props.savedWords });
      refreshQueries();
    } catch (caught) {
      setTrouble(describeError(caught).words);
      setBusy(false);
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <DialogBody>
        <p className="muted">
          {props.note} {props.source.source}, checked {formatDate(props.source.checked)}.
        </p>
        <div className="numbers-fields">
          {names.map((name) => {
            const { title, unit, note } = fields[name];
            const isOwn = readNumber(texts[name]) !== defaults[name];
            return (
              <FormField
                key={name}
                label={title}
                hint={`${note}${isOwn ? ` ${numbersCopy.default(defaults[name])}` : ''}`}
                error={problemOf(fields[name], texts[name])}
              >
                {(input) => (
                  <span className="numbers-field">
                    <input
                      {...input}
                      className="value-input"
                      inputMode="decimal"
                      readOnly={!may}
                      value={texts[name]}
                      onChange={(event) => {
                        const text = event.currentTarget.value;
                        setTexts((now) => ({ ...now, [name]: text }));
                      }}
                    />
                    <span className="muted">{numbersCopy.units[unit]}</span>
                  </span>
                )}
              </FormField>
            );
          })}
        </div>
        {trouble && (
          <p className="tone-danger" role="alert">
            {trouble}
          </p>
        )}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            {may && <Button text={numbersCopy.defaults} onClick={() => setTexts(textsOf(defaults))} />}
            <Button text={may ? numbersCopy.leave : numbersCopy.close} onClick={props.onClose} />
            {may && (
              <Button
                type="submit"
                intent="primary"
                text={numbersCopy.save}
                loading={busy}
                disabled={isWrong}
              />
            )}
          </>
        }
      />
    </form>
  );
}

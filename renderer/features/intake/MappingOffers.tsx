import { Button, Icon, InputGroup } from '@blueprintjs/core';
import { useState } from 'react';
import type { MappingOffer, SheetGuess, SheetMapping } from '../../../shared/contract/schemas.ts';
import { isForm } from '../../../shared/intake/kinds.ts';
import { useClient } from '../../app/connection.ts';
import { showMessage } from '../../app/messages.ts';
import { describeError } from '../../app/reportError.ts';
import { mappingOf } from './importState.ts';
import { SavedMappings } from './SavedMappings.tsx';

/** True when the sheet is read as this saved mapping says. */
function isInUse(offer: MappingOffer, mapping: SheetMapping): boolean {
  if (!offer.mapping) return false;
  const { refresh: _, ...now } = mapping;
  return (
    now.kind === offer.mapping.kind &&
    now.headerRow === offer.mapping.headerRow &&
    JSON.stringify(now.columns) === JSON.stringify(offer.mapping.columns)
  );
}

/** Saved mappings for this sheet, with why they fit or do not. */
export function MappingOffers(props: {
  guess: SheetGuess;
  mapping: SheetMapping;
  onChange: (change: (mapping: SheetMapping) => SheetMapping) => void;
}) {
  const { guess, mapping, onChange } = props;
  const [all, setAll] = useState(false);
  if (guess.offers.length === 0) return null;
  const shown = all ? guess.offers : guess.offers.slice(0, 2);
  return (
    <div className="mapping-offers">
      {shown.map((offer) => {
        const inUse = isInUse(offer, mapping);
        return (
          <p key={offer.id} className={`mapping-offer ${offer.fits ? 'is-fitting' : ''}`}>
            <Icon icon={offer.fits ? 'bookmark' : 'cross'} size={12} />
            <span>
              Saved mapping <strong>{offer.name}</strong>{' '}
              {offer.fits ? (inUse ? 'is in use' : 'fits') : 'does not fit'}: {offer.reason}
            </span>
            {offer.mapping && !inUse && (
              <Button
                size="small"
                text="Use it"
                aria-label={`Use the mapping ${offer.name}`}
                onClick={() => {
                  const taken = offer.mapping;
                  if (taken)
                    onChange((now) => ({ ...taken, ...(now.refresh ? { refresh: now.refresh } : {}) }));
                }}
              />
            )}
            {inUse && (
              <Button
                size="small"
                variant="minimal"
                text="Back to the guess"
                onClick={() => onChange(() => mappingOf(guess))}
              />
            )}
          </p>
        );
      })}
      {guess.offers.length > shown.length && (
        <Button
          size="small"
          variant="minimal"
          text={`${guess.offers.length - shown.length} more`}
          onClick={() => setAll(true)}
        />
      )}
    </div>
  );
}

/** Saves how the sheet is read now, and shows what was saved before. */
export function MappingActions(props: {
  guess: SheetGuess;
  mapping: SheetMapping;
  headings: readonly string[];
}) {
  const [saving, setSaving] = useState(false);
  const [managing, setManaging] = useState(false);
  return (
    <div className="mapping-actions">
      {props.mapping.kind !== null && !isForm(props.mapping.kind) && !saving && (
        <Button
          size="small"
          variant="minimal"
          icon="bookmark"
          text="Save this mapping…"
          onClick={() => setSaving(true)}
        />
      )}
      {saving && <SaveForm {...props} onDone={() => setSaving(false)} />}
      <Button
        size="small"
        variant="minimal"
        icon="list"
        text="Saved mappings…"
        onClick={() => setManaging(true)}
      />
      {managing && <SavedMappings onClose={() => setManaging(false)} />}
    </div>
  );
}

function SaveForm(props: {
  guess: SheetGuess;
  mapping: SheetMapping;
  headings: readonly string[];
  onDone: () => void;
}) {
  const client = useClient();
  const [name, setName] = useState('');
  const [error, setError] = useState('');

  async function save(): Promise<void> {
    // The review of one issue and the place of one table belong to this file alone.
    const { refresh: _, table: __, ...mapping } = props.mapping;
    try {
      await client.mappings.save({ name: name.trim(), headings: [...props.headings], mapping });
      showMessage({ tone: 'done', text: `Mapping “${name.trim()}” saved.` });
      props.onDone();
    } catch (caught) {
      setError(describeError(caught).message);
    }
  }

  return (
    <span className="mapping-form">
      <InputGroup
        size="small"
        autoFocus
        aria-label="Name of the mapping"
        placeholder="Name, for instance: custody daily list"
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && name.trim() !== '') void save();
          if (event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            props.onDone();
          }
        }}
      />
      <Button
        size="small"
        intent="primary"
        text="Save"
        disabled={name.trim() === ''}
        onClick={() => void save()}
      />
      <Button size="small" variant="minimal" text="Leave" onClick={props.onDone} />
      {error && (
        <span className="tone-danger" role="alert">
          {error}
        </span>
      )}
    </span>
  );
}

import { Checkbox, InputGroup, TextArea } from '@blueprintjs/core';
import { useState } from 'react';
import type { ItemJudgement, MaterialItem } from '../../../../shared/contract/closingSchemas.ts';
import { describeError } from '../../../app/reportError.ts';
import { closingCopy } from '../../../copy/closing.ts';
import { FormField } from '../../../ui/FormField.tsx';
import { ClosingDialog } from './ClosingDialog.tsx';

const copy = closingCopy.material;

/** What a schedule says of an item, where it is kept, and why it is sensitive. */
export function DescribeDialog(props: {
  item: MaterialItem;
  onSave: (change: Partial<ItemJudgement>) => Promise<void>;
  onClose: () => void;
}) {
  const { item } = props;
  const [description, setDescription] = useState(item.description ?? item.suggested);
  const [location, setLocation] = useState(item.location ?? '');
  const [why, setWhy] = useState(item.sensitiveReason ?? '');
  const [undermines, setUndermines] = useState(item.undermines === 'yes');
  const [error, setError] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const isSensitive = item.sensitive === 'yes';

  async function save(): Promise<void> {
    if (isSensitive && why.trim() === '') {
      setError(closingCopy.needed);
      return;
    }
    setBusy(true);
    try {
      await props.onSave({
        description: description.trim() || null,
        location: location.trim() || null,
        undermines: undermines ? 'yes' : item.undermines === 'yes' ? 'no' : item.undermines,
        ...(isSensitive ? { sensitive: 'yes' as const, sensitiveReason: why.trim() } : {}),
      });
      props.onClose();
    } catch (caught) {
      setError(describeError(caught).message);
      setBusy(false);
    }
  }

  return (
    <ClosingDialog
      title={copy.editTitle(item.item)}
      button={closingCopy.save}
      busy={busy}
      error={isSensitive ? undefined : error}
      onSubmit={() => void save()}
      onClose={props.onClose}
    >
      <FormField label={copy.description} hint={copy.descriptionHint}>
        {(input) => (
          <TextArea
            {...input}
            fill
            autoFocus={!isSensitive}
            rows={3}
            maxLength={2000}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
        )}
      </FormField>
      <FormField label={copy.location}>
        {(input) => (
          <InputGroup
            {...input}
            fill
            maxLength={500}
            value={location}
            onChange={(event) => setLocation(event.currentTarget.value)}
          />
        )}
      </FormField>
      {isSensitive && (
        <FormField label={copy.sensitiveReason} hint={copy.sensitiveHint} error={error}>
          {(input) => (
            <TextArea
              {...input}
              fill
              autoFocus
              rows={2}
              maxLength={2000}
              value={why}
              onChange={(event) => {
                setWhy(event.currentTarget.value);
                setError(undefined);
              }}
            />
          )}
        </FormField>
      )}
      <Checkbox
        label={copy.undermines}
        checked={undermines}
        onChange={(event) => setUndermines(event.currentTarget.checked)}
      />
    </ClosingDialog>
  );
}

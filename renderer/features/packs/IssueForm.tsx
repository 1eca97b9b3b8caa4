import { Button, Callout, Checkbox, InputGroup, TextArea } from '@blueprintjs/core';
import { type PackFormat, type PackSpec, packFormats } from '../../../shared/packs/packSpec.ts';
import { formatNames, packCopy } from '../../copy/packs.ts';
import { FormField } from '../../ui/FormField.tsx';
import { type DraftErrors, type ExportDraft, formatsFor, recipientsOf } from './exportDraft.ts';

/** To whom, why, in which formats and where to. */
export function IssueForm(props: {
  spec: PackSpec;
  draft: ExportDraft;
  errors: DraftErrors;
  blockers: number;
  folderName: string | null;
  onChange: (part: Partial<ExportDraft>) => void;
  onChooseFolder: () => void;
  onShowBlockers: () => void;
}) {
  const { draft, errors, spec, onChange } = props;
  const possible = formatsFor(spec, packFormats);
  const copies = recipientsOf(draft.recipients).length;
  const toggle = (format: PackFormat) =>
    onChange({
      formats: draft.formats.includes(format)
        ? draft.formats.filter((each) => each !== format)
        : [...draft.formats, format],
    });
  return (
    <section className="issue-form" aria-label="Issue">
      <FormField
        label={packCopy.recipients}
        error={errors.recipients}
        hint={copies > 1 ? `${copies} copies` : packCopy.recipientsHint}
      >
        {(input) => (
          <TextArea
            {...input}
            fill
            rows={3}
            value={draft.recipients}
            maxLength={10_000}
            onChange={(event) => onChange({ recipients: event.currentTarget.value })}
          />
        )}
      </FormField>
      <FormField label={packCopy.reason} error={errors.reason} hint={packCopy.reasonHint}>
        {(input) => (
          <TextArea
            {...input}
            fill
            rows={2}
            value={draft.reason}
            maxLength={1000}
            onChange={(event) => onChange({ reason: event.currentTarget.value })}
          />
        )}
      </FormField>
      <fieldset className="export-formats">
        <legend>Formats</legend>
        {packFormats.map((format) => (
          <Checkbox
            key={format}
            inline
            disabled={!possible.includes(format)}
            checked={draft.formats.includes(format) && possible.includes(format)}
            label={formatNames[format]}
            onChange={() => toggle(format)}
          />
        ))}
        <p className={errors.formats ? 'tone-danger' : 'muted'} role={errors.formats ? 'alert' : undefined}>
          {errors.formats ??
            (possible.length < packFormats.length
              ? 'Word and slides hold the briefing, which this pack has not.'
              : 'Word and slides hold the briefing and the sections of the pack, to be edited; no forms, no sources.')}
        </p>
      </fieldset>
      <FormField label={packCopy.destroyBy} error={errors.destroyBy} hint={packCopy.destroyByHint}>
        {(input) => (
          <InputGroup
            {...input}
            value={draft.destroyBy}
            maxLength={20}
            onChange={(event) => onChange({ destroyBy: event.currentTarget.value })}
          />
        )}
      </FormField>
      {draft.formats.includes('xlsx') && (
        <FormField label={packCopy.password} error={errors.password} hint={packCopy.passwordHint}>
          {(input) => (
            <InputGroup
              {...input}
              type="password"
              autoComplete="new-password"
              value={draft.password}
              maxLength={255}
              onChange={(event) => onChange({ password: event.currentTarget.value })}
            />
          )}
        </FormField>
      )}
      {draft.formats.includes('xlsx') && draft.password !== '' && (
        <FormField label={packCopy.passwordAgain} error={errors.passwordAgain}>
          {(input) => (
            <InputGroup
              {...input}
              type="password"
              autoComplete="new-password"
              value={draft.passwordAgain}
              maxLength={255}
              onChange={(event) => onChange({ passwordAgain: event.currentTarget.value })}
            />
          )}
        </FormField>
      )}
      <FormField label={packCopy.folder} error={errors.folder} hint={packCopy.folderHint}>
        {(input) => (
          <Button
            aria-describedby={input['aria-describedby']}
            fill
            alignText="start"
            icon="folder-open"
            text={props.folderName ?? packCopy.chooseFolder}
            onClick={props.onChooseFolder}
          />
        )}
      </FormField>
      {props.blockers > 0 && (
        <Callout intent="danger" compact icon="error">
          <p>
            The plan has {props.blockers === 1 ? 'one blocker' : `${props.blockers} blockers`}.{' '}
            {spec.findings && 'They are listed in the pack. '}
            <button type="button" className="link" onClick={props.onShowBlockers}>
              Look at them
            </button>
          </p>
          <Checkbox
            checked={draft.blockersRead}
            label={packCopy.blockersRead}
            onChange={() => onChange({ blockersRead: !draft.blockersRead })}
          />
          {errors.blockersRead && <p role="alert">{errors.blockersRead}</p>}
        </Callout>
      )}
    </section>
  );
}

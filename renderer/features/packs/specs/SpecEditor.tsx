import { Button, Callout, Checkbox, HTMLSelect, InputGroup } from '@blueprintjs/core';
import { AppError } from '../../../../shared/contract/errors.ts';
import { checkOwnSpec } from '../../../../shared/packs/checkSpec.ts';
import { PackSpec } from '../../../../shared/packs/packSpec.ts';
import { namingNames, packCopy, readerNames } from '../../../copy/packs.ts';
import { FormField } from '../../../ui/FormField.tsx';
import { SpecSections } from './SpecSections.tsx';
import type { SpecDraft } from './specDrafts.ts';
import { warnOfSpec } from './specWarnings.ts';

/** Why the pack cannot be saved as it is, or null. */
export function refusalOf(spec: PackSpec): string | null {
  const read = PackSpec.safeParse(spec);
  if (!read.success) {
    const [field] = read.error.issues[0]?.path ?? [];
    if (field === 'title') return 'A title is needed.';
    if (field === 'audience') return 'Say whom it is for.';
    if (field === 'id') return 'The name has small letters, digits and hyphens alone, at most 40.';
    return 'The pack cannot be read. Look at its sections.';
  }
  try {
    checkOwnSpec(read.data);
    return null;
  } catch (error) {
    return error instanceof AppError ? error.message : 'The pack cannot be kept.';
  }
}

/** A pack of the force's own as it is being changed. */
export function SpecEditor(props: {
  draft: SpecDraft;
  isChanged: boolean;
  error: string;
  saving: boolean;
  onChange: (spec: PackSpec) => void;
  onSave: () => void;
  onDrop: () => void;
  onRemove: () => void;
  onShowText: () => void;
}) {
  const { spec, before, isNew } = props.draft;
  const change = (part: Partial<PackSpec>) => props.onChange({ ...spec, ...part });
  const toggle = <T,>(list: readonly T[], entry: T) =>
    list.includes(entry) ? list.filter((each) => each !== entry) : [...list, entry];
  const warnings = warnOfSpec(spec, before);
  const refusal = refusalOf(spec);
  return (
    <form
      className="spec-editor"
      aria-label={spec.title}
      onSubmit={(event) => {
        event.preventDefault();
        props.onSave();
      }}
    >
      <div className="spec-columns">
        <section aria-label="What the pack is">
          <FormField label="Title">
            {(input) => (
              <InputGroup
                {...input}
                value={spec.title}
                maxLength={80}
                onChange={(event) => change({ title: event.currentTarget.value })}
              />
            )}
          </FormField>
          <FormField label="For whom" hint="As printed on the cover">
            {(input) => (
              <InputGroup
                {...input}
                value={spec.audience}
                maxLength={120}
                onChange={(event) => change({ audience: event.currentTarget.value })}
              />
            )}
          </FormField>
          <FormField label="Name in files and commands" hint={isNew ? 'Begins with own-' : 'Stays as it is'}>
            {(input) => (
              <InputGroup
                {...input}
                value={spec.id}
                maxLength={40}
                readOnly={!isNew}
                onChange={(event) => change({ id: event.currentTarget.value })}
              />
            )}
          </FormField>
          <div className="spec-choices">
            <Choice
              label="Readers"
              value={spec.readers}
              options={readerNames}
              onChange={(readers) => change({ readers })}
            />
            <Choice
              label="Holds"
              value={spec.scope}
              options={{ operation: 'The whole operation', team: 'What concerns one team' }}
              onChange={(scope) => change({ scope })}
            />
            <Choice
              label="Highest marking"
              value={spec.ceiling}
              options={{ OFFICIAL: 'OFFICIAL', 'OFFICIAL-SENSITIVE': 'OFFICIAL-SENSITIVE' }}
              onChange={(ceiling) => change({ ceiling })}
            />
            <Choice
              label="Intelligence with conditions"
              value={spec.conditional}
              options={{ never: 'Never', decided: 'Where somebody decides' }}
              onChange={(conditional) => change({ conditional })}
            />
            <Choice
              label="Children are named"
              value={spec.naming.children}
              options={namingNames}
              onChange={(children) => change({ naming: { ...spec.naming, children } })}
            />
            <Choice
              label="Victims are named"
              value={spec.naming.victims}
              options={namingNames}
              onChange={(victims) => change({ naming: { ...spec.naming, victims } })}
            />
          </div>
          <fieldset className="spec-also">
            <legend>Also in it</legend>
            {(['teams', 'targets', 'premises'] as const).map((profile) => (
              <Checkbox
                key={profile}
                checked={spec.profiles.includes(profile)}
                label={`A page for each of the ${profile} (PDF)`}
                onChange={() => change({ profiles: toggle(spec.profiles, profile) })}
              />
            ))}
            {(['results', 'exhibits'] as const).map((form) => (
              <Checkbox
                key={form}
                checked={spec.forms.includes(form)}
                label={`The form for ${form} (Excel)`}
                onChange={() => change({ forms: toggle(spec.forms, form) })}
              />
            ))}
            <Checkbox
              checked={spec.findings}
              label="What the readiness checks found"
              onChange={() => change({ findings: !spec.findings })}
            />
            <Checkbox
              checked={spec.sourceIndex}
              label="Where each value came from (Excel)"
              onChange={() => change({ sourceIndex: !spec.sourceIndex })}
            />
          </fieldset>
        </section>
        <section aria-label="Sections and columns">
          <h3>Sections and columns, in printing order</h3>
          <SpecSections spec={spec} onChange={props.onChange} />
        </section>
      </div>
      <div className="spec-foot">
        {warnings.length > 0 && (
          <Callout intent="warning" compact icon="warning-sign" role="status">
            <strong>{packCopy.widens}</strong>
            <ul className="plain-list">
              {warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          </Callout>
        )}
        {(refusal ?? props.error) && (
          <Callout intent="danger" compact role="alert">
            {refusal ?? props.error}
          </Callout>
        )}
        <div className="spec-actions">
          <Button icon="clipboard" text={packCopy.asText} onClick={props.onShowText} />
          {!isNew && <Button icon="trash" text="Remove" onClick={props.onRemove} />}
          <span className="status-gap" />
          {props.isChanged && <Button text={isNew ? 'Drop it' : 'Drop the changes'} onClick={props.onDrop} />}
          <Button
            type="submit"
            intent="primary"
            text="Save"
            loading={props.saving}
            disabled={!props.isChanged || refusal !== null}
          />
        </div>
      </div>
    </form>
  );
}

function Choice<T extends string>(props: {
  label: string;
  value: T;
  options: Readonly<Record<T, string>>;
  onChange: (value: T) => void;
}) {
  const values = Object.keys(props.options) as T[];
  return (
    <FormField label={props.label}>
      {(input) => (
        <HTMLSelect
          {...input}
          fill
          value={props.value}
          onChange={(event) => {
            const chosen = values.find((value) => value === event.currentTarget.value);
            if (chosen !== undefined) props.onChange(chosen);
          }}
        >
          {values.map((value) => (
            <option key={value} value={value}>
              {props.options[value]}
            </option>
          ))}
        </HTMLSelect>
      )}
    </FormField>
  );
}

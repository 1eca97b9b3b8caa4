import { Button, Callout, HTMLSelect } from '@blueprintjs/core';
import { useId, useState } from 'react';
import type { BriefingFact } from '../../../shared/domain/briefingFacts.ts';
import { briefingTemplates } from '../../../shared/reference/briefingTemplates.ts';
import { useMay } from '../../app/role.ts';
import { briefingCopy } from '../../copy/briefing.ts';
import { findCodes } from '../../grid/codes.ts';
import { ForChangers } from '../../ui/ForChangers.tsx';
import type { Stored } from './changes.ts';
import type { Misspelling } from './completion.ts';
import { Difference } from './Difference.tsx';
import { TextEditor } from './TextEditor.tsx';

/** One section: what belongs there, its text and marking, and whose text stays where two wrote. */
export function SectionEditor(props: {
  id: string;
  title: string;
  hint: string;
  /** As it stands in the window. */
  value: Stored;
  /** As it is saved, where somebody else changed it since. */
  conflict: Stored | null;
  /** None for a field: facts and markings belong to sections. */
  facts: readonly BriefingFact[];
  isSection: boolean;
  misspelt: readonly Misspelling[];
  onChange: (change: Partial<Stored>) => void;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}) {
  const may = useMay();
  const { value, conflict } = props;
  const hintId = useId();
  const markingId = useId();
  const factId = useId();
  const [comparing, setComparing] = useState(false);
  const template = briefingTemplates[props.id];
  const markings = findCodes('marking');
  const odd = value.marking !== null && !markings.some(({ code }) => code === value.marking);
  return (
    <div className="briefing-editor">
      <div className="briefing-editor-head">
        <h3>{props.title}</h3>
        {props.isSection && (
          <>
            <label htmlFor={markingId}>Marking</label>
            <HTMLSelect
              id={markingId}
              value={value.marking ?? ''}
              disabled={!may}
              onChange={(event) => props.onChange({ marking: event.currentTarget.value || null })}
            >
              <option value="">As the operation</option>
              {odd && <option value={value.marking ?? ''}>{value.marking}</option>}
              {markings.map(({ code, label }) => (
                <option key={code} value={code}>
                  {label}
                </option>
              ))}
            </HTMLSelect>
            <label htmlFor={factId} className="only-spoken">
              Add a fact of the plan at the end
            </label>
            <HTMLSelect
              id={factId}
              value=""
              disabled={!may}
              onChange={(event) => {
                const name = event.currentTarget.value;
                if (name === '') return;
                const space = value.text === '' || /\s$/.test(value.text) ? '' : ' ';
                props.onChange({ text: `${value.text}${space}{{${name}}}` });
              }}
            >
              <option value="">Add a fact…</option>
              {props.facts.map((fact) => (
                <option key={fact.name} value={fact.name}>
                  {fact.title}: {fact.value === '' ? 'not known yet' : fact.value.slice(0, 60)}
                </option>
              ))}
            </HTMLSelect>
          </>
        )}
      </div>
      <p className="muted briefing-hint" id={hintId}>
        {props.hint} {props.isSection ? briefingCopy.hintFacts : briefingCopy.fieldNote}
      </p>
      {conflict && (
        <Callout intent="danger" compact className="briefing-conflict">
          <p role="alert">{briefingCopy.conflict}</p>
          {comparing && <Difference before={conflict.text} after={value.text} />}
          <div className="form-actions">
            <Button
              size="small"
              text={briefingCopy.compare}
              aria-expanded={comparing}
              onClick={() => setComparing(!comparing)}
            />
            <Button size="small" text={briefingCopy.takeTheirs} onClick={props.onTakeTheirs} />
            <Button size="small" intent="primary" text={briefingCopy.keepMine} onClick={props.onKeepMine} />
          </div>
        </Callout>
      )}
      {value.text === '' && template !== undefined && (
        <div className="briefing-template">
          <p className="muted">{briefingCopy.emptySection}</p>
          <pre>{template}</pre>
          <ForChangers>
            <Button
              size="small"
              icon="document"
              text={briefingCopy.useTemplate}
              onClick={() => props.onChange({ text: template })}
            />
          </ForChangers>
        </div>
      )}
      <TextEditor
        key={props.id}
        label={props.title}
        describedBy={hintId}
        text={value.text}
        facts={props.isSection ? props.facts : []}
        misspelt={props.misspelt}
        onChange={(text) => props.onChange({ text })}
      />
    </div>
  );
}

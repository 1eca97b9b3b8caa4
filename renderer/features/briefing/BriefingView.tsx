import { Button, HTMLSelect, Spinner } from '@blueprintjs/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import { useClient } from '../../app/connection.ts';
import { showMessage } from '../../app/messages.ts';
import { goTo } from '../../app/navigation.ts';
import { describeError, reportError } from '../../app/reportError.ts';
import { useMay } from '../../app/role.ts';
import { briefingCopy } from '../../copy/briefing.ts';
import { showMoment } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ForChangers } from '../../ui/ForChangers.tsx';
import { ViewHead } from '../../ui/ViewHead.tsx';
import { findConflicts } from './changes.ts';
import { markText } from './completion.ts';
import type { Loaded } from './draft.ts';
import {
  beginDraft,
  briefingKey,
  dropChange,
  dropDraft,
  editDraft,
  keepOwn,
  saveDraft,
  storedOf,
  useChanges,
} from './draft.ts';
import { FilledText } from './FilledText.tsx';
import { besideFields } from './fields.ts';
import { SectionEditor } from './SectionEditor.tsx';
import { SectionList, type SectionState } from './SectionList.tsx';
import { useSpelling } from './useSpelling.ts';
import { Versions } from './Versions.tsx';

/** The briefing, written section by section beside how it reads with the facts of the plan. */
export function BriefingView(props: { workspaceId: string; section: string | null }) {
  const client = useClient();
  useEffect(() => beginDraft(props.workspaceId), [props.workspaceId]);
  const query = useQuery({
    queryKey: briefingKey,
    queryFn: async (): Promise<Loaded> => {
      const [briefing, page] = await Promise.all([
        client.briefing.read({}),
        client.grids.page({ grid: 'operation', offset: 0, limit: 1 }),
      ]);
      return { briefing, operation: page.rows[0] ?? { ref: 'OP-1' } };
    },
  });
  return (
    <section className="view briefing" aria-label={briefingCopy.title}>
      {query.error && (
        <EmptyState
          icon="error"
          title="The briefing could not be read"
          description={describeError(query.error).message}
        />
      )}
      {query.isPending && <Spinner size={20} aria-label="Loading the briefing" />}
      {query.data && <LoadedBriefing loaded={query.data} section={props.section} />}
    </section>
  );
}

interface Part {
  key: string;
  title: string;
  hint: string;
  isSection: boolean;
}

function LoadedBriefing({ loaded, section }: { loaded: Loaded; section: string | null }) {
  const client = useClient();
  const changes = useChanges();
  const [comparing, setComparing] = useState(false);
  const [saving, setSaving] = useState(false);
  const modelId = useId();
  const { briefing } = loaded;
  const stored = storedOf(loaded);
  const parts: Part[] = [
    ...briefing.sections.map(({ key, title, holds }) => ({ key, title, hint: holds, isSection: true })),
    ...besideFields.map(({ field, title, hint }) => ({ key: field, title, hint, isSection: false })),
  ];
  const part = parts.find(({ key }) => key === section) ?? parts[0];
  const currentOf = (key: string) => changes[key] ?? stored[key] ?? { text: '', marking: null };
  const misspelt = useSpelling(Object.fromEntries(parts.map(({ key }) => [key, currentOf(key).text])));
  const conflicts = findConflicts(changes, stored);
  const isChanged = Object.keys(changes).length > 0;
  const states = parts.map(
    ({ key, title, isSection }): SectionState => ({
      key,
      title,
      group: isSection ? 'section' : 'field',
      empty: currentOf(key).text.trim() === '',
      unknownFacts: isSection
        ? markText(currentOf(key).text, briefing.facts, []).filter(({ mark }) => mark === 'unknown').length
        : 0,
      misspelt: misspelt[key]?.length ?? 0,
      unsaved: changes[key] !== undefined,
      conflict: conflicts.includes(key),
    }),
  );

  async function save(): Promise<void> {
    setSaving(true);
    await saveDraft();
    setSaving(false);
  }

  const may = useMay();
  async function changeModel(model: string): Promise<void> {
    if (model === briefing.model || (model !== 'IIMARCH' && model !== 'SAFCORM')) return;
    if (isChanged) {
      showMessage({ tone: 'warning', text: briefingCopy.modelBlocked });
      return;
    }
    try {
      await client.briefing.save({ model, sections: {}, version: briefing.version });
    } catch (error) {
      reportError(error);
    }
  }

  return (
    <>
      <ViewHead
        title={briefingCopy.title}
        note={
          briefing.savedAt === null
            ? 'Not saved yet.'
            : `Version ${briefing.version}, saved ${showMoment(briefing.savedAt)} by ${briefing.savedBy ?? 'somebody'}`
        }
      >
        <label htmlFor={modelId}>Model</label>
        <HTMLSelect
          id={modelId}
          value={briefing.model}
          disabled={!may}
          onChange={(event) => void changeModel(event.currentTarget.value)}
        >
          <option value="IIMARCH">IIMARCH</option>
          <option value="SAFCORM">SAFCORM</option>
        </HTMLSelect>
        <Button
          size="small"
          icon="git-branch"
          text="Versions"
          disabled={briefing.version === 0}
          aria-pressed={comparing}
          onClick={() => setComparing(!comparing)}
        />
        {isChanged && <Button size="small" variant="minimal" text="Drop changes" onClick={dropDraft} />}
        <ForChangers>
          <Button
            size="small"
            intent="primary"
            icon="floppy-disk"
            text="Save"
            title="Ctrl+S"
            loading={saving}
            disabled={!isChanged}
            onClick={() => void save()}
          />
        </ForChangers>
      </ViewHead>
      <div className={`briefing-columns ${part?.isSection === false || comparing ? 'without-reading' : ''}`}>
        <SectionList
          sections={states}
          current={comparing ? '' : (part?.key ?? '')}
          onChoose={(key) => {
            setComparing(false);
            goTo({ kind: 'briefing', section: key });
          }}
        />
        {comparing ? (
          <Versions briefing={briefing} changes={changes} onClose={() => setComparing(false)} />
        ) : (
          part && (
            <>
              <SectionEditor
                key={part.key}
                id={part.key}
                title={part.title}
                hint={part.hint}
                isSection={part.isSection}
                value={currentOf(part.key)}
                conflict={conflicts.includes(part.key) ? (stored[part.key] ?? null) : null}
                facts={briefing.facts}
                misspelt={misspelt[part.key] ?? []}
                onChange={(change) => editDraft(loaded, part.key, change)}
                onKeepMine={() => keepOwn(loaded, part.key)}
                onTakeTheirs={() => dropChange(part.key)}
              />
              {part.isSection && <FilledText text={currentOf(part.key).text} facts={briefing.facts} />}
            </>
          )
        )}
      </div>
    </>
  );
}

import { Button, Tag } from '@blueprintjs/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PackSpec } from '../../../../shared/packs/packSpec.ts';
import { packSpecs } from '../../../../shared/packs/packSpecs.ts';
import { undo } from '../../../app/actions.ts';
import { refreshQueries, useClient } from '../../../app/connection.ts';
import { showMessage } from '../../../app/messages.ts';
import { describeError, reportError } from '../../../app/reportError.ts';
import { packCopy } from '../../../copy/packs.ts';
import { ForChangers } from '../../../ui/ForChangers.tsx';
import { usePackSpecs } from '../usePackChoice.ts';
import { SpecEditor } from './SpecEditor.tsx';
import { SpecSummary } from './SpecSummary.tsx';
import { SpecTextDialog } from './SpecTextDialog.tsx';
import { copySpec, followTitle, nameSpec } from './specDraft.ts';
import { type SpecDraft, useSpecDrafts } from './specDrafts.ts';

/** What there is to choose: a pack, and its changes where there are any. */
interface Entry {
  key: string;
  spec: PackSpec;
  draft: SpecDraft | null;
  isOwn: boolean;
}

/** The kinds of pack: those that every operation has, to be copied, and the force's own, to be changed. */
export function KindsPane() {
  const client = useClient();
  const queries = useQueryClient();
  const specs = usePackSpecs();
  const { drafts, put, drop } = useSpecDrafts();
  const [chosen, setChosen] = useState<string>(packSpecs.command.id);
  const [text, setText] = useState<PackSpec | 'read' | null>(null);
  const [error, setError] = useState('');
  const [saving, setSaving] = useState(false);
  const taken = [
    ...[...specs.shipped, ...specs.own].map(({ id }) => id),
    ...Object.values(drafts).map(({ spec }) => spec.id),
  ];
  const entries: Entry[] = [
    ...specs.shipped.map((spec) => ({ key: spec.id, spec, draft: null, isOwn: false })),
    ...specs.own.map((spec) => ({ key: spec.id, spec, draft: drafts[spec.id] ?? null, isOwn: true })),
    ...Object.entries(drafts)
      .filter(([key]) => !specs.own.some(({ id }) => id === key))
      .map(([key, draft]) => ({ key, spec: draft.spec, draft, isOwn: true })),
  ];
  const entry = entries.find(({ key }) => key === chosen) ?? entries[0];
  const choose = (key: string) => {
    setChosen(key);
    setError('');
  };

  const begin = (from: PackSpec) => {
    const spec = copySpec(from, taken);
    put(spec.id, { spec, before: from, isNew: true });
    choose(spec.id);
  };
  const take = (spec: PackSpec) => {
    const name =
      taken.includes(spec.id) || !spec.id.startsWith('own-') ? nameSpec(spec.title, taken) : spec.id;
    put(name, { spec: { ...spec, id: name }, before: { ...spec, id: name }, isNew: true });
    setText(null);
    choose(name);
  };

  async function save({ key, draft }: Entry): Promise<void> {
    if (!draft) return;
    if (draft.isNew && [...specs.shipped, ...specs.own].some(({ id }) => id === draft.spec.id)) {
      setError('Another pack has this name already. Choose another one.');
      return;
    }
    setSaving(true);
    setError('');
    try {
      const saved = await client.packs.saveSpec({ spec: draft.spec });
      // It is among the force's own before its draft goes.
      await queries.invalidateQueries({ queryKey: ['pack-specs'] });
      drop(key);
      setChosen(saved.id);
      refreshQueries();
      showMessage({
        tone: 'done',
        text: `"${saved.title}" saved. It can be exported now.`,
        action: { label: 'Undo', run: () => void undo() },
      });
    } catch (caught) {
      const { message, hint } = describeError(caught);
      setError(hint ? `${message} ${hint}` : message);
    } finally {
      setSaving(false);
    }
  }

  async function remove({ key, spec }: Entry): Promise<void> {
    try {
      await client.packs.removeSpec({ id: spec.id });
      drop(key);
      choose(packSpecs.command.id);
      refreshQueries();
      showMessage({
        tone: 'done',
        text: `"${spec.title}" removed. What was issued stays.`,
        action: { label: 'Undo', run: () => void undo() },
      });
    } catch (caught) {
      reportError(caught);
    }
  }

  return (
    <div className="kinds">
      <nav className="kinds-list" aria-label={packCopy.kinds}>
        <ul>
          {entries.map(({ key, spec, draft, isOwn }) => (
            <li key={key}>
              <button
                type="button"
                className="kind-item"
                aria-current={key === entry?.key ? 'true' : undefined}
                onClick={() => choose(key)}
              >
                <span className="kind-title">{draft?.spec.title || spec.title || spec.id}</span>
                {isOwn && <Tag minimal>{packCopy.ownPack}</Tag>}
                {draft && <Tag minimal>Not saved</Tag>}
              </button>
            </li>
          ))}
        </ul>
        <ForChangers>
          <Button size="small" icon="clipboard" text={packCopy.readText} onClick={() => setText('read')} />
        </ForChangers>
      </nav>
      {entry && !entry.isOwn && (
        <SpecSummary
          key={entry.key}
          spec={entry.spec}
          onCopy={() => begin(entry.spec)}
          onShowText={() => setText(entry.spec)}
        />
      )}
      {entry?.isOwn && (
        <SpecEditor
          key={entry.key}
          draft={entry.draft ?? { spec: entry.spec, before: entry.spec, isNew: false }}
          isChanged={entry.draft !== null}
          error={error}
          saving={saving}
          onChange={(spec) => {
            setError('');
            put(entry.key, {
              spec: entry.draft?.isNew ? followTitle(entry.draft.spec, spec, taken) : spec,
              before: entry.draft?.before ?? entry.spec,
              isNew: entry.draft?.isNew ?? false,
            });
          }}
          onSave={() => void save(entry)}
          onDrop={() => drop(entry.key)}
          onRemove={() => void remove(entry)}
          onShowText={() => setText(entry.draft?.spec ?? entry.spec)}
        />
      )}
      {text !== null && (
        <SpecTextDialog spec={text === 'read' ? null : text} onRead={take} onClose={() => setText(null)} />
      )}
    </div>
  );
}

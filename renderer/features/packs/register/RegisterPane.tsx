import { Button, Callout, InputGroup } from '@blueprintjs/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { IssuedPack } from '../../../../shared/contract/packSchemas.ts';
import { useClient } from '../../../app/connection.ts';
import { closeRecord, openRecord, showDialog } from '../../../app/navigation.ts';
import { describeError } from '../../../app/reportError.ts';
import { useMay } from '../../../app/role.ts';
import { packCopy } from '../../../copy/packs.ts';
import { DisclosureDialog } from '../../../ui/DisclosureDialog.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ForChangers } from '../../../ui/ForChangers.tsx';
import { KindSwitch } from '../../clocks/ClockList.tsx';
import { useStaleHolders } from '../useStaleHolders.ts';
import { ChangesDialog } from './ChangesDialog.tsx';
import { CopyPanel } from './CopyPanel.tsx';
import { holdsWords, isOut, type RegisterFilter, registerFilters } from './packStates.ts';
import { RecallDialog } from './RecallDialog.tsx';
import { RegisterTable } from './RegisterTable.tsx';
import { SettleDialog, type Settling } from './SettleDialog.tsx';

type Doing =
  | { kind: 'settle'; packs: readonly IssuedPack[]; state: Settling }
  | { kind: 'recall'; packs: readonly IssuedPack[] }
  | { kind: 'changes'; pack: IssuedPack }
  | { kind: 'reissue'; pack: IssuedPack };

/** Every copy that was issued: who holds it, whether it still stands, and what is to be done. */
export function RegisterPane({ chosen }: { chosen: string | null }) {
  const client = useClient();
  const may = useMay();
  const query = useQuery({
    queryKey: ['pack-register'],
    queryFn: () => client.packs.register(),
    placeholderData: keepPreviousData,
  });
  const stale = useStaleHolders();
  const [filter, setFilter] = useState<RegisterFilter>('all');
  const [words, setWords] = useState('');
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [doing, setDoing] = useState<Doing | null>(null);
  const packs = query.data?.packs ?? [];
  const keeps = registerFilters.find(({ id }) => id === filter)?.keeps ?? (() => true);
  const shown = packs.filter((pack) => keeps(pack) && holdsWords(pack, words));
  const marked = shown.filter(({ ref }) => ticked.has(ref));
  const markedOut = marked.filter(isOut);
  const pack = packs.find(({ ref }) => ref === chosen);
  const tick = (refs: readonly string[], on: boolean) =>
    setTicked((now) => {
      const next = new Set(now);
      for (const ref of refs) on ? next.add(ref) : next.delete(ref);
      return next;
    });
  const stop = () => setDoing(null);

  if (query.error)
    return (
      <p className="tone-danger view-line" role="alert">
        {describeError(query.error).message}
      </p>
    );
  if (query.data && packs.length === 0)
    return (
      <EmptyState
        icon="projects"
        title={packCopy.noPacks}
        description={packCopy.noPacksWords}
        action={
          <ForChangers>
            <Button
              intent="primary"
              icon="export"
              text={packCopy.exportTitle}
              onClick={() => showDialog('export')}
            />
          </ForChangers>
        }
      />
    );
  return (
    <>
      <div className="register-bar">
        <fieldset className="register-filters" aria-label="Copies shown">
          {registerFilters.map(({ id, title, keeps: counts }) => (
            <KindSwitch
              key={id}
              title={title}
              count={packs.filter(counts).length}
              on={filter === id}
              onSwitch={() => setFilter(id)}
            />
          ))}
        </fieldset>
        <InputGroup
          size="small"
          type="search"
          leftIcon="search"
          aria-label="Find copies"
          placeholder="Find a recipient, a team, a reason"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      </div>
      {(stale.data?.packs.length ?? 0) > 0 && (
        <Callout className="register-stale" intent="warning" compact icon="warning-sign">
          <ul className="plain-list">
            {stale.data?.packs.map((group) => (
              <li key={`${group.pack} ${group.team} ${group.version}`}>{group.message}</li>
            ))}
          </ul>
        </Callout>
      )}
      {may && marked.length > 0 && (
        <div className="register-marked" role="toolbar" aria-label="Ticked copies">
          <span>
            {marked.length === 1 ? '1 copy' : `${marked.length} copies`} ticked, {markedOut.length} out
          </span>
          {(['returned', 'destroyed', 'lost'] as const).map((state) => (
            <Button
              key={state}
              size="small"
              text={{ returned: 'Returned', destroyed: 'Destroyed', lost: 'Lost' }[state]}
              disabled={markedOut.length === 0}
              onClick={() => setDoing({ kind: 'settle', packs: markedOut, state })}
            />
          ))}
          <Button
            size="small"
            icon="undo"
            text="Recall"
            disabled={markedOut.length === 0}
            onClick={() => setDoing({ kind: 'recall', packs: markedOut })}
          />
          <Button size="small" variant="minimal" text="Tick none" onClick={() => setTicked(new Set())} />
        </div>
      )}
      <div className="register-area">
        {shown.length === 0 && query.data ? (
          <EmptyState icon="projects" title={packCopy.noneShown} />
        ) : (
          <RegisterTable packs={shown} chosen={chosen} ticked={ticked} onChoose={openRecord} onTick={tick} />
        )}
        {pack && (
          <CopyPanel
            pack={pack}
            onChanges={() => setDoing({ kind: 'changes', pack })}
            onReissue={() => setDoing({ kind: 'reissue', pack })}
            onSettle={(state) => setDoing({ kind: 'settle', packs: [pack], state })}
            onRecall={() => setDoing({ kind: 'recall', packs: [pack] })}
            onClose={closeRecord}
          />
        )}
      </div>
      {doing?.kind === 'settle' && (
        <SettleDialog packs={doing.packs} state={doing.state} onClose={stop} onDone={stop} />
      )}
      {doing?.kind === 'recall' && <RecallDialog packs={doing.packs} onClose={stop} />}
      {doing?.kind === 'changes' && (
        <ChangesDialog pack={doing.pack} others={otherVersions(packs, doing.pack)} onClose={stop} />
      )}
      {doing?.kind === 'reissue' && (
        <DisclosureDialog
          title={`Write out ${doing.pack.ref} again`}
          lead={`The files of ${doing.pack.ref} for ${doing.pack.recipient}, byte for byte as they were issued. They say what the plan said then.`}
          button="Write out"
          onWrite={async (folder, reason) => {
            const { files } = await client.packs.reissue({ ref: doing.pack.ref, folder, reason });
            return files.map(({ file }) => file).join(', ');
          }}
          onClose={stop}
        />
      )}
    </>
  );
}

/** One issue of each other version of the same pack and team, newest first. */
function otherVersions(packs: readonly IssuedPack[], pack: IssuedPack): IssuedPack[] {
  const versions = new Map<number, IssuedPack>();
  for (const other of packs)
    if (other.pack === pack.pack && other.team === pack.team && other.version !== pack.version)
      versions.set(other.version, other);
  return [...versions.values()].sort((first, second) => second.version - first.version);
}

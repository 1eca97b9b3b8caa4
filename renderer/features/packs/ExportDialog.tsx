import {
  Button,
  Callout,
  Dialog,
  DialogBody,
  DialogFooter,
  HTMLSelect,
  Spinner,
  Tab,
  Tabs,
} from '@blueprintjs/core';
import { useCallback, useMemo, useState } from 'react';
import type { Release } from '../../../shared/contract/packSchemas.ts';
import { packSpecs } from '../../../shared/packs/packSpecs.ts';
import { useClient } from '../../app/connection.ts';
import { readDraft, useDraft } from '../../app/drafts.ts';
import { goTo, goToGrid } from '../../app/navigation.ts';
import { describeError } from '../../app/reportError.ts';
import { packCopy } from '../../copy/packs.ts';
import { FormField } from '../../ui/FormField.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import {
  choiceOf,
  type DraftErrors,
  type ExportDraft,
  emptyDraft,
  findErrors,
  isKeptExport,
  releasesOf,
  requestsOf,
  toKeep,
} from './exportDraft.ts';
import { IssueForm } from './IssueForm.tsx';
import { PackChoiceList } from './PackChoiceList.tsx';
import { PackContents } from './PackContents.tsx';
import { PackResult } from './PackResult.tsx';
import { useExportFolder } from './packFolder.ts';
import { showPackPane } from './packPane.ts';
import { PagesPreview } from './preview/PagesPreview.tsx';
import { useIssue } from './useIssue.ts';
import { usePackPreview, usePackSpecs, useTeams } from './usePackChoice.ts';

/** Issues a pack: which one, what goes in and what stays out, how its pages look, to whom and why. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const specs = usePackSpecs();
  const teams = useTeams();
  const [kept] = useState(() => readDraft('export', isKeptExport));
  const [pack, setPack] = useState<string>(kept?.pack ?? packSpecs.command.id);
  const [draft, setDraft] = useState<ExportDraft>({ ...emptyDraft, ...kept?.draft });
  const [releases, setReleases] = useState<readonly Release[]>(() => releasesOf(draft.decisions));
  const [tab, setTab] = useState<'contents' | 'pages'>('contents');
  const [attempted, setAttempted] = useState(false);
  const { folder, choose } = useExportFolder();
  const job = useIssue();
  const spec = [...specs.shipped, ...specs.own].find(({ id }) => id === pack) ?? packSpecs.command;
  const needsTeam = spec.scope === 'team' && draft.team === null;
  const choice = useMemo(
    () => (needsTeam ? null : choiceOf(spec, { team: draft.team }, releases)),
    [needsTeam, spec, draft.team, releases],
  );
  const preview = usePackPreview(choice);
  const loadPages = useCallback(
    async (signal: AbortSignal) => (choice ? (await client.packs.pages(choice, { signal })).pdf : ''),
    [client, choice],
  );
  const blockers = preview.data?.findings.blocker ?? 0;
  // From the first attempt on what is missing is told, as it is typed and as the preview arrives.
  const missing = findErrors(spec, draft, {
    blockers,
    warnings: preview.data?.warnings.length ?? 0,
    hasFolder: folder !== null,
  });
  const errors: DraftErrors = attempted ? missing : {};

  const change = (part: Partial<ExportDraft>) => setDraft((now) => ({ ...now, ...part }));
  useDraft('export', toKeep(pack, draft));
  const choosePack = (id: string) => {
    setPack(id);
    setAttempted(false);
    // What was decided and read was about the other pack.
    change({ decisions: {}, warningsRead: false, blockersRead: false });
    setReleases([]);
  };
  const settle = () =>
    setDraft((now) => {
      const next = releasesOf(now.decisions);
      setReleases((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
      return now;
    });

  function start(): void {
    setAttempted(true);
    if (missing.decisions || missing.warningsRead) setTab('contents');
    if (Object.keys(missing).length > 0 || folder === null || !preview.data) return;
    void job.issue(requestsOf(spec, draft), folder.grant);
  }

  if (!job.working && job.issued.length > 0)
    return <PackResult issued={job.issued} trouble={job.trouble} folder={folder} onClose={onClose} />;
  const isWorking = job.working !== null;
  const waiting = attempted && !preview.data && !preview.error && !needsTeam;
  const formError = waiting ? packCopy.waitForPreview : job.trouble?.message;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={packCopy.exportTitle}
      className="pack-dialog"
      canOutsideClickClose={false}
      canEscapeKeyClose={!isWorking}
      isCloseButtonShown={!isWorking}
    >
      <DialogBody>
        <div className={`pack-columns ${tab === 'pages' ? 'shows-pages' : ''}`} inert={isWorking}>
          <div className="pack-side">
            <PackChoiceList
              shipped={specs.shipped}
              own={specs.own}
              chosen={spec.id}
              disabled={isWorking}
              onChoose={({ id }) => choosePack(id)}
            />
            <button
              type="button"
              className="link pack-kinds-link"
              onClick={() => {
                onClose();
                showPackPane('kinds');
                goToGrid('packs');
              }}
            >
              {packCopy.changeKinds}
            </button>
          </div>
          <div className="pack-middle">
            {spec.scope === 'team' && (
              <FormField label={packCopy.team} error={errors.team}>
                {(input) =>
                  teams.data?.length === 0 ? (
                    <p id={input.id} className="muted">
                      {packCopy.noTeams}
                    </p>
                  ) : (
                    <HTMLSelect
                      {...input}
                      fill
                      value={draft.team ?? ''}
                      onChange={(event) => change({ team: event.currentTarget.value || null })}
                    >
                      <option value="">{packCopy.chooseTeam}</option>
                      {teams.data?.map(({ ref, title }) => (
                        <option key={ref} value={ref}>
                          {title}
                        </option>
                      ))}
                    </HTMLSelect>
                  )
                }
              </FormField>
            )}
            <Tabs
              id="pack-tabs"
              selectedTabId={tab}
              renderActiveTabPanelOnly
              onChange={(next) => setTab(next === 'pages' ? 'pages' : 'contents')}
            >
              <Tab
                id="contents"
                title={packCopy.contents}
                panel={
                  needsTeam ? (
                    <p className="pack-wait muted">{packCopy.chooseTeam}.</p>
                  ) : preview.error ? (
                    <Callout intent="danger" compact role="alert">
                      {describeError(preview.error).message}
                    </Callout>
                  ) : preview.data ? (
                    <PackContents
                      preview={preview.data}
                      draft={draft}
                      errors={errors}
                      onDecide={(ref, decision) =>
                        change({ decisions: { ...draft.decisions, [ref]: decision } })
                      }
                      onSettle={settle}
                      onReadWarnings={() => change({ warningsRead: !draft.warningsRead })}
                    />
                  ) : (
                    <Spinner size={28} aria-label="Looking at what goes in" />
                  )
                }
              />
              <Tab
                id="pages"
                title={packCopy.pages}
                disabled={needsTeam}
                panel={needsTeam ? <p className="pack-wait" /> : <PagesPreview load={loadPages} />}
              />
            </Tabs>
          </div>
          <IssueForm
            spec={spec}
            draft={draft}
            errors={errors}
            blockers={blockers}
            folderName={folder?.name ?? null}
            onChange={change}
            onChooseFolder={() => void choose()}
            onShowBlockers={() => {
              onClose();
              goTo({ kind: 'readiness' });
            }}
          />
        </div>
        {job.working && (
          <ProgressLine
            title={
              job.working.of === 1
                ? 'Making the pack'
                : `Copy ${job.working.number} of ${job.working.of}, for ${job.working.recipient}`
            }
            progress={job.progress}
          />
        )}
        {formError && !isWorking && (
          <Callout intent="danger" compact role="alert">
            {formError}
          </Callout>
        )}
      </DialogBody>
      <DialogFooter
        actions={
          isWorking ? (
            <Button text="Cancel" icon="stop" autoFocus onClick={job.cancel} />
          ) : (
            <>
              <Button text="Leave" onClick={onClose} />
              <Button intent="primary" icon="export" text="Export" onClick={start} />
            </>
          )
        }
      >
        <span className="muted">{packCopy.noUndo}</span>
      </DialogFooter>
    </Dialog>
  );
}

import { Button, Callout, Dialog, DialogBody, DialogFooter, InputGroup } from '@blueprintjs/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OutlineReport, PlacesStatus, PostcodeReport } from '../../../shared/contract/areas/places.ts';
import { refusedTitles } from '../../../shared/reference/places.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { showMessage } from '../../app/messages.ts';
import { native } from '../../app/native.ts';
import { reportError } from '../../app/reportError.ts';
import { useMay } from '../../app/role.ts';
import { useJob } from '../../app/useJob.ts';
import { mapCopy } from '../../copy/map.ts';
import { showMoment } from '../../ui/dates.ts';
import { FormField } from '../../ui/FormField.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { usePlacesStatus } from './useMap.ts';

const copy = mapCopy.dialog;
const number = (value: number) => value.toLocaleString('en-GB');

/** The two files that the map is drawn by: what is loaded, what it held, and another one in its place. */
export function PlacesDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const { data } = usePlacesStatus();
  const may = useMay();
  const [busy, setBusy] = useState(false);

  async function remove(): Promise<void> {
    try {
      const { removed } = await client.places.removeOutline();
      if (removed) showMessage({ tone: 'done', text: copy.removed });
      refreshQueries();
    } catch (error) {
      reportError(error);
    }
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={copy.title}
      className="map-dialog"
      canOutsideClickClose={false}
      canEscapeKeyClose={!busy}
      isCloseButtonShown={!busy}
    >
      <DialogBody>
        <section aria-labelledby="map-postcodes">
          <h3 id="map-postcodes">{copy.postcodes}</h3>
          <p className="muted">{copy.lead}</p>
          <Loaded status={data?.postcodes} />
          {data?.postcodes && <PostcodeCounts report={data.postcodes} />}
          {may && (
            <LoadPart
              key={data?.postcodes?.sha256}
              extensions={['csv', 'txt', 'tsv', 'xlsx', 'xls', 'ods']}
              attribution={data?.postcodes?.attribution ?? ''}
              isPrimary={!data?.postcodes}
              onBusy={setBusy}
              load={(input, signal) => client.places.load(input, { signal })}
            />
          )}
        </section>
        <section aria-labelledby="map-outline">
          <h3 id="map-outline">{copy.outline}</h3>
          <p className="muted">{copy.outlineLead}</p>
          <Loaded status={data?.outline} />
          {data?.outline && <OutlineCounts report={data.outline} />}
          {may && (
            <LoadPart
              key={data?.outline?.sha256}
              extensions={['geojson', 'json']}
              attribution={data?.outline?.attribution ?? ''}
              isPrimary={false}
              onBusy={setBusy}
              load={(input, signal) => client.places.loadOutline(input, { signal })}
              {...(data?.outline ? { onRemove: () => void remove() } : {})}
            />
          )}
        </section>
      </DialogBody>
      <DialogFooter actions={<Button text={copy.close} disabled={busy} onClick={onClose} />} />
    </Dialog>
  );
}

function Loaded({ status }: { status: PlacesStatus['postcodes'] | PlacesStatus['outline'] | undefined }) {
  if (status === undefined) return null;
  if (status === null) return <p>{copy.none}</p>;
  return (
    <p>
      <strong>{copy.loadedBy(status.file, showMoment(status.at), status.by)}</strong>
    </p>
  );
}

function PostcodeCounts({ report }: { report: PostcodeReport }) {
  const [asList, setAsList] = useState(false);
  const refused = Object.entries(report.refused);
  return (
    <>
      <p>{copy.loadedPostcodes(number(report.loaded), number(report.districts), number(report.ended))}.</p>
      <p className="muted">{copy.columns(report.columns.join(', '))}.</p>
      {refused.length > 0 && (
        <>
          <h4>{copy.refused}</h4>
          <ul className="map-reasons">
            {refused.map(([reason, rows]) => (
              <li key={reason}>
                <span className="num">{number(rows)}</span> {refusedTitles[reason] ?? reason}
              </li>
            ))}
          </ul>
          {asList ? (
            <RefusedRows />
          ) : (
            <Button size="small" text={copy.refusedList} onClick={() => setAsList(true)} />
          )}
        </>
      )}
    </>
  );
}

const mostRefused = 500;

function RefusedRows() {
  const client = useClient();
  const { data } = useQuery({
    queryKey: ['places', 'refused'],
    queryFn: () => client.places.refused({ limit: mostRefused }),
  });
  if (!data) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="table-scroll map-refused" tabIndex={0} aria-label={copy.refused}>
      {data.total > data.rows.length && (
        <p className="muted">{copy.refusedFirst(number(data.rows.length), number(data.total))}</p>
      )}
      <table className="table table-small">
        <thead>
          <tr>
            <th className="num">{copy.row}</th>
            <th>{copy.postcode}</th>
            <th>{copy.reason}</th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map(({ row, text, reason }) => (
            <tr key={row}>
              <td className="num">{number(row)}</td>
              <td>{text}</td>
              <td>{refusedTitles[reason] ?? reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function OutlineCounts({ report }: { report: OutlineReport }) {
  return (
    <>
      <p>{copy.loadedOutline(number(report.shapes), number(report.drawn), number(report.tolerance))}.</p>
      {report.leftOut > 0 && <p className="tone-warning">{copy.leftOut(number(report.leftOut))}.</p>}
    </>
  );
}

type Load = Parameters<ReturnType<typeof useJob>['run']>[0];

/** Chooses a file and loads it, with how far it is and a way to stop it. */
function LoadPart(props: {
  extensions: readonly string[];
  attribution: string;
  isPrimary: boolean;
  onBusy: (busy: boolean) => void;
  load: (input: { grant: string; attribution?: string }, signal: AbortSignal) => ReturnType<Load>;
  onRemove?: () => void;
}) {
  const job = useJob();
  const [attribution, setAttribution] = useState(props.attribution);

  async function choose(): Promise<void> {
    const [file] = (await native()?.pickFiles({ multiple: false, extensions: [...props.extensions] })) ?? [];
    if (!file) return;
    props.onBusy(true);
    const words = attribution.trim();
    const report = await job.run((signal) =>
      props.load({ grant: file.grant, ...(words === '' ? {} : { attribution: words }) }, signal),
    );
    props.onBusy(false);
    if (report) refreshQueries();
  }

  return (
    <div className="map-load">
      <FormField label={copy.attribution} hint={copy.attributionHint}>
        {(input) => (
          <InputGroup
            {...input}
            fill
            size="small"
            maxLength={300}
            value={attribution}
            disabled={job.running}
            onChange={(event) => setAttribution(event.currentTarget.value)}
          />
        )}
      </FormField>
      {job.running && <ProgressLine title={copy.working} progress={job.progress} />}
      {job.error && (
        <Callout intent="danger" compact role="alert">
          {job.error}
        </Callout>
      )}
      <div className="map-load-actions">
        <Button
          size="small"
          icon={job.running ? 'cross' : 'document-open'}
          intent={props.isPrimary ? 'primary' : 'none'}
          text={job.running ? copy.stop : copy.choose}
          onClick={() => (job.running ? job.stop() : void choose().catch(reportError))}
        />
        {props.onRemove && !job.running && (
          <Button size="small" text={copy.remove} onClick={props.onRemove} />
        )}
      </div>
    </div>
  );
}

import { Button, Callout, Dialog, DialogBody, DialogFooter, Icon, Spinner, Tag } from '@blueprintjs/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PictureTable } from '../../../shared/contract/areas/pictures.ts';
import { useClient } from '../../app/connection.ts';
import { setCrossFilter } from '../../app/crossFilter.ts';
import { describeError } from '../../app/reportError.ts';
import { useMay } from '../../app/role.ts';
import { picturesCopy as copy, pictureKinds } from '../../copy/pictures.ts';
import { showMoment } from '../../ui/dates.ts';
import type { PictureSource } from './drawnPicture.ts';
import { SaveDialog } from './SaveDialog.tsx';

/** A kept picture as packs print it, its table, and what else can be done with it. Looking is recorded once. */
export function PictureDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const client = useClient();
  const mayChange = useMay();
  const [saving, setSaving] = useState(false);
  const query = useQuery({
    queryKey: ['picture', id],
    queryFn: () => client.pictures.show({ id }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const picture = query.data;
  const source: PictureSource | null = picture
    ? {
        kind: picture.kind,
        title: picture.title,
        makePng: async () => new Blob([bytesOf(picture.png)], { type: 'image/png' }),
        table: () => picture.table,
        refs: () => picture.shown.map(({ ref }) => ref),
      }
    : null;

  function narrow(): void {
    if (!picture) return;
    setCrossFilter({
      what: copy.shownBy(picture.title),
      refs: picture.shown.map(({ ref }) => ref),
      from: null,
      to: null,
    });
    onClose();
  }

  if (saving && source) return <SaveDialog source={source} onClose={() => setSaving(false)} />;
  return (
    <Dialog isOpen onClose={onClose} title={picture?.title ?? copy.picture} className="picture-dialog">
      <DialogBody>
        {query.error && (
          <Callout intent="danger" compact role="alert">
            {describeError(query.error).message}
          </Callout>
        )}
        {query.isPending && <Spinner size={24} aria-label={copy.loading} />}
        {picture && (
          <>
            <p className="picture-facts">
              {copy.facts(pictureKinds[picture.kind], showMoment(picture.at), picture.state, picture.by)}{' '}
              {picture.stale && (
                <Tag minimal intent="warning" icon={<Icon icon="time" size={12} />}>
                  {copy.staleWords}
                </Tag>
              )}
            </p>
            <img
              className="picture-image"
              src={`data:image/png;base64,${picture.png}`}
              alt={`${pictureKinds[picture.kind]}: ${picture.title}. ${copy.altTable}`}
            />
            <PictureTableView title={picture.title} table={picture.table} />
          </>
        )}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            {picture && <Button icon="filter-keep" text={copy.narrow} onClick={narrow} />}
            {picture && mayChange && (
              <Button icon="floppy-disk" text={copy.save} onClick={() => setSaving(true)} />
            )}
            <Button intent="primary" text={copy.close} onClick={onClose} />
          </>
        }
      />
    </Dialog>
  );
}

function PictureTableView({ title, table }: { title: string; table: PictureTable }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="table-scroll picture-rows" tabIndex={0} aria-label={copy.tableOf(title)}>
      <table className="table">
        <thead>
          <tr>
            {table.headings.map((heading, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a kept picture never changes
              <th key={column}>{heading}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <tr key={place}>
              {row.map((text, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <td key={column}>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

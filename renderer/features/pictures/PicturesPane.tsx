import { Button, Icon, Tag } from '@blueprintjs/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeptPicture } from '../../../shared/contract/areas/pictures.ts';
import { undo } from '../../app/actions.ts';
import { refreshQueries, useClient } from '../../app/connection.ts';
import { showMessage } from '../../app/messages.ts';
import { goTo } from '../../app/navigation.ts';
import { describeError, reportError } from '../../app/reportError.ts';
import { useMay } from '../../app/role.ts';
import { picturesCopy as copy, pictureKinds } from '../../copy/pictures.ts';
import { showMoment } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PictureDialog } from './PictureDialog.tsx';

/** The pictures that packs print: what each shows, how old it is, and taking it out again. */
export function PicturesPane() {
  const client = useClient();
  const mayChange = useMay();
  const [opened, setOpened] = useState<number | null>(null);
  const query = useQuery({
    queryKey: ['pictures'],
    queryFn: () => client.pictures.list(),
    placeholderData: keepPreviousData,
  });

  async function remove({ id, title }: KeptPicture): Promise<void> {
    try {
      await client.pictures.remove({ id });
      showMessage({
        tone: 'done',
        text: copy.removed(title),
        action: { label: 'Undo', run: () => void undo() },
      });
    } catch (caught) {
      reportError(caught);
    }
    refreshQueries();
  }

  if (query.error)
    return (
      <p className="tone-danger" role="alert">
        {describeError(query.error).message}
      </p>
    );
  if (!query.data) return null;
  const { pictures } = query.data;
  if (pictures.length === 0)
    return (
      <EmptyState
        icon="camera"
        title={copy.none}
        description={copy.noneWords}
        action={<Button text={copy.toChart} onClick={() => goTo({ kind: 'chart', from: [] })} />}
      />
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="table-scroll pictures-scroll" tabIndex={0} aria-label={copy.pane}>
      <p className="muted">{copy.paneLead}</p>
      <table className="table pictures-table">
        <thead>
          <tr>
            <th>{copy.title}</th>
            <th>{copy.kind}</th>
            <th>{copy.keptAt}</th>
            <th>{copy.keptBy}</th>
            <th className="num">{copy.records}</th>
            <th className="num">{copy.tableRows}</th>
            <th>{copy.reason}</th>
            <th>{copy.state}</th>
            <th>
              <span className="only-spoken">{copy.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {pictures.map((picture) => (
            <tr key={picture.id}>
              <td>
                <button type="button" className="link" onClick={() => setOpened(picture.id)}>
                  {picture.title}
                </button>
              </td>
              <td>{pictureKinds[picture.kind]}</td>
              <td className="nowrap">{showMoment(picture.at)}</td>
              <td>{picture.by}</td>
              <td className="num">{picture.records.toLocaleString('en-GB')}</td>
              <td className="num">{picture.rows.toLocaleString('en-GB')}</td>
              <td>{picture.note}</td>
              <td>
                {picture.stale ? (
                  <Tag minimal intent="warning" icon={<Icon icon="time" size={12} />} title={copy.staleWords}>
                    {copy.stale}
                  </Tag>
                ) : (
                  copy.current
                )}
              </td>
              <td className="nowrap">
                {mayChange && (
                  <Button
                    size="small"
                    variant="minimal"
                    icon="remove"
                    text={copy.remove}
                    aria-label={copy.removeOne(picture.title)}
                    onClick={() => void remove(picture)}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {opened !== null && <PictureDialog id={opened} onClose={() => setOpened(null)} />}
    </section>
  );
}

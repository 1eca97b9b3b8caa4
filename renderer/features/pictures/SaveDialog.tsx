import { useClient, useConnection } from '../../app/connection.ts';
import { picturesCopy } from '../../copy/pictures.ts';
import { RecipientDialog } from '../../ui/RecipientDialog.tsx';
import { drawPicture, type PictureSource } from './drawnPicture.ts';
import { markPng } from './markPng.ts';

/** Writes the picture and its table into a folder. */
export function SaveDialog({ source, onClose }: { source: PictureSource; onClose: () => void }) {
  const client = useClient();
  const now = useConnection();
  const marking = now.phase === 'connected' ? (now.open?.marking ?? '') : '';
  // The timeline and the map draw their marking themselves; a pack marks its pages.
  const marked: PictureSource =
    source.kind === 'chart'
      ? { ...source, makePng: async () => markPng(await source.makePng(), marking) }
      : source;
  return (
    <RecipientDialog
      title={picturesCopy.saveTitle}
      lead={picturesCopy.saveLead}
      button={picturesCopy.saveButton}
      recipient={picturesCopy.recipient}
      recipientNeeded={picturesCopy.recipientNeeded}
      onClose={onClose}
      onWrite={async ({ folder, reason, recipient }) => {
        const drawn = await drawPicture(marked, source.title);
        const { files, leftOut } = await client.pictures.write({ ...drawn, folder, recipient, reason });
        return `${files.map(({ file }) => file).join(', ')}${leftOut === null ? '' : `. ${leftOut}`}`;
      }}
    />
  );
}

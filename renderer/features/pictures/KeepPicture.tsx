import { Button } from '@blueprintjs/core';
import { useState } from 'react';

import { showMessage } from '../../app/messages.ts';
import { useMay } from '../../app/role.ts';
import { picturesCopy } from '../../copy/pictures.ts';
import { type PictureSource, refusalOf } from './drawnPicture.ts';
import { KeepDialog } from './KeepDialog.tsx';
import { SaveDialog } from './SaveDialog.tsx';

/** The two ways in which a picture leaves its view: kept for packs, and saved into a folder. */
export function KeepPicture(props: PictureSource) {
  const [asked, setAsked] = useState<'keep' | 'save' | null>(null);
  if (!useMay()) return null;
  const ask = (what: 'keep' | 'save') => {
    const refusal = refusalOf(props);
    if (refusal === null) setAsked(what);
    else showMessage({ tone: 'warning', text: refusal });
  };
  return (
    <>
      <Button size="small" icon="camera" text={picturesCopy.keep} onClick={() => ask('keep')} />
      <Button size="small" icon="floppy-disk" text={picturesCopy.save} onClick={() => ask('save')} />
      {asked === 'keep' && <KeepDialog source={props} onClose={() => setAsked(null)} />}
      {asked === 'save' && <SaveDialog source={props} onClose={() => setAsked(null)} />}
    </>
  );
}

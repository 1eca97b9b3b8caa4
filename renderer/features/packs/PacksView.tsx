import { Button, ButtonGroup } from '@blueprintjs/core';
import { showDialog } from '../../app/navigation.ts';
import { packCopy } from '../../copy/packs.ts';
import { picturesCopy } from '../../copy/pictures.ts';
import { ForChangers } from '../../ui/ForChangers.tsx';
import { ViewHead } from '../../ui/ViewHead.tsx';
import { PicturesPane } from '../pictures/PicturesPane.tsx';
import { showPackPane, usePackPane } from './packPane.ts';
import { RegisterPane } from './register/RegisterPane.tsx';
import { KindsPane } from './specs/KindsPane.tsx';

/** Packs: the register of what was issued, the kinds of pack that can be, and the pictures kept for them. */
export function PacksView({ record }: { record: string | null }) {
  const pane = usePackPane();
  return (
    <section className="view packs-view" aria-label="Packs">
      <ViewHead title="Packs">
        <ButtonGroup>
          <Button
            size="small"
            text={packCopy.register}
            aria-pressed={pane === 'register'}
            active={pane === 'register'}
            onClick={() => showPackPane('register')}
          />
          <Button
            size="small"
            text={packCopy.kinds}
            aria-pressed={pane === 'kinds'}
            active={pane === 'kinds'}
            onClick={() => showPackPane('kinds')}
          />
          <Button
            size="small"
            text={picturesCopy.paneTab}
            aria-pressed={pane === 'pictures'}
            active={pane === 'pictures'}
            onClick={() => showPackPane('pictures')}
          />
        </ButtonGroup>
        <ForChangers>
          <Button
            size="small"
            intent="primary"
            icon="export"
            text={packCopy.exportTitle}
            onClick={() => showDialog('export')}
          />
        </ForChangers>
      </ViewHead>
      {pane === 'register' && <RegisterPane chosen={record} />}
      {pane === 'kinds' && <KindsPane />}
      {pane === 'pictures' && <PicturesPane />}
    </section>
  );
}

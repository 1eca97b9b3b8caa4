import { Button, ButtonGroup } from '@blueprintjs/core';
import { showDialog } from '../../app/navigation.ts';
import { packCopy } from '../../copy/packs.ts';
import { ViewHead } from '../../ui/ViewHead.tsx';
import { showPackPane, usePackPane } from './packPane.ts';
import { RegisterPane } from './register/RegisterPane.tsx';
import { KindsPane } from './specs/KindsPane.tsx';

/** Packs: the register of what was issued, and the kinds of pack that can be. */
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
        </ButtonGroup>
        <Button
          size="small"
          intent="primary"
          icon="export"
          text={packCopy.exportTitle}
          onClick={() => showDialog('export')}
        />
      </ViewHead>
      {pane === 'register' ? <RegisterPane chosen={record} /> : <KindsPane />}
    </section>
  );
}

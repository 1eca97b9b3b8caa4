import { Button } from '@blueprintjs/core';
import { showDialog } from '../../app/navigation.ts';
import { packCopy } from '../../copy/packs.ts';
import { ViewHead } from '../../ui/ViewHead.tsx';
import { RegisterPane } from './register/RegisterPane.tsx';

/** Packs: the register of what was issued. */
export function PacksView({ record }: { record: string | null }) {
  return (
    <section className="view packs-view" aria-label="Packs">
      <ViewHead title="Packs">
        <Button
          size="small"
          intent="primary"
          icon="export"
          text={packCopy.exportTitle}
          onClick={() => showDialog('export')}
        />
      </ViewHead>
      <RegisterPane chosen={record} />
    </section>
  );
}

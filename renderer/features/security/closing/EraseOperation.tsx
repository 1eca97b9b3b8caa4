import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import { setOpenWorkspace, useClient, useConnection } from '../../../app/connection.ts';
import { closingCopy } from '../../../copy/closing.ts';
import { EraseDialog } from './EraseDialog.tsx';

const copy = closingCopy.erasure;

/** Destroys the whole workspace, after its name was typed. */
export function EraseOperation({ mayErase }: { mayErase: boolean }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <h3>{copy.operationTitle}</h3>
      <p className="muted closing-words">{copy.operationLead}</p>
      <Button
        icon="trash"
        intent="danger"
        text={copy.operation}
        disabled={!mayErase}
        onClick={() => setAsking(true)}
      />
      {asking && <Confirm onClose={() => setAsking(false)} />}
    </>
  );
}

function Confirm({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const connection = useConnection();
  const name = connection.phase === 'connected' ? (connection.open?.name ?? '') : '';
  return (
    <EraseDialog
      title={copy.operation}
      lead={copy.operationLead}
      button={copy.operation}
      confirmLabel={copy.operationConfirm(name)}
      isConfirmed={(typed) => typed === name.trim()}
      confirmWrong={copy.operationWrong}
      // No history is left that would keep it.
      reasonHint=""
      onErase={async (said) => {
        await client.closing.eraseOperation(said);
        setOpenWorkspace(null);
      }}
      onClose={onClose}
    />
  );
}

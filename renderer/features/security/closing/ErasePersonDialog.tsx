import { useState } from 'react';
import type { Erasure } from '../../../../shared/contract/closingSchemas.ts';
import type { Progress } from '../../../../shared/contract/schemas.ts';
import { useClient } from '../../../app/connection.ts';
import { closingCopy } from '../../../copy/closing.ts';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { EraseDialog } from './EraseDialog.tsx';

const copy = closingCopy.erasure;

/** The second step: the reference typed once more, a reason, and a folder for the certificate. */
export function ErasePersonDialog(props: {
  personRef: string;
  texts: boolean;
  onDone: (erasure: Erasure) => void;
  onClose: () => void;
}) {
  const { personRef, texts } = props;
  const client = useClient();
  const [progress, setProgress] = useState<Progress | null>(null);
  return (
    <EraseDialog
      title={copy.eraseTitle(personRef)}
      lead={copy.lead}
      button={copy.erase}
      confirmLabel={copy.confirm(personRef)}
      isConfirmed={(typed) => typed.toUpperCase() === personRef}
      confirmWrong={copy.confirmWrong}
      progress={<ProgressLine title={copy.erasing} progress={progress} />}
      onErase={async (said) => {
        for await (const each of await client.closing.erasePerson({ ref: personRef, texts, ...said }))
          if (each.type === 'done') props.onDone(each.report);
          else setProgress(each);
      }}
      onClose={props.onClose}
    />
  );
}

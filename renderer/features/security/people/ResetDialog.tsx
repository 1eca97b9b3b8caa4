import { useState } from 'react';
import type { Admission, User } from '../../../../shared/contract/areas/users.ts';
import { useClient } from '../../../app/connection.ts';
import { peopleCopy } from '../../../copy/people.ts';
import { FormDialog } from './FormDialog.tsx';
import { OneTime } from './OneTime.tsx';
import { useAction } from './useAction.ts';

/** Gives a user new keys and shows the passphrase for the next opening. */
export function ResetDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const client = useClient();
  const copy = peopleCopy.resetDialog;
  const [admission, setAdmission] = useState<Admission | null>(null);
  const action = useAction();
  if (admission) return <OneTime admission={admission} onClose={onClose} />;
  return (
    <FormDialog
      title={copy.title(user.name)}
      words={copy.words}
      button={copy.button}
      icon="key"
      busy={action.busy}
      error={action.failure?.message}
      onSubmit={() => void action.run(() => client.users.reset({ id: user.id })).then(setAdmission)}
      onClose={onClose}
    >
      <p className="people-words">{copy.alsoRotate}</p>
    </FormDialog>
  );
}

import type { Admission } from '../../../../shared/contract/areas/users.ts';
import { peopleCopy } from '../../../copy/people.ts';
import { ResultDialog } from './FormDialog.tsx';

/** The passphrase that a user opens the workspace with once. */
export function OneTime({ admission, onClose }: { admission: Admission; onClose: () => void }) {
  const copy = peopleCopy.oneTime;
  return (
    <ResultDialog title={copy.title(admission.name)} button={copy.close} onClose={onClose}>
      <p className="people-secret">
        <output aria-label={copy.label}>{admission.oneTimePassphrase}</output>
      </p>
      <p className="people-words">{copy.words}</p>
    </ResultDialog>
  );
}

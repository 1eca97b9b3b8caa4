import { Button, Dialog, DialogBody, DialogFooter } from '@blueprintjs/core';
import { useState } from 'react';
import { lockWorkspace } from '../../app/actions.ts';
import { useUnsaved } from '../../app/unsaved.ts';
import { briefingCopy } from '../../copy/briefing.ts';

/** Asked before the workspace is locked while there is work that is not saved. */
export function UnsavedDialog({ onClose }: { onClose: () => void }) {
  const work = useUnsaved();
  const [saving, setSaving] = useState(false);

  async function lock(save: boolean): Promise<void> {
    if (save && work) {
      setSaving(true);
      const saved = await work.save();
      setSaving(false);
      if (!saved) {
        onClose();
        return;
      }
    } else work?.drop();
    onClose();
    await lockWorkspace();
  }

  return (
    <Dialog isOpen onClose={onClose} title={briefingCopy.unsavedTitle} className="disclosure-dialog">
      <DialogBody>
        <p>{briefingCopy.unsavedLead}</p>
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text="Leave it open" disabled={saving} onClick={onClose} />
            <Button text="Drop and lock" disabled={saving} onClick={() => void lock(false)} />
            <Button
              intent="primary"
              text="Save and lock"
              autoFocus
              loading={saving}
              onClick={() => void lock(true)}
            />
          </>
        }
      />
    </Dialog>
  );
}

import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import { type Granted, native } from '../../../app/native.ts';
import { reportError } from '../../../app/reportError.ts';
import { closingCopy } from '../../../copy/closing.ts';
import { FormField } from '../../../ui/FormField.tsx';

/** A folder to write to, chosen in the system's dialog, and the field that shows it. */
export function useFolder(error?: string): { folder: Granted | null; field: React.JSX.Element } {
  const [folder, setFolder] = useState<Granted | null>(null);
  async function choose(): Promise<void> {
    try {
      const picked = await native()?.pickFolder({ purpose: 'export' });
      if (picked) setFolder(picked);
    } catch (caught) {
      reportError(caught);
    }
  }
  return {
    folder,
    field: (
      <FormField label={closingCopy.erasure.folder} error={folder ? undefined : error}>
        {(input) => (
          <Button
            aria-describedby={input['aria-describedby']}
            fill
            alignText="start"
            icon="folder-open"
            text={folder?.name ?? closingCopy.erasure.chooseFolder}
            onClick={() => void choose()}
          />
        )}
      </FormField>
    ),
  };
}

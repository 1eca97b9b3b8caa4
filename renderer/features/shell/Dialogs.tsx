import { showDialog, useDialog } from '../../app/navigation.ts';
import { HelpDialog } from '../help/HelpDialog.tsx';
import { ImportWizard } from '../intake/ImportWizard.tsx';
import { ExportDialog } from '../packs/ExportDialog.tsx';
import { Palette } from '../palette/Palette.tsx';
import { RiskMatrixDialog } from '../risk/RiskMatrixDialog.tsx';
import { SourceDialog } from '../source/SourceDialog.tsx';

/** The dialog that is open, if any. Each starts afresh when it opens. */
export function Dialogs() {
  const dialog = useDialog();
  const close = () => showDialog(null);
  if (dialog === 'import') return <ImportWizard onClose={close} />;
  if (dialog === 'export') return <ExportDialog onClose={close} />;
  if (dialog === 'palette') return <Palette onClose={close} />;
  if (dialog === 'help') return <HelpDialog onClose={close} />;
  if (dialog === 'risk') return <RiskMatrixDialog onClose={close} />;
  if (dialog === 'source') return <SourceDialog onClose={close} />;
  return null;
}

import { Button, Icon, Tag } from '@blueprintjs/core';
import type { WorkspaceSummary } from '../../../shared/contract/schemas.ts';
import { lockWorkspace } from '../../app/locking.ts';
import { goBack, showDialog } from '../../app/navigation.ts';
import { useMay } from '../../app/role.ts';
import { toggleTheme, useTheme } from '../../app/theme.ts';
import { shellCopy } from '../../copy/shell.ts';

/** Operation name and what can be done from anywhere. */
export function TitleBar({ workspace }: { workspace: WorkspaceSummary }) {
  const mayChange = useMay();
  const theme = useTheme();
  const themeWords = theme === 'dark' ? shellCopy.themeToLight : shellCopy.themeToDark;
  return (
    <header className="title-bar">
      <Button
        variant="minimal"
        size="small"
        icon="arrow-left"
        aria-label="Back"
        title="Back (Alt+Left)"
        onClick={goBack}
      />
      <h1 className="title-name" title={workspace.folderName}>
        {workspace.name}
      </h1>
      <button type="button" className="title-find" onClick={() => showDialog('palette')}>
        <Icon icon="search" size={13} />
        <span>Find a person, number, address or command</span>
        <kbd>Ctrl K</kbd>
      </button>
      <div className="title-actions">
        {mayChange ? (
          <>
            <Button
              size="small"
              icon="import"
              text="Import"
              title="Ctrl+I"
              onClick={() => showDialog('import')}
            />
            <Button
              size="small"
              icon="export"
              text="Export pack"
              title="Ctrl+E"
              onClick={() => showDialog('export')}
            />
          </>
        ) : (
          <Tag minimal icon="eye-open">
            {shellCopy.reader}
          </Tag>
        )}
        <Button
          variant="minimal"
          size="small"
          icon={theme === 'dark' ? 'flash' : 'moon'}
          aria-label={themeWords}
          title={themeWords}
          onClick={toggleTheme}
        />
        <Button
          variant="minimal"
          size="small"
          icon="help"
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
          onClick={() => showDialog('help')}
        />
        <Button
          variant="minimal"
          size="small"
          icon="lock"
          text={shellCopy.lock}
          title="Ctrl+L"
          onClick={() => void lockWorkspace()}
        />
      </div>
    </header>
  );
}

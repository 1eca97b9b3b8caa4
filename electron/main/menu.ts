import type { MenuItemConstructorOptions } from 'electron';

/**
 * The menu. It has no reload (it would drop the page's state) and no developer tools in the installed
 * product, and it leaves the page's own shortcuts alone: undo and redo belong to the journal.
 */
export function menuTemplate(platform: NodeJS.Platform, isPackaged: boolean): MenuItemConstructorOptions[] {
  const edit: MenuItemConstructorOptions[] = [
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { type: 'separator' },
    { role: 'selectAll', registerAccelerator: false },
  ];
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    ...(isPackaged ? [] : ([{ role: 'toggleDevTools' }] as MenuItemConstructorOptions[])),
  ];
  return [
    ...(platform === 'darwin' ? ([{ role: 'appMenu' }] as MenuItemConstructorOptions[]) : []),
    { label: '&File', submenu: [{ role: platform === 'darwin' ? 'close' : 'quit' }] },
    { label: '&Edit', submenu: edit },
    { label: '&View', submenu: view },
    { label: '&Window', submenu: [{ role: 'minimize' }, { role: 'zoom' }] },
  ];
}

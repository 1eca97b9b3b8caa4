import { basename, dirname } from 'node:path';
import { type BrowserWindow, dialog, shell } from 'electron';
import type {
  Granted,
  GrantKind,
  PickFilesOptions,
  PickFolderOptions,
} from '../../shared/contract/native.ts';
import type { NativeCall } from '../../shared/contract/nativeCall.ts';
import { newWorkspaceFolder } from '../hosts/page/workspaceFolder.ts';
import type { EngineKeeper } from './engineProcess.ts';
import type { ClipboardGuard, Locker } from './locking.ts';

export interface NativeParts {
  window: BrowserWindow;
  engine: EngineKeeper;
  /** The words to ask with before the window closes. */
  closing: { message: string | null };
  locker: Locker;
  clipboard: ClipboardGuard;
}

/** Answers the calls of the preload. */
export async function answerNativeCall(call: NativeCall, parts: NativeParts): Promise<unknown> {
  const { window, engine, closing, locker, clipboard } = parts;
  switch (call.name) {
    case 'pickFiles':
      return grantAll(engine, await pickFiles(window, call.options));
    case 'pickFolder':
      return grantOne(engine, await pickFolder(window, call.options), call.options.purpose);
    case 'grantDroppedFiles':
      return grantAll(engine, call.paths);
    case 'reveal': {
      const path = await engine.locate(call.grant);
      if (path !== null) shell.showItemInFolder(path);
      return path !== null;
    }
    case 'confirmClose':
      closing.message = call.message;
      return null;
    case 'lock':
      closing.message = null;
      void locker.lock(call.reason);
      return null;
    case 'takeLocked':
      return locker.takeLocked();
    case 'noteCopied':
      clipboard.noteCopied(call.seconds);
      return null;
    case 'protectScreen':
      window.setContentProtection(call.on);
      return null;
  }
}

/** Asks whether to close the window with work in it. True: close. */
export async function mayClose(window: BrowserWindow, message: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message,
    buttons: ['Keep open', 'Close'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}

async function pickFiles(window: BrowserWindow, options: PickFilesOptions): Promise<string[]> {
  const extensions = [...(options.extensions ?? [])];
  const { filePaths } = await dialog.showOpenDialog(window, {
    properties: options.multiple === false ? ['openFile'] : ['openFile', 'multiSelections'],
    filters: [
      ...(extensions.length > 0 ? [{ name: extensions.join(', '), extensions }] : []),
      { name: 'All files', extensions: ['*'] },
    ],
  });
  return filePaths;
}

async function pickFolder(window: BrowserWindow, options: PickFolderOptions): Promise<string | null> {
  if (options.purpose === 'new-workspace') {
    const { filePath } = await dialog.showSaveDialog(window, {
      title: 'New workspace',
      buttonLabel: 'Create',
      defaultPath: `${options.suggestedName ?? 'Operation'}.fellside`,
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    });
    return filePath ? newWorkspaceFolder(dirname(filePath), basename(filePath)) : null;
  }
  const isExport = options.purpose === 'export';
  const isImport = options.purpose === 'import';
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: isExport ? 'Where should the files go?' : isImport ? 'Which folder of files?' : 'Open workspace',
    buttonLabel: isExport ? 'Export here' : isImport ? 'Import this folder' : 'Open',
    properties: isExport ? ['openDirectory', 'createDirectory'] : ['openDirectory'],
  });
  return filePaths[0] ?? null;
}

export async function grantOne(
  engine: EngineKeeper,
  path: string | null,
  use: GrantKind,
): Promise<Granted | null> {
  const grant = path === null ? null : await engine.grant(path, use);
  return path === null || grant === null ? null : { grant, name: basename(path) };
}

async function grantAll(engine: EngineKeeper, paths: readonly string[]): Promise<Granted[]> {
  const granted: Granted[] = [];
  for (const path of paths) {
    const one = await grantOne(engine, path, 'file');
    if (one !== null) granted.push(one);
  }
  return granted;
}

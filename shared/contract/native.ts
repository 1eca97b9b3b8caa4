import type { LockReason } from './lockReason.ts';
import type { StringPort } from './port.ts';

/**
 * What a host gives the page beside the engine's port: `window.fellside`. The page never sees a path. It
 * gets grants: opaque ids that the engine exchanges for the path that a person chose in a dialog.
 */
export interface NativeBridge {
  readonly host: 'electron' | 'chromium';
  /** Called with the port at once when there is one, and again with a fresh one after the engine was restarted. */
  onPort(callback: (port: StringPort) => void): void;
  /** Called when the engine has stopped. The workspace is locked again by then; a fresh port follows. */
  onEngineGone(callback: () => void): void;
  /** Lets a person choose files. An empty list means that they chose none. */
  pickFiles(options?: PickFilesOptions): Promise<Granted[]>;
  /**
   * Lets a person choose a folder: a place and a name for a new workspace, an existing workspace, where
   * an export goes, or a folder of files to import. Null means that they chose none.
   */
  pickFolder(options: PickFolderOptions): Promise<Granted | null>;
  /** Grants for files that were dropped onto the page or chosen in a file input, in the same order. */
  grantDroppedFiles(files: readonly DroppedFile[]): Promise<Granted[]>;
  /** Shows what a grant stands for in the system's file manager. False when that was not possible. */
  reveal(grant: string): Promise<boolean>;
  /** With a message: closing the window asks first. With null: it closes at once. */
  confirmClose(message: string | null): void;
  /**
   * Ends the engine's process, and this page with everything that it holds, at once; both are started afresh.
   * What is written must have been kept by then.
   */
  lock(reason: LockReason): void;
  /** Called when the host wants to lock, with a moment left to keep what is written and call `lock`. */
  onLockWanted(callback: (reason: LockReason) => void): void;
  /** What was locked before this page was loaded, once; null where nothing was. */
  takeLocked(): Promise<Locked | null>;
  /** Text was copied: the host takes it off the clipboard after so many seconds, where it is still there. */
  noteCopied(seconds: number): void;
  /** Keeps the window out of screenshots and shared screens, where the system can. */
  protectScreen(on: boolean): void;
}

/** A workspace that was locked, ready to be unlocked again. */
export interface Locked {
  reason: LockReason;
  workspace: Granted | null;
}

export interface Granted {
  grant: string;
  /** File or folder name to show, without its folder. */
  name: string;
}

export interface PickFilesOptions {
  multiple?: boolean | undefined;
  /** Without the dot, for example `['xlsx', 'csv']`. */
  extensions?: readonly string[] | undefined;
}

export type FolderPurpose = 'new-workspace' | 'open-workspace' | 'export' | 'import';

export interface PickFolderOptions {
  purpose: FolderPurpose;
  suggestedName?: string | undefined;
}

/** What an engine is asked to grant: one file, or a folder for one purpose. */
export type GrantKind = 'file' | FolderPurpose;

/** A `File` of the page; shared/ has no types of the page. */
export interface DroppedFile {
  readonly name: string;
  readonly size: number;
}

import type { LockReason } from './lockReason.ts';
import type { GrantKind, PickFilesOptions, PickFolderOptions } from './native.ts';
import type { Piece } from './pieces.ts';

/** Names that the page's shim and the Chromium host agree on. */
export const toHostBinding = 'fellsideToHost';
export const fromHostFunction = 'fellsideFromHost';
export const chosenFilesFunction = 'fellsideChosenFiles';

/** From the page's shim to the Chromium host, as JSON text through a binding. */
export type ShimMessage =
  | { kind: 'hello' }
  | { kind: 'piece'; port: number; piece: Piece }
  | { kind: 'closePort'; port: number }
  | { kind: 'lock'; reason: LockReason }
  | { kind: 'copied'; seconds: number }
  | ({ kind: 'call'; call: number } & ShimCall);

export type ShimCall =
  | { name: 'pickFiles'; options: PickFilesOptions }
  | { name: 'pickFolder'; options: PickFolderOptions }
  | { name: 'grantFiles'; key: number; count: number }
  | { name: 'listFolders'; path: string | null }
  | { name: 'grantFolder'; path: string; newName: string | null; use: Exclude<GrantKind, 'file'> }
  | { name: 'reveal'; grant: string }
  | { name: 'takeLocked' };

/** From the Chromium host to the page's shim. */
export type ShimOrder =
  | { kind: 'port'; port: number }
  | { kind: 'piece'; port: number; piece: Piece }
  | { kind: 'closePort'; port: number }
  | { kind: 'gone' }
  | { kind: 'lockWanted'; reason: LockReason }
  | { kind: 'answer'; call: number; value: unknown };

/** What the host answers where it has no dialog of its own: the page's side asks the person. */
export const askInPage = 'ask-in-page';

/** One folder as the in-page folder chooser shows it. */
export interface FolderListing {
  path: string;
  parent: string | null;
  folders: { name: string; path: string; workspace: boolean }[];
}

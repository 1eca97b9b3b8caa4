import type { LockReason } from '../../shared/contract/lockReason.ts';
import type { GrantKind } from '../../shared/contract/native.ts';

/**
 * What a host and its engine process say to each other beside the frames of the page. Electron hands the
 * page's port to the engine itself; the Chromium host carries the frames of numbered ports instead.
 */
export type HostMessage =
  | { kind: 'grant'; call: number; path: string; use: GrantKind }
  | { kind: 'locate'; call: number; grant: string }
  | { kind: 'port' }
  | { kind: 'openPort'; port: number }
  | { kind: 'frame'; port: number; text: string }
  | { kind: 'closePort'; port: number }
  | { kind: 'lock'; reason: LockReason }
  | { kind: 'close' };

export type EngineMessage =
  | { kind: 'ready' }
  /** The folder of the workspace that is open from now on: the unlock screen offers it again after a lock. */
  | { kind: 'workspace'; folder: string | null }
  | { kind: 'answer'; call: number; value: string | null }
  | { kind: 'frame'; port: number; text: string }
  | { kind: 'closePort'; port: number };

/**
 * Previews that go on: the next page of a sheet continues where the one before ended, instead of reading a
 * million rows again. A few are held open, for a short while.
 */
import type { PreviewPosition } from './previewRows.ts';

export interface HeldPreview {
  position: PreviewPosition;
  /** Closes the file beneath. */
  close(): Promise<void>;
}

export interface PreviewCursors {
  /** Takes out the preview that goes on at this key; it is the caller's to keep again or to close. */
  take(key: string): HeldPreview | undefined;
  keep(key: string, held: HeldPreview): void;
  closeAll(): Promise<void>;
}

const maximumHeld = 3;
const idleMilliseconds = 60_000;

export function createPreviewCursors(): PreviewCursors {
  const held = new Map<string, { preview: HeldPreview; timer: NodeJS.Timeout }>();
  const take = (key: string): HeldPreview | undefined => {
    const found = held.get(key);
    if (!found) return undefined;
    held.delete(key);
    clearTimeout(found.timer);
    return found.preview;
  };
  /** A file that cannot be closed any more is no one's loss. */
  const close = async (key: string): Promise<void> => {
    await take(key)
      ?.close()
      .catch(() => undefined);
  };
  return {
    take,
    keep(key, preview) {
      const oldest = held.keys().next().value;
      if (held.size >= maximumHeld && oldest !== undefined) void close(oldest);
      void close(key);
      const timer = setTimeout(() => void close(key), idleMilliseconds);
      timer.unref();
      held.set(key, { preview, timer });
    },
    async closeAll() {
      await Promise.all([...held.keys()].map(close));
    },
  };
}

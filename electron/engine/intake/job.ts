/** One run of an import, as its steps pass it on. */
import type {
  DateOrder,
  FormConflicts,
  ImportKind,
  Progress,
  SheetMapping,
} from '../../../shared/contract/schemas.ts';
import type { Session } from '../session.ts';
import type { ByteSource } from './readers/types.ts';
import type { RefreshDone } from './refresh/refreshDone.ts';
import type { Sink } from './sink.ts';

export interface FileToImport {
  /** File name without folder. */
  name: string;
  /** Opens it afresh; an import that starts again without another file opens it twice. */
  open: () => Promise<ByteSource>;
  /** Opens a workbook that is protected with a password. */
  password?: string | undefined;
  /** For a redo: the workbook within a protected one, which stands for it when its rows are read. */
  openUnlocked?: (() => Promise<ByteSource>) | undefined;
  /** As the user accepted it; without it every sheet is read as guessed. */
  sheets?: readonly SheetMapping[] | undefined;
  /** Forces the kind of every sheet (of the one named, where `sheet` is given). */
  kind?: ImportKind | undefined;
  sheet?: string | undefined;
  dateOrder?: DateOrder | undefined;
  conflicts?: FormConflicts | undefined;
}

export interface Job {
  session: Session;
  sink: Sink;
  mode: 'preview' | 'commit';
  importId: number;
  signal: AbortSignal | undefined;
  progress: (progress: Progress) => void;
  rowsDone: number;
  /** A redo imports files that were imported before. */
  again: boolean;
  /** The mappings that were used, by file: a redo reads the same way. */
  mappings: SheetMapping[][];
  /** SHA-256 of the workbook within each protected file, by file. */
  unlocked: string[];
  /** What was refreshed, sheet by sheet. */
  refreshes: RefreshDone[];
}

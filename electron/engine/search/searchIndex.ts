/** The index of a session: who keeps it in step, and the vocabulary beside it. */
import type { SearchIndex } from '../../../shared/contract/areas/search.ts';
import type { Progress } from '../../../shared/contract/schemas.ts';
import { get } from '../database/sql.ts';
import type { Session } from '../session.ts';
import { canWork, catchUp, ensureIndex, misfits, rebuildIndex } from './keepIndex.ts';
import { countWaiting } from './queue.ts';
import { Vocabulary } from './vocabulary.ts';

/** A piece of work in the background: short enough that a page that asks meanwhile does not wait. */
const piece = 25;
/** Before a search, when much waits. */
const shortPiece = 5;
/** While somebody waits for the whole index. */
const longPiece = 400;
const between = 15;
/** So much is put right before a search answers: what an edit or a paste leaves behind. */
const mostBefore = 1500;

class SessionIndex {
  readonly vocabulary = new Vocabulary();
  private readonly session: Session;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private ensured = false;
  private checked = false;
  /** Rows that waited when the work began. */
  private begunWith = 0;

  constructor(session: Session) {
    this.session = session;
  }

  /** Something may have changed: the index follows in the background. */
  wake(): void {
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.workOn();
    }, between);
    this.timer.unref();
  }

  private workOn(): void {
    const { writer } = this.session;
    // After an import there is a change to wake it again.
    if (!canWork(writer)) return;
    try {
      if (this.step(piece) > 0 || !this.check()) this.wake();
    } catch (error) {
      this.session.keepError(error);
    }
  }

  /** A piece of work; returns what still waits. */
  private step(milliseconds: number): number {
    const { writer } = this.session;
    if (!this.ensured) {
      ensureIndex(writer);
      this.ensured = true;
    }
    const { waiting } = catchUp(writer, milliseconds);
    this.begunWith = waiting === 0 ? 0 : Math.max(this.begunWith, waiting);
    return waiting;
  }

  /** Once a session, when nothing waits: an index that does not fit is built again. True when it fits. */
  private check(): boolean {
    if (this.checked) return true;
    this.checked = true;
    if (misfits(this.session.writer).length === 0) return true;
    rebuildIndex(this.session.writer);
    return false;
  }

  /** How far the index is, after a little of what waits was put right. A search is answered in any case. */
  refresh(): SearchIndex {
    const { reader, writer } = this.session;
    if (this.ensured && !get(reader, 'SELECT 1 FROM search_queue LIMIT 1'))
      return { ready: true, waiting: 0, share: 1 };
    if (canWork(writer)) {
      try {
        // However much waits, what was entered last comes first.
        if (this.step(countWaiting(writer) <= mostBefore ? longPiece : shortPiece) === 0)
          return { ready: true, waiting: 0, share: 1 };
        this.wake();
      } catch (error) {
        this.session.keepError(error);
      }
    }
    const state = this.state(countWaiting(reader));
    return this.ensured ? state : { ...state, ready: false };
  }

  private state(waiting: number): SearchIndex {
    const all = Math.max(this.begunWith, waiting);
    return { ready: waiting === 0, waiting, share: all === 0 ? 1 : (all - waiting) / all };
  }

  /** Builds all that waits, and checks. */
  async *build(
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Progress | { type: 'done'; report: SearchIndex }> {
    for (let waiting = 1; waiting > 0; ) {
      if (signal?.aborted || !canWork(this.session.writer)) break;
      waiting = this.step(longPiece);
      if (waiting === 0 && !this.check()) waiting = this.step(longPiece);
      if (waiting > 0)
        yield {
          type: 'progress',
          stage: 'Building the index of the search',
          done: Math.max(0, this.begunWith - waiting),
          total: this.begunWith,
          unit: 'rows',
        };
      await new Promise((resolve) => setImmediate(resolve));
    }
    yield { type: 'done', report: this.state(countWaiting(this.session.reader)) };
  }
}

const indexes = new WeakMap<Session, SessionIndex>();

/** The index of an open session. */
export function searchIndexOf(session: Session): SessionIndex {
  let index = indexes.get(session);
  if (!index) {
    index = new SessionIndex(session);
    indexes.set(session, index);
  }
  return index;
}

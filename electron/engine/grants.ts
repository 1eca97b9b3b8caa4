/**
 * Grants: what the page holds instead of paths. A dialog (or the command line) makes one; only the engine
 * knows the path behind it. They live as long as the engine.
 */
import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { AppError } from '../../shared/contract/errors.ts';
import type { GrantKind } from '../../shared/contract/native.ts';
import { openFileSource } from './intake/readers/byteSource.ts';
import type { ByteSource } from './intake/readers/types.ts';

/** A file that can be opened, as often as wanted. */
export interface GrantedFile {
  /** As people read it: of a file inside an archive or a folder with what it stands in. */
  name: string;
  open(): Promise<ByteSource>;
}

export interface Grants {
  /** Makes a grant for a path. */
  add(path: string, kind: GrantKind): string;
  /** Makes a grant for a file inside an archive or a folder that was granted. */
  addFile(file: GrantedFile): string;
  /** The path behind a grant of one of these kinds. @throws AppError `grant.unknown`. */
  resolve(grant: string, ...kinds: GrantKind[]): string;
  /** The file behind a grant, wherever it stands. @throws AppError `grant.unknown`. */
  file(grant: string): GrantedFile;
}

const maximumGrants = 10_000;

export function createGrants(): Grants {
  const known = new Map<string, { path: string; kind: GrantKind } | GrantedFile>();
  const keep = (prefix: string, what: { path: string; kind: GrantKind } | GrantedFile): string => {
    const oldest = known.keys().next().value;
    if (known.size >= maximumGrants && oldest !== undefined) known.delete(oldest);
    const grant = `${prefix}-${randomBytes(15).toString('base64url')}`;
    known.set(grant, what);
    return grant;
  };
  const resolve = (grant: string, ...kinds: GrantKind[]): string => {
    const found = known.get(grant);
    if (!found || !('kind' in found) || !kinds.includes(found.kind)) {
      throw new AppError(
        'grant.unknown',
        'That file or folder was not chosen in this session. Choose it again.',
      );
    }
    return found.path;
  };
  return {
    add: (path, kind) => keep(kind, { path, kind }),
    addFile: (file) => keep('file', file),
    resolve,
    file(grant) {
      const found = known.get(grant);
      if (found && 'open' in found) return found;
      const path = resolve(grant, 'file');
      return { name: basename(path), open: () => openFileSource(path) };
    },
  };
}

/**
 * Work under `faults.c`: built where a C compiler is at hand, and what it wrote down replayed as a power cut leaves it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** The compiled layer, or why there is none. */
export function buildLayer(folder: string): { library: string } | { missing: string } {
  if (process.platform !== 'linux') return { missing: 'the layer is loaded by the linker of Linux' };
  const library = join(folder, 'faults.so');
  const built = spawnSync(
    'cc',
    ['-shared', '-fPIC', '-O1', '-o', library, join(import.meta.dirname, 'faults.c'), '-lpthread'],
    { encoding: 'utf8' },
  );
  if (built.error) return { missing: `no C compiler (${built.error.message})` };
  return built.status === 0 ? { library } : { missing: `the C compiler refused it: ${built.stderr}` };
}

export interface WorkUnderFaults {
  library: string;
  workspace: string;
  /** Watched: the workspace and what is written beside it. */
  folder: string;
  seed: number;
  works: number;
  log?: string;
  fail?: string;
}

export interface Worked {
  status: number | null;
  lines: string[];
  errors: string;
}

/** Runs the workload of the kills under the layer, to its end. */
export async function workUnderFaults(wanted: WorkUnderFaults, passphrase: string): Promise<Worked> {
  const workload = join(import.meta.dirname, 'workload.ts');
  const child = spawn(
    process.execPath,
    [workload, wanted.workspace, wanted.folder, String(wanted.seed), String(wanted.works)],
    {
      env: {
        ...process.env,
        FELLSIDE_PASSPHRASE: passphrase,
        FELLSIDE_FAULTS: '1',
        LD_PRELOAD: wanted.library,
        FAULTS_FOLDER: wanted.folder,
        ...(wanted.log === undefined ? {} : { FAULTS_LOG: wanted.log }),
        ...(wanted.fail === undefined ? {} : { FAULTS_FAIL: wanted.fail }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, lines: out.split('\n'), errors };
}

/** Entries that were acknowledged, by number. */
export function acknowledgedIn(lines: readonly string[]): Map<number, string> {
  const entries = new Map<number, string>();
  for (const line of lines) {
    const [word, seq, hash] = line.split(' ');
    if (word === 'acknowledged' && seq && hash) entries.set(Number(seq), hash);
  }
  return entries;
}

const kinds = ['', 'write', 'truncate', 'sync', 'create', 'rename', 'unlink', 'mkdir', 'say'] as const;

export interface LoggedCall {
  kind: (typeof kinds)[number];
  path: string;
  other: string;
  offset: number;
  data: Buffer;
}

/** The calls of a log, in order. */
export function* readLog(path: string): Generator<LoggedCall> {
  const file = openSync(path, 'r');
  let at = 0;
  const read = (length: number) => {
    const bytes = Buffer.alloc(length);
    let done = 0;
    while (done < length) {
      const count = readSync(file, bytes, done, length - done, at + done);
      if (count === 0) return null;
      done += count;
    }
    at += length;
    return bytes;
  };
  try {
    for (;;) {
      const head = read(24);
      if (!head) return;
      const [kind = 0, pathLength = 0, otherLength = 0, length = 0] = [0, 4, 8, 12].map((place) =>
        head.readUInt32LE(place),
      );
      const name = read(pathLength);
      const other = read(otherLength);
      const data = read(length);
      if (!name || !other || !data) return;
      yield {
        kind: kinds[kind] ?? '',
        path: name.toString('utf8'),
        other: other.toString('utf8'),
        offset: Number(head.readBigInt64LE(16)),
        data,
      };
    }
  } finally {
    closeSync(file);
  }
}

const sector = 512;

type Change = { kind: 'write'; offset: number; data: Buffer } | { kind: 'truncate'; length: number };

/** The bytes of a file, written in place. */
class Content {
  private bytes: Buffer;
  private length: number;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.length = bytes.length;
  }

  apply(change: Change): void {
    const end = change.kind === 'write' ? change.offset + change.data.length : change.length;
    if (end > this.bytes.length) {
      const larger = Buffer.alloc(Math.max(end, 2 * this.bytes.length));
      this.bytes.copy(larger, 0, 0, this.length);
      this.bytes = larger;
    }
    if (change.kind === 'write') {
      change.data.copy(this.bytes, change.offset);
      this.length = Math.max(this.length, end);
    } else {
      // What is cut off reads as zeros where the file grows again.
      if (end < this.length) this.bytes.fill(0, end, this.length);
      this.length = end;
    }
  }

  /** A copy of what is there. */
  whole(): Buffer {
    return Buffer.from(this.bytes.subarray(0, this.length));
  }
}

/** One file, by whatever name: what is on the disk, and what was changed since it was last waited for. */
class DiskFile {
  private readonly durable: Content;
  private pending: Change[] = [];

  constructor(content: Buffer) {
    this.durable = new Content(content);
  }

  apply(change: Change): void {
    this.pending.push(change);
  }

  sync(): void {
    for (const change of this.pending) this.durable.apply(change);
    this.pending = [];
  }

  /** What a power cut leaves: any part of what nobody waited for, in sectors, in any order. */
  afterCut(random: () => number): Buffer {
    const content = new Content(this.durable.whole());
    const share = random();
    for (const change of this.pending) {
      if (change.kind === 'truncate') {
        if (random() < share) content.apply(change);
        continue;
      }
      for (let at = 0; at < change.data.length; at += sector - ((change.offset + at) % sector)) {
        if (random() >= share) continue;
        const end = Math.min(change.data.length, at + sector - ((change.offset + at) % sector));
        content.apply({ kind: 'write', offset: change.offset + at, data: change.data.subarray(at, end) });
      }
    }
    return content.whole();
  }
}

type NameChange =
  | { kind: 'put'; folder: string; path: string; file: DiskFile | 'folder' }
  | { kind: 'take'; folder: string; path: string };

/**
 * A disk that is cut off: it knows what was waited for. Names come to the disk in the order in which they were
 * changed, as journalled file systems do it, but no further than the last wait for their folder is sure.
 */
export class Disk {
  private durable = new Map<string, DiskFile | 'folder'>();
  private current = new Map<string, DiskFile | 'folder'>();
  private pending: NameChange[] = [];

  /** A file that stood there before the log began. */
  put(path: string, content: Buffer | 'folder'): void {
    const file = content === 'folder' ? content : new DiskFile(content);
    this.durable.set(path, file);
    this.current.set(path, file);
  }

  private name(change: NameChange): void {
    if (change.kind === 'put') this.current.set(change.path, change.file);
    else this.current.delete(change.path);
    this.pending.push(change);
  }

  take(call: LoggedCall): void {
    const { path } = call;
    const file = this.current.get(path);
    switch (call.kind) {
      case 'create':
        this.name({ kind: 'put', folder: dirname(path), path, file: new DiskFile(Buffer.alloc(0)) });
        break;
      case 'mkdir':
        this.name({ kind: 'put', folder: dirname(path), path, file: 'folder' });
        break;
      case 'write':
        if (file instanceof DiskFile) file.apply({ kind: 'write', offset: call.offset, data: call.data });
        break;
      case 'truncate':
        if (file instanceof DiskFile) file.apply({ kind: 'truncate', length: call.offset });
        break;
      case 'sync':
        if (file instanceof DiskFile) file.sync();
        else this.syncFolder(path);
        break;
      case 'rename': {
        if (file === undefined) break;
        this.name({ kind: 'take', folder: dirname(path), path });
        this.name({ kind: 'put', folder: dirname(call.other), path: call.other, file });
        break;
      }
      case 'unlink':
        this.name({ kind: 'take', folder: dirname(path), path });
        break;
    }
  }

  private syncFolder(folder: string): void {
    for (const change of this.pending) if (change.folder === folder) applyName(this.durable, change);
    this.pending = this.pending.filter((change) => change.folder !== folder);
  }

  /** Writes what a power cut at this moment leaves under `root` into another folder. */
  writeAfterCut(root: string, target: string, random: () => number): void {
    const names = new Map(this.durable);
    const reached = Math.floor(random() * (this.pending.length + 1));
    for (const change of this.pending.slice(0, reached)) applyName(names, change);
    for (const [path, file] of names) {
      const inside = relative(root, path);
      if (inside.startsWith('..')) continue;
      const place = join(target, inside);
      mkdirSync(file === 'folder' ? place : dirname(place), { recursive: true });
      if (file !== 'folder') writeFileSync(place, file.afterCut(random), { mode: 0o600 });
    }
  }
}

function applyName(names: Map<string, DiskFile | 'folder'>, change: NameChange): void {
  if (change.kind === 'put') names.set(change.path, change.file);
  else names.delete(change.path);
}

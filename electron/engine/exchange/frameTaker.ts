/** Hands each piece of a package to whoever files it. Inside the transaction of the take. */
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import { schemaVersion } from '../database/migrations/migrate.ts';
import type { RowSet } from '../entities/rowSet.ts';
import type { Session } from '../session.ts';
import type { Copy } from './copies.ts';
import { addKey, CopyShape, copyName, insertCopy, listCopies } from './copies.ts';
import { EntriesFrame, EntryTaker, hashOfEntry, readHeadsOfJournals, twin } from './entries.ts';
import { BlockFrame, ChunkFrame, EvidenceTaker, FileFrame, ImportFrame, RowsFrame } from './evidence.ts';
import type { Frame } from './frames.ts';
import { HeldFileTaker, PackFileFrame, PackFrame, PhotographFrame } from './heldFiles.ts';
import { Inventory } from './inventory.ts';
import type { Signer } from './signers.ts';
import { keepSigners, SignerShape } from './signers.ts';

const Hello = z.strictObject({
  t: z.literal('hello'),
  schema: z.int().min(1),
  at: z.string().max(40),
  by: z.string().max(200),
  inventory: Inventory,
  copies: z.array(CopyShape).min(1).max(400),
  signers: z.array(SignerShape).max(10_000),
  keys: z.array(z.strictObject({ key: z.base64().max(64), at: z.string().max(40) })).max(1000),
});
type Hello = z.infer<typeof Hello>;

const maximumChanges = 200_000;

export const impossible = () =>
  new AppError(
    'exchange.forged',
    'The package holds what no copy of this operation can have. Nothing was taken.',
  );

interface Taking {
  own: Copy;
  signer: Signer;
  seq: number;
  touched: RowSet;
  /** Who made the package. */
  copy: string;
}

/** Takes frames in the order in which packages are written. */
export class FrameTaker {
  private readonly session: Session;
  private readonly taking: Taking;
  private hello: Hello | null = null;
  private readonly changes: Uint8Array[] = [];
  private ended = false;
  private journals: EntryTaker | undefined;
  readonly evidence: EvidenceTaker;
  readonly held: HeldFileTaker;

  constructor(session: Session, taking: Taking) {
    this.session = session;
    this.taking = taking;
    this.evidence = new EvidenceTaker(session.writer, taking.seq, taking.touched);
    this.held = new HeldFileTaker(session.writer, taking.seq, taking.touched);
  }

  get entries(): EntryTaker {
    if (!this.journals) throw impossible();
    return this.journals;
  }

  /** @throws AppError, z.ZodError */
  take({ json, blob }: Frame): void {
    const { t } = z.object({ t: z.string() }).parse(json);
    if (this.ended || (this.hello === null) !== (t === 'hello')) throw impossible();
    switch (t) {
      case 'hello':
        this.greet(Hello.parse(json));
        break;
      case 'entries':
        this.entries.take(EntriesFrame.parse(json));
        break;
      case 'import':
        this.evidence.import(ImportFrame.parse(json));
        break;
      case 'file':
        this.evidence.file(FileFrame.parse(json));
        break;
      case 'chunk':
        this.evidence.chunk(ChunkFrame.parse(json), blob);
        break;
      case 'block':
        this.evidence.block(BlockFrame.parse(json), blob);
        break;
      case 'rows':
        this.evidence.rowsOf(RowsFrame.parse(json));
        break;
      case 'photograph':
        this.held.photograph(PhotographFrame.parse(json), blob);
        break;
      case 'pack':
        this.held.pack(PackFrame.parse(json), blob);
        break;
      case 'packFile':
        this.held.packFile(PackFileFrame.parse(json), blob);
        break;
      case 'change':
        if (!blob || this.changes.length >= maximumChanges) throw impossible();
        this.changes.push(new Uint8Array(blob));
        break;
      case 'end':
        this.ended = true;
        break;
      default:
        throw impossible();
    }
  }

  private greet(hello: Hello): void {
    const database = this.session.writer;
    const { own, signer, copy } = this.taking;
    if (hello.schema > schemaVersion)
      throw new AppError(
        'workspace.newer',
        'This package was made by a newer version of Fellside. Take it with that version.',
      );
    this.hello = hello;
    for (const told of [...hello.copies].sort((a, b) => a.number - b.number)) {
      const copies = listCopies(database);
      const known = copies.find((each) => each.id === told.id);
      const sameNumber = copies.find((each) => each.number === told.number);
      if (known ? known.number !== told.number : sameNumber) throw twin(sameNumber ?? { ...told, own: 0 });
      if (known) continue;
      const fork =
        told.parent === null ? undefined : hashOfEntry(database, copies, told.parent, told.forked_seq);
      // A copy goes on from a past that is known here, and from no other.
      if (fork !== undefined && fork !== told.forked_hash) throw impossible();
      insertCopy(database, { ...told, own: 0 });
    }
    if (!listCopies(database).some(({ id }) => id === copy)) throw impossible();
    this.checkTwins(hello.inventory);
    keepSigners(database, own.id, hello.signers, signer);
    for (const { key, at } of hello.keys) addKey(database, Buffer.from(key, 'base64'), at);
    this.journals = new EntryTaker(database, listCopies(database));
  }

  /** What the sender has of the record is here now: nothing was left out at the end of a journal. */
  private checkWhole({ entries }: Inventory): void {
    const database = this.session.writer;
    const heads = readHeadsOfJournals(database);
    for (const copy of listCopies(database)) {
      const [seq] = entries[copy.id] ?? [0];
      const head = heads.get(copy.id)?.seq ?? 0;
      if (head < seq)
        throw new AppError(
          'exchange.gap',
          `Entries ${head + 1} to ${seq} of ${copyName(copy.number)} are not in this package and have not come before. Take the earlier packages first, or ask for a package for this copy.`,
        );
    }
  }

  /** The sender has another past of a copy than is known here, or a later one of this copy: a number stands for two. */
  private checkTwins({ entries }: Inventory): void {
    const database = this.session.writer;
    const copies = listCopies(database);
    const heads = readHeadsOfJournals(database);
    for (const copy of copies) {
      const told = entries[copy.id];
      const head = heads.get(copy.id);
      if (!told || !head) continue;
      const [seq, hash] = told;
      if (seq > head.seq) {
        if (copy.own === 1) throw twin(copy);
        continue;
      }
      const known = hashOfEntry(database, copies, copy.id, seq);
      if (known !== undefined && known !== hash) throw twin(copy);
    }
  }

  /** @throws AppError `exchange.forged` where the body ended before it was told to be. */
  end(): { hello: Hello; changes: readonly Uint8Array[] } {
    if (!this.hello || !this.ended) throw impossible();
    this.checkWhole(this.hello.inventory);
    this.evidence.finish();
    return { hello: this.hello, changes: this.changes };
  }
}

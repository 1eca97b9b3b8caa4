/**
 * The document of the merge engine (Automerge): one flat map of registers. Flat, because two copies that each make a
 * map of their own for one row would contend for the whole row, not for a field. Every copy is an actor.
 *
 * Nothing writes the document as it goes: before a package is made or taken, what stands in the workspace is compared
 * with the document and the differences become one change (`fold`). So no entry of the journal has to be interpreted,
 * and undo, redo and whatever is added later are exchanged without a word of their own here.
 */
import { randomBytes } from 'node:crypto';
import type { Doc, Heads } from '@automerge/automerge';
import type { ReadDatabase, WriteDatabase } from '../database/connection.ts';
import { get, run } from '../database/sql.ts';
import { removedField } from '../entities/materialise.ts';
import type { Session } from '../session.ts';
import type { Copy } from './copies.ts';
import type { ImportState, Register } from './registers.ts';
import {
  checkRegister,
  decodeRegister,
  encodeRegister,
  parseValueKey,
  readImportStates,
  readOther,
  readRegisters,
  sameValue,
  saysRemoved,
  valueKey,
  wrongRegister,
} from './registers.ts';

/** Loaded when a copy is exchanged for the first time, not at every start. */
const loadEngine = () => import('@automerge/automerge');
type Engine = Awaited<ReturnType<typeof loadEngine>>;

type Registers = Record<string, InstanceType<Engine['ImmutableString']>>;

/** Changes of a register that do not know of each other. */
export type Rivals = ReadonlyMap<string, readonly Register[]>;

export class ExchangeDocument {
  private readonly engine: Engine;
  private document: Doc<Registers>;
  private registers: Map<string, Register> | null = null;

  readonly actor: string;

  constructor(engine: Engine, actor: string, document: Doc<Registers>) {
    this.engine = engine;
    this.actor = actor;
    this.document = document;
  }

  get heads(): Heads {
    return this.engine.getHeads(this.document);
  }

  /** The registers as they stand: of rivals the one that the engine prefers, the same on every copy. */
  read(): ReadonlyMap<string, Register> {
    this.registers ??= new Map(
      Object.entries(this.document).map(([key, text]) => [key, decodeRegister(String(text))]),
    );
    return this.registers;
  }

  /** One change. */
  write(sets: ReadonlyMap<string, Register>, deletes: Iterable<string>): void {
    const gone = [...deletes];
    if (sets.size === 0 && gone.length === 0) return;
    this.document = this.engine.change(this.document, { time: 0 }, (registers) => {
      for (const [key, register] of sets)
        registers[key] = new this.engine.ImmutableString(encodeRegister(register));
      for (const key of gone) delete registers[key];
    });
    this.registers = null;
  }

  /** Registers with values of which none knew the other, oldest first. Those that say the same are no rivals. */
  rivals(): Rivals {
    const rivals = new Map<string, Register[]>();
    for (const key of Object.keys(this.document)) {
      const said = this.engine.getConflicts(this.document, key);
      if (!said) continue;
      const registers = Object.values(said).map((text) => decodeRegister(String(text)));
      const distinct = registers
        .sort((a, b) => order(a).localeCompare(order(b)))
        .filter((one, index, list) => list.findIndex((other) => sameValue(one.value, other.value)) === index);
      if (distinct.length > 1) rivals.set(key, distinct);
    }
    return rivals;
  }

  /** Changes that are not among those that led to these heads. Heads that are not known here count for nothing. */
  changesSince(heads: readonly string[]): Uint8Array[] {
    const known = heads.filter((head) => this.engine.hasHeads(this.document, [head]));
    return this.engine.getChangesSince(this.document, known);
  }

  /**
   * Takes changes of other copies.
   * @returns what is missing before they can be taken: `gap`, or `twin` where one copy's number stands for two changes
   * @throws AppError `exchange.forged` when what comes is no set of registers.
   */
  take(changes: readonly Uint8Array[]): 'taken' | 'gap' | 'twin' {
    const have = new Set<string>();
    const known = new Map<string, string>();
    for (const meta of this.engine.getChangesMetaSince(this.document, [])) {
      have.add(meta.hash);
      known.set(`${meta.actor}/${meta.seq}`, meta.hash);
    }
    try {
      const decoded = changes.map((change) => this.engine.decodeChange(change));
      for (const { actor, seq, hash } of decoded) {
        if ((known.get(`${actor}/${seq}`) ?? hash) !== hash) return 'twin';
        have.add(hash);
      }
      if (decoded.some(({ deps }) => deps.some((dep) => !have.has(dep)))) return 'gap';
      [this.document] = this.engine.applyChanges(this.document, [...changes]);
      this.registers = null;
      for (const value of Object.values(this.document))
        if (!this.engine.isImmutableString(value)) throw wrongRegister();
    } catch {
      // What the engine says may quote a value.
      throw wrongRegister();
    }
    for (const [key, register] of this.read()) checkRegister(key, register);
    return 'taken';
  }

  bytes(): Uint8Array {
    return this.engine.save(this.document);
  }
}

const order = ({ at, copy, value }: Register) =>
  `${at} ${String(copy).padStart(6, '0')} ${JSON.stringify(value)}`;

/** The document as it was kept last. */
export async function openDocument(database: ReadDatabase): Promise<ExchangeDocument> {
  const engine = await loadEngine();
  const kept = get<{ actor: string; bytes: Buffer }>(
    database,
    'SELECT actor, bytes FROM exchange_document WHERE id = 1',
  );
  // Never an actor whose changes others have and this document lacks: its numbers would stand for two changes each.
  const actor = kept?.actor ?? randomBytes(16).toString('hex');
  return new ExchangeDocument(
    engine,
    actor,
    kept ? engine.load<Registers>(kept.bytes, { actor }) : engine.init<Registers>({ actor }),
  );
}

/** Keeps the document; `seq` is the entry up to which its conflicts were worked out. */
export function keepDocument(database: WriteDatabase, document: ExchangeDocument, seq: number): void {
  run(
    database,
    `INSERT INTO exchange_document (id, actor, bytes, seq) VALUES (1, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET bytes = excluded.bytes, seq = excluded.seq`,
    document.actor,
    Buffer.from(document.bytes()),
    seq,
  );
}

/** Writes what has changed in the workspace since into the document, as one change of this copy. */
export function fold(session: Session, own: Copy, document: ExchangeDocument): void {
  const author = { user: session.workspace.user.name, at: session.clock(), copy: own.number };
  const before = document.read();
  const now = readRegisters(session.writer, author);
  for (const [key, register] of importRegisters(session.writer, before, author)) now.set(key, register);
  const sets = new Map<string, Register>();
  const deletes = new Set<string>();
  for (const [key, register] of now)
    if (!sameValue(before.get(key)?.value, register.value)) sets.set(key, register);
  for (const key of before.keys()) {
    const named = parseValueKey(key);
    if (named && saysRemoved(before.get(valueKey(named.grid, named.id, removedField)))) {
      // What others entered while the row was being removed stands beside the removal, until somebody decides.
      if (saysRemoved(now.get(valueKey(named.grid, named.id, removedField)))) continue;
    }
    if (!now.has(key)) deletes.add(key);
  }
  document.write(sets, deletes);
}

function* importRegisters(
  database: ReadDatabase,
  before: ReadonlyMap<string, Register>,
  author: Omit<Register, 'value'>,
): Generator<[string, Register]> {
  for (const { id, state, user, at } of readImportStates(database)) {
    const key = `import/${id}`;
    const known = before.get(key);
    const said = known ? readOther('import', known.value) : null;
    const value: ImportState =
      said === null ? { state, turn: 0 } : said.state === state ? said : { state, turn: said.turn + 1 };
    yield [key, { ...author, ...(said === null ? { user, at } : {}), value: { ...value } }];
  }
}

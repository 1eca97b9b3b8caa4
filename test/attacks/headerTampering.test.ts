/**
 * The attack: somebody who can write the workspace folder, but knows no passphrase, changes `workspace.json`: adds,
 * swaps, takes out or mixes key slots, or puts an old one back. Nothing opens by it, and whoever opens the workspace
 * next finds the file put right and an entry that says so.
 */
import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import {
  cleanUp,
  makeFolder,
  makeWorkspace,
  openWorkspaceAt,
  passphrase,
  refusal,
  sessionOf,
} from '../engine/support.ts';

const reader = 'amber tarn lantern seven';
let original: string;
let older: string;
let foreign: string;

interface Header {
  workspaceId: string;
  revision: number;
  generation: number;
  slots: {
    id: string;
    wraps: { kind: string; nonce: string; wrapped: string; kdf?: { salt: string } }[];
    sealed: { generation: number; ephemeral: string; nonce: string; box: string }[];
    signature: string;
  }[];
}

type Slot = Header['slots'][number];

const pathOf = (workspace: string) => join(workspace, 'workspace.json');
const headerOf = (workspace: string) => JSON.parse(readFileSync(pathOf(workspace), 'utf8')) as Header;

beforeAll(async () => {
  const bench = await makeWorkspace();
  older = join(makeFolder(), 'older.json');
  copyFileSync(pathOf(bench.workspace), older);
  const { oneTimePassphrase } = await bench.client.users.add({ name: 'R Reader', role: 'reader' });
  await bench.engine.close();
  const first = await openWorkspaceAt(bench.workspace, oneTimePassphrase);
  await first.client.users.changePassphrase({ current: oneTimePassphrase, passphrase: reader });
  await first.engine.close();
  original = bench.workspace;
  const second = await makeWorkspace('Operation Other');
  await second.engine.close();
  foreign = second.workspace;
}, 120_000);

afterAll(cleanUp);

function tampered(change: (header: Header) => void): string {
  const workspace = join(makeFolder(), 'op.fellside');
  cpSync(original, workspace, { recursive: true });
  const header = headerOf(workspace);
  change(header);
  writeFileSync(pathOf(workspace), JSON.stringify(header));
  return workspace;
}

const two = (header: Header) => {
  const [lead, other] = header.slots;
  if (!lead || !other) throw new Error('two slots were expected');
  return { lead, other };
};

const put = ['workspace.json had been altered, and was put right'];

/** The lead opens it; the file is the old one again, and the journal says what was found. */
async function isPutRight(workspace: string, notices: string[]): Promise<void> {
  const bench = await openWorkspaceAt(workspace);
  expect(sessionOf(bench).workspace.notices).toEqual(notices);
  const summaries = (await bench.client.history.list({ limit: 10 })).entries.map(({ summary }) => summary);
  for (const notice of notices) expect(summaries).toContain(notice);
  await bench.engine.close();
  expect(headerOf(workspace)).toEqual(headerOf(original));
  const other = await openWorkspaceAt(workspace, reader);
  expect(sessionOf(other).workspace.notices).toEqual([]);
  await other.engine.close();
}

describe('workspace.json', { timeout: 120_000 }, () => {
  it.each<[string, (header: Header) => void]>([
    ['without the slot of somebody', (header) => header.slots.pop()],
    [
      'with a slot more',
      (header) => {
        const { lead } = two(header);
        header.slots.push({ ...structuredClone(lead), id: 'bWFkZSB1cA' });
      },
    ],
    [
      'with the slot of another workspace',
      (header) => {
        header.slots.push(...headerOf(foreign).slots);
      },
    ],
    [
      'with the wraps of one user under another',
      (header) => {
        const { lead, other } = two(header);
        other.wraps = structuredClone(lead.wraps);
      },
    ],
    [
      'with the seal of one user under another',
      (header) => {
        const { lead, other } = two(header);
        other.sealed = structuredClone(lead.sealed);
      },
    ],
    [
      'with slots in another order',
      (header) => {
        header.slots.reverse();
      },
    ],
    [
      'with another revision',
      (header) => {
        header.revision += 5;
      },
    ],
    [
      'with another generation',
      (header) => {
        header.generation = 7;
      },
    ],
    [
      'with a signature of nobody',
      (header) => {
        const { other } = two(header);
        other.signature = Buffer.alloc(64, 7).toString('base64');
      },
    ],
  ])('%s is noticed and put right', async (_, change) => {
    await isPutRight(tampered(change), put);
  });

  it('of an earlier time is put right, and opens for nobody who came since', async () => {
    const workspace = tampered(() => undefined);
    copyFileSync(older, pathOf(workspace));
    expect((await refusal(openWorkspaceAt(workspace, reader))).code).toBe('workspace.wrong-passphrase');
    await isPutRight(workspace, ['workspace.json was older than the last change of keys, and was put right']);
  });

  it('whose own slot was harmed refuses its user, in words, and nobody else', async () => {
    const flip = (text: string) => {
      const bytes = Buffer.from(text, 'base64');
      bytes[5] = (bytes[5] ?? 0) ^ 1;
      return bytes.toString('base64');
    };
    const own = (harm: (slot: Slot) => void) => (header: Header) => harm(two(header).lead);
    const eachWrap = (harm: (wrap: Slot['wraps'][number]) => void) =>
      own(({ wraps }) => {
        for (const wrap of wraps) harm(wrap);
      });
    const eachSeal = (harm: (seal: Slot['sealed'][number]) => void) =>
      own(({ sealed }) => {
        for (const seal of sealed) harm(seal);
      });
    const changes: [string, (header: Header) => void, string][] = [
      [
        'wrapped keys',
        eachWrap((wrap) => {
          wrap.wrapped = flip(wrap.wrapped);
        }),
        'workspace.wrong-passphrase',
      ],
      [
        'nonce',
        eachWrap((wrap) => {
          wrap.nonce = flip(wrap.nonce);
        }),
        'workspace.wrong-passphrase',
      ],
      [
        'salt',
        eachWrap((wrap) => {
          if (wrap.kdf) wrap.kdf.salt = flip(wrap.kdf.salt);
        }),
        'workspace.wrong-passphrase',
      ],
      [
        'sealed key',
        eachSeal((seal) => {
          seal.box = flip(seal.box);
        }),
        'workspace.altered',
      ],
      [
        'key of the seal',
        eachSeal((seal) => {
          seal.ephemeral = flip(seal.ephemeral);
        }),
        'workspace.altered',
      ],
      [
        'generation of the seal',
        eachSeal((seal) => {
          seal.generation = 2;
        }),
        'workspace.altered',
      ],
      [
        'id',
        own((slot) => {
          slot.id = 'bWFkZSB1cA';
        }),
        'workspace.wrong-passphrase',
      ],
      [
        'kind',
        eachWrap((wrap) => {
          wrap.kind = 'recovery';
        }),
        'workspace.altered',
      ],
    ];
    for (const [name, change, code] of changes) {
      const workspace = tampered(change);
      expect((await refusal(openWorkspaceAt(workspace))).code, name).toBe(code);
    }
    // The reader's opening mends it for the lead.
    const workspace = tampered(changes[0]?.[1] ?? (() => undefined));
    const other = await openWorkspaceAt(workspace, reader);
    expect(sessionOf(other).workspace.notices).toEqual(put);
    await other.engine.close();
    await isPutRight(workspace, []);
  });

  it('with any bytes in it is refused in words, or opened and put right', async () => {
    const text = readFileSync(pathOf(original), 'utf8');
    const place = fc.record({ at: fc.nat(text.length - 1), by: fc.string({ minLength: 0, maxLength: 3 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(place, { minLength: 1, maxLength: 3 }), async (changes) => {
        const workspace = join(makeFolder(), 'op.fellside');
        cpSync(original, workspace, { recursive: true });
        let changed = text;
        for (const { at, by } of changes) changed = changed.slice(0, at) + by + changed.slice(at + 1);
        writeFileSync(pathOf(workspace), changed);
        try {
          const bench = await openWorkspaceAt(workspace);
          await bench.engine.close();
          expect(headerOf(workspace)).toEqual(headerOf(original));
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect((error as AppError).message).not.toContain(passphrase);
        }
      }),
      { numRuns: 25 },
    );
  });
});

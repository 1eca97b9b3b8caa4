/** What a reader may not have is in none of the files: every shipped pack, every format, every part of it. */
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBuffer } from 'yauzl';
import { collectPack } from '../../electron/engine/packs/collect.ts';
import { writePack } from '../../electron/engine/packs/writePack.ts';
import type { PackData } from '../../shared/packs/packData.ts';
import { type PackFormat, type PackSpec, packFormats } from '../../shared/packs/packSpec.ts';
import { packSpecs, shippedSpecs } from '../../shared/packs/packSpecs.ts';
import { type Bench, cleanUp, sessionOf } from '../engine/support.ts';
import { makeHostileWorkspace, planted } from './fixtures/hostileWorkspace.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await makeHostileWorkspace();
}, 120_000);

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

const collect = (spec: PackSpec, releases: readonly string[] = []) =>
  collectPack(sessionOf(bench).reader, {
    spec,
    ...(spec.scope === 'team' ? { team: 'Amber' } : {}),
    formats: [],
    recipient: 'Silver commander',
    reason: 'Warrant day, with Crimestoppers report no. 55512094 of Peregrine Foxworth',
    copy: 1,
    version: 1,
    now: '2026-11-24T09:00:00Z',
    user: 'A Analyst',
    decisions: { items: releases.map((ref) => ({ ref, decidedBy: 'A Analyst', reason: 'needed' })) },
  });

/** Letters and digits alone: no break of a line, run or cell can hide a word. */
const bare = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

const barred = (spec: PackSpec): string[] => [
  ...planted.restricted,
  ...(spec.naming.children === 'named' ? [] : planted.children),
  ...(spec.naming.victims === 'named' ? [] : planted.victims),
  ...(spec.scope === 'team' ? planted.otherTeam : []),
];

/** Everything that somebody with tools could read in a file, as text. */
async function readAll(format: PackFormat, bytes: Buffer): Promise<string> {
  return format === 'pdf' ? readPdf(bytes) : readZip(bytes);
}

async function readPdf(bytes: Buffer): Promise<string> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const document = await task.promise;
  const { info, metadata } = await document.getMetadata();
  const parts = [JSON.stringify(info), metadata?.getRaw() ?? '', JSON.stringify(await document.getOutline())];
  parts.push(
    JSON.stringify(await document.getAttachments()),
    JSON.stringify(await document.getDestinations()),
  );
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    parts.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
    parts.push(JSON.stringify(await page.getStructTree()), JSON.stringify(await page.getAnnotations()));
  }
  await task.destroy();
  return parts.join('\n');
}

/** Names of the parts and their text, once with and once without the tags. */
function readZip(bytes: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      const parts: string[] = [zip.comment];
      zip.on('error', reject).on('end', () => resolve(parts.join('\n')));
      zip.on('entry', (entry) => {
        parts.push(entry.fileName, entry.fileComment);
        zip.openReadStream(entry, (failed, stream) => {
          if (failed) return reject(failed);
          const chunks: Buffer[] = [];
          stream.on('data', (chunk: Buffer) => chunks.push(chunk));
          stream.on('error', reject).on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            parts.push(text, text.replace(/<[^>]*>/g, '').replace(/&#?\w+;/g, ' '));
            zip.readEntry();
          });
        });
      });
      zip.readEntry();
    });
  });
}

describe('the planted words', () => {
  it('are found where nothing is taken out', async () => {
    const { data, photographs } = collect(packSpecs.command);
    const [row] = data.briefing;
    if (row === undefined) throw new Error('the briefing is empty');
    const text = Object.values(planted).flat().join('; ');
    const open = { ...data, briefing: [{ ...row, text }] };
    for (const file of await writePack(open, photographs, { formats: ['xlsx', 'pdf'] })) {
      const found = bare(await readAll(file.format, file.bytes));
      for (const words of Object.values(planted).flat()) expect(found).toContain(bare(words));
    }
  }, 120_000);

  it('stand in every section of the plan that a pack can print', () => {
    const { data } = collect(packSpecs.command);
    for (const id of [
      'briefing',
      'targets',
      'warrants',
      'premises',
      'people',
      'safeguarding',
      'lines',
      'actions',
    ] as const)
      expect(JSON.stringify(data[id])).toContain('Pipkin');
  });
});

describe.each(shippedSpecs.map((spec) => [spec.id, spec] as const))('the %s pack', (_, spec) => {
  it('holds nothing that its readers may not have, in data and warnings', () => {
    const { data, warnings, blocked } = collect(spec, ['INT-2']);
    const text = bare(JSON.stringify([{ ...data, spec: null }, warnings, blocked]));
    expect(barred(spec).filter((words) => text.includes(bare(words)))).toEqual([]);
  });

  it.each(packFormats)(
    'holds nothing of it as %s',
    async (format) => {
      const { data, photographs } = collect(spec, ['INT-2']);
      for (const file of await writePack(data, photographs, { formats: [format] })) {
        const text = bare(file.name + (await readAll(file.format, file.bytes)));
        expect(text).toContain('hawthorntarn');
        expect(barred(spec).filter((words) => text.includes(bare(words)))).toEqual([]);
      }
    },
    120_000,
  );

  it('counts what was taken out: as many as there are signs of it', () => {
    const { data } = collect(spec);
    const counted = new Map(data.withheld.map(({ reason, count }) => [reason, count]));
    for (const [reason, sign] of signs) {
      const found = countSigns(data, sign);
      if (reason === 'restricted') expect(counted.get(reason)).toBe(found);
      // A photograph that is left out leaves no sign.
      else expect(counted.get(reason) ?? 0).toBe(found);
    }
    for (const [reason, words] of [
      ['child', planted.children],
      ['victim', planted.victims],
    ] as const) {
      const named = words.some((word) => bare(JSON.stringify(data)).includes(bare(word)));
      expect(named || (counted.get(reason) ?? 0) > 0).toBe(true);
    }
  });
});

const signs = [
  [
    'restricted',
    /\[(?:source reference|reporting officer|provenance|Crimestoppers reference|cell withheld)\]/g,
  ],
  ['other team', /\[another team's (?:address|target)\]/g],
] as const;

function countSigns(data: PackData, sign: RegExp): number {
  return (JSON.stringify({ ...data, spec: null, withheld: null }).match(sign) ?? []).length;
}

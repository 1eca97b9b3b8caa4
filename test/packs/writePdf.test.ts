import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writePdf } from '../../electron/engine/packs/pdf/writePdf.ts';
import { packSpecs } from '../../shared/packs/packSpecs.ts';
import { buildPackData } from './fixtures/buildPackData.ts';
import { buildHostileData } from './fixtures/hostile.ts';

const marking = 'OFFICIAL-SENSITIVE - RECIPIENTS ONLY';
const hasTools = ['pdftotext', 'qpdf', 'pdfinfo', 'pdffonts'].every(
  (tool) => spawnSync(tool, ['--version']).error === undefined,
);
const folder = mkdtempSync(join(tmpdir(), 'fellside-pack-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function save(name: string, bytes: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** Text of every page; places to break a word are not text. */
function readPages(path: string): string[] {
  const text = execFileSync('pdftotext', ['-layout', path, '-'], { maxBuffer: 1e8, encoding: 'utf8' });
  return text.replaceAll('\u200b', '').split('\f').slice(0, -1);
}

describe('the PDF', { timeout: 120_000 }, () => {
  let bytes: Buffer;
  let pages = 0;
  beforeAll(async () => {
    const { data, photographs } = buildPackData({ targets: 4, warrants: 2, photographs: 2 });
    ({ bytes, pages } = await writePdf(data, photographs));
  }, 120_000);

  it('is tagged and names its language, title and marking', () => {
    const text = bytes.toString('latin1');
    expect(text).toContain('/StructTreeRoot');
    expect(text).toContain('/Lang');
    expect(text).toMatch(/\/Marked true/);
    expect(text).toContain(marking);
  });

  it('gives the same bytes for the same data', async () => {
    const { data, photographs } = buildPackData({ targets: 4, warrants: 2, photographs: 2 });
    const again = await writePdf(structuredClone(data), new Map(photographs));
    expect(again.bytes.equals(bytes)).toBe(true);
    const other = await writePdf({ ...data, header: { ...data.header, copy: 3 } }, photographs);
    expect(other.bytes.equals(bytes)).toBe(false);
  });

  it.runIf(hasTools)('is sound, embeds its fonts, and marks and numbers every page', () => {
    const path = save('pack.pdf', bytes);
    expect(execFileSync('qpdf', ['--check', path], { encoding: 'utf8' })).toContain(
      'No syntax or stream encoding errors',
    );
    expect(execFileSync('pdfinfo', [path], { encoding: 'utf8' })).toMatch(
      new RegExp(`Pages:\\s+${pages}\\b`),
    );
    for (const font of execFileSync('pdffonts', [path], { encoding: 'utf8' }).trim().split('\n').slice(2)) {
      expect(font).toMatch(/ yes yes yes /);
    }
    const texts = readPages(path);
    expect(texts).toHaveLength(pages);
    for (const [index, text] of texts.entries()) {
      expect(text.split(marking).length - 1, `page ${index + 1}`).toBeGreaterThanOrEqual(2);
      expect(text).toContain(`Page ${index + 1} of ${pages}`);
      expect(text).toContain('Copy 2: Silver commander, Insp Rowan Thwaite');
      expect(text).toContain('Operation Hawthorn Tarn, version 3');
    }
    const whole = texts.join('\n');
    for (const heading of [
      'Contents',
      'Readiness',
      'Withheld from this pack',
      'Targets',
      'Warrants',
      'Safeguarding',
    ]) {
      expect(whole).toContain(heading);
    }
  });

  it.runIf(hasTools)('prints hostile text as it stands', async () => {
    const { data, photographs } = buildHostileData({ intelligence: 3 });
    const written = await writePdf(data, photographs);
    const texts = readPages(save('hostile.pdf', written.bytes));
    for (const [index, text] of texts.entries()) {
      expect(text.split(marking).length - 1, `page ${index + 1}`).toBeGreaterThanOrEqual(2);
      expect(text).toContain(`Page ${index + 1} of ${written.pages}`);
    }
    const whole = texts.join('\n').replace(/\s+/g, ' ');
    expect(whole).toContain('#panic("x") *bold* $x^2$ _i_ `code` <label>');
    expect(whole).toContain('=HYPERLINK("http');
    expect(whole).toContain("O'Hara & Söns <b>");
    expect(whole).toContain('Operation "Rook & Tarn" =1+1');
    expect(whole).toContain('FINISH');
    expect(whole).toContain('محمد');
    expect(whole).toContain('יוסף');
  });

  it('stops when it is cancelled', async () => {
    const { data, photographs } = buildPackData({ targets: 40, warrants: 5, photographs: 0 });
    const controller = new AbortController();
    const writing = writePdf(data, photographs, { signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    await expect(writing).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('lays out in its own thread: this one goes on meanwhile', async () => {
    const { data, photographs } = buildPackData({ targets: 10, warrants: 5, photographs: 0 });
    let turns = 0;
    const turning = setInterval(() => {
      turns += 1;
    }, 5);
    await writePdf(data, photographs);
    clearInterval(turning);
    expect(turns).toBeGreaterThan(3);
  });

  it('prints a pack without rows and without photographs', async () => {
    const { data } = buildPackData({ targets: 0, warrants: 0, photographs: 0, intelligence: 0 });
    expect((await writePdf(data, new Map())).pages).toBeGreaterThan(5);
  });

  it('prints without a photograph that cannot be read', async () => {
    const { data } = buildPackData({ targets: 2, warrants: 1, photographs: 2 });
    const broken = new Map([
      ['photograph-1', Buffer.from('not a picture')],
      ['photograph-2', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0])],
    ]);
    expect((await writePdf(data, broken)).pages).toBeGreaterThan(5);
  });

  it.runIf(hasTools)('leaves out what the audience may not have', async () => {
    const { data, photographs } = buildPackData({
      targets: 3,
      warrants: 1,
      photographs: 1,
      spec: packSpecs.safeguarding,
    });
    const whole = readPages(save('partner.pdf', (await writePdf(data, photographs)).bytes)).join('\n');
    expect(whole).toContain('Wren Holme');
    expect(whole).not.toContain('Forced, front door');
    expect(whole).not.toContain('Needles');
    expect(whole).not.toContain('advertised by group message');
  });
});

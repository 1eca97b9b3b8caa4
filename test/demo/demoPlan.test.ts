import { crc32, inflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { listColumn, loadContent, readCsv, readDemoFile, sheets } from './readDemo.ts';

beforeAll(loadContent, 60_000);

describe('the plan', () => {
  const plan = JSON.parse(readDemoFile('plan.json').toString('utf8'));

  it('makes no child a target', () => {
    expect(plan.targets.length).toBeGreaterThan(10);
    for (const { person, role } of plan.targets) {
      expect(person.dob === null || person.dob < '2008-12-03', person.localRef).toBe(true);
      expect(role).not.toMatch(/victim/);
    }
  });

  it('uses keys that the files hold', () => {
    const refs = listColumn('nominals.xlsx', 'Nominal Ref').map(({ text }) => text);
    const numbers = listColumn('warrants.xlsx', 'Warrant No').map(({ text }) => text);
    const collars = listColumn('officers and duties.xlsx', 'Collar No').map(({ text }) => text);
    const referrals = listColumn('partner referrals.xlsx', 'Ref').map(({ text }) => text);
    const addresses = listColumn('premises.xlsx', 'Address').map(({ text }) => text.trim());
    for (const { person } of [...plan.targets, ...plan.photographs]) expect(refs).toContain(person.localRef);
    for (const visit of plan.visits) expect(numbers).toContain(visit.warrant);
    for (const team of plan.teams) {
      expect(team.members).toContain(team.leader);
      for (const collar of team.members) expect(collars).toContain(collar);
    }
    for (const { referral, lead, premises } of plan.safeguarding) {
      expect(collars).toContain(lead);
      if (referral !== null) expect(referrals).toContain(referral);
      if (premises !== null) expect(addresses).toContain(premises.address);
    }
    for (const { premises } of [...plan.visits, ...plan.premisesTargets])
      expect(addresses).toContain(premises.address);
  });

  it('leaves exactly one searched address with a child unplanned', () => {
    const children = listColumn('premises.xlsx', 'Children?');
    const withChildren = listColumn('premises.xlsx', 'Address')
      .filter((_, index) => !/^(no|none|)$/i.test(children[index]?.text ?? ''))
      .map(({ text }) => text.trim());
    const planned = plan.safeguarding.map(
      ({ premises }: { premises: { address: string } | null }) => premises?.address,
    );
    expect(withChildren.filter((address) => !planned.includes(address))).toEqual([
      '53 Quarry Brow, Merebridge',
    ]);
    expect(
      plan.premisesTargets.some(
        ({ premises }: { premises: { address: string } }) =>
          premises.address === '53 Quarry Brow, Merebridge',
      ),
    ).toBe(true);
  });

  it('leaves exactly one referred child unplanned', () => {
    const refs = listColumn('partner referrals.xlsx', 'Ref');
    const children = listColumn('partner referrals.xlsx', 'Category').flatMap(({ text }, index) =>
      text === 'Child' ? [refs[index]?.text] : [],
    );
    const planned = plan.safeguarding.map(({ referral }: { referral: string | null }) => referral);
    expect(children.filter((reference) => !planned.includes(reference))).toEqual(['PR-006']);
  });

  it('plants its warrant mistakes', () => {
    const issues = sheets.find(({ kind }) => kind === 'warrant')?.issues.map(({ code }) => code);
    expect(issues?.sort()).toEqual(['warrant.expired', 'warrant.second-entry', 'warrant.too-long']);
    const clash = plan.visits.filter(
      ({ team, at }: { team: string; at: string }) => team === 'Green' && at === '2026-12-03T05:30',
    );
    expect(clash).toHaveLength(2);
    expect(plan.visits.filter(({ entry }: { entry: number }) => entry === 2)).toHaveLength(1);
  });
});

describe('photographs', () => {
  it('are twelve whole PNG files', () => {
    const list = readCsv('photographs.csv').slice(2);
    expect(list).toHaveLength(12);
    for (const [, file] of list) {
      const bytes = readDemoFile(file?.text ?? '');
      expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
      const types: string[] = [];
      for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
        const length = bytes.readUInt32BE(at);
        const type = bytes.subarray(at + 4, at + 8).toString('latin1');
        types.push(type);
        expect(crc32(bytes.subarray(at + 4, at + 8 + length))).toBe(bytes.readUInt32BE(at + 8 + length));
        if (type === 'IDAT')
          expect(inflateSync(bytes.subarray(at + 8, at + 8 + length))).toHaveLength(150 * 31);
      }
      expect(types).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND']);
    }
  });
});

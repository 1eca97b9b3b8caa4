/** The briefing: sections, versions, facts that stay live, markings and spelling. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { briefingFacts, fillFacts } from '../../shared/domain/briefingFacts.ts';
import type { Bench } from './support.ts';
import { cleanUp, makeWorkspace, onlyRef, refusal } from './support.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await makeWorkspace();
});

afterAll(async () => {
  await bench.engine.close();
  cleanUp();
});

const section = (text: string, marking: string | null = null) => ({ text, marking });

describe('the briefing', () => {
  it('fills its facts from the plan as it stands, in every version', async () => {
    const { client } = bench;
    const first = await client.briefing.read({});
    expect(first.version).toBe(0);
    expect(first.sections.map((each) => each.key)[0]).toBe('information');
    const saved = await client.briefing.save({
      model: 'IIMARCH',
      sections: {
        information: section('There are {{targets}} targets and {{nothing known}}.'),
        method: section('Teams enter together.', 'OFFICIAL-SENSITIVE'),
      },
      version: 0,
    });
    expect(saved.version).toBe(1);
    const of = (briefing: typeof saved, key: string) => briefing.sections.find((each) => each.key === key);
    expect(of(saved, 'information')).toMatchObject({
      filled: 'There are 0 targets and {{nothing known}}.',
      unknownFacts: ['nothing known'],
    });
    expect(of(saved, 'method')?.marking).toBe('OFFICIAL-SENSITIVE');
    const person = onlyRef(await client.records.add({ grid: 'people', values: { name: 'Maud Ellery' } }));
    await client.records.makeTargets({ refs: [person] });
    expect(of(await client.briefing.read({}), 'information')?.filled).toContain('There are 1 targets');
    await client.briefing.save({
      model: 'IIMARCH',
      sections: { information: section('Rewritten.') },
      version: 1,
    });
    expect(of(await client.briefing.read({ version: 1 }), 'information')?.filled).toContain(
      'There are 1 targets',
    );
    expect(of(await client.briefing.read({}), 'information')?.text).toBe('Rewritten.');
    expect((await client.briefing.versions()).versions.map((each) => each.version)).toEqual([2, 1]);
    await client.history.undo({});
    expect((await client.briefing.read({})).version).toBe(1);
    expect(of(await client.briefing.read({}), 'information')?.text).toContain('{{targets}}');
  });

  it('is never saved over a version that somebody else saved', async () => {
    const error = await refusal(
      bench.client.briefing.save({ model: 'IIMARCH', sections: { method: section('late') }, version: 0 }),
    );
    expect(error.code).toBe('stale');
  });

  it('keeps SAFCORM beside IIMARCH, and refuses sections and markings that are none', async () => {
    const { client } = bench;
    const { version } = await client.briefing.read({});
    const saved = await client.briefing.save({
      model: 'SAFCORM',
      sections: { aim: section('Close the line.') },
      version,
    });
    expect(saved.sections.map((each) => each.title)).toContain('Aim');
    const wrong = (sections: Record<string, { text: string; marking: string | null }>) =>
      refusal(client.briefing.save({ model: 'SAFCORM', sections, version: version + 1 }));
    expect((await wrong({ humanRights: section('x') })).code).toBe('invalid');
    expect((await wrong({ aim: section('x', 'TOP SECRET') })).code).toBe('invalid');
    await client.history.undo({});
    expect((await client.briefing.read({})).model).toBe('IIMARCH');
    expect((await client.briefing.read({})).sections.find((each) => each.key === 'method')?.text).toBe(
      'Teams enter together.',
    );
  });

  it('spells in British English, and leaves facts, references and names of the trade alone', async () => {
    const { words } = await bench.client.briefing.spelling({
      text: 'The colour of the wharehouse: see {{targgets}}, WAR-12, PACE s.8; a cuckooed adress. Rendezvous at 05:30.',
    });
    expect(words.map((each) => each.word)).toEqual(['wharehouse', 'adress']);
    expect(words[0]?.suggestions).toContain('warehouse');
    expect(words[1]?.at).toBe(
      'The colour of the wharehouse: see {{targgets}}, WAR-12, PACE s.8; a cuckooed '.length,
    );
  });
});

describe('facts', () => {
  it('never print a gap: a fact without a value stays visible', () => {
    const facts = briefingFacts({
      today: '2026-11-24',
      now: '2026-11-24T09:00:00',
      operation: { ref: 'OP-1', name: 'Fellgate' },
      people: [],
      premises: [],
      warrants: [],
      targets: [],
      teams: [],
      officers: [],
      safeguarding: [],
      referrals: [],
      intelligence: [],
      lines: [],
      seizures: [],
      results: [],
      arrests: [],
      actions: [],
    });
    expect(fillFacts('{{ Operation }} strikes {{strike}}', facts)).toEqual({
      filled: 'Fellgate strikes {{strike}}',
      unknown: ['strike'],
    });
    expect(new Set(facts.map((fact) => fact.name)).size).toBe(facts.length);
  });
});

/** `fellside demo`: the whole job on the invented operation in `resources/demo`. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import type { CellValue, Where } from '../../../shared/grid/query.ts';
import type { GridName } from '../../../shared/grid/types.ts';
import { userPath } from './arguments.ts';
import { awaitReport } from './awaitReport.ts';
import { importAll, printReport } from './intakeCommands.ts';
import { printJson, printLine } from './output.ts';
import { printFindings } from './recordCommands.ts';
import type { Run, Status } from './run.ts';
import { issue, printPack } from './workspaceCommands.ts';

/** Everything in the demonstration is invented, so its passphrase may stand here. */
const demoPassphrase = 'fellside demonstration';

const Premises = z.object({ address: z.string(), postcode: z.string().nullable() });
const Person = z.object({ localRef: z.string() });
/** A child who is known from a referral alone has no local reference. */
const Referred = z.object({ localRef: z.string().optional() });
const Plan = z.object({
  operation: z.object({
    name: z.string(),
    marking: z.string(),
    strikeAt: z.string(),
    exportingArea: z.string(),
    importingArea: z.string(),
    line: z.object({ name: z.string(), number: z.string() }),
  }),
  targets: z.array(
    z.object({
      person: Person,
      role: z.string(),
      objective: z.string(),
      priority: z.number(),
      premises: Premises.nullable(),
    }),
  ),
  premisesTargets: z.array(z.object({ premises: Premises, priority: z.number() })),
  teams: z.array(
    z.object({ name: z.string(), leader: z.string(), callSign: z.string(), members: z.array(z.string()) }),
  ),
  visits: z.array(
    z.object({
      warrant: z.string(),
      team: z.string(),
      at: z.string(),
      entry: z.number(),
      premises: Premises,
    }),
  ),
  safeguarding: z.array(
    z.object({
      premises: Premises.nullable(),
      person: Referred.nullable(),
      referral: z.string().nullable(),
      concern: z.string(),
      plan: z.string(),
      lead: z.string().nullable(),
    }),
  ),
  photographs: z.array(z.object({ person: Person, file: z.string(), takenOn: z.string() })),
});

function demoFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const found = ['../../../resources/demo', '../../resources/demo', '../resources/demo']
    .map((path) => resolve(here, path))
    .find((path) => existsSync(path));
  if (!found)
    throw new AppError(
      'file.missing',
      'The demonstration files (resources/demo) are not there. Run it from a checkout.',
    );
  return found;
}

export async function demo(run: Run): Promise<Status> {
  const out = userPath(run.args.options.get('out') ?? 'out/demo');
  const data = demoFolder();
  const plan = Plan.parse(JSON.parse(readFileSync(join(data, 'plan.json'), 'utf8')));
  const folder = join(out, 'operation-fellgate.fellside');
  const packs = join(out, 'packs');
  // Only what an earlier demonstration made here, by name.
  if (existsSync(join(folder, 'workspace.json'))) rmSync(folder, { recursive: true });
  if (existsSync(packs))
    for (const name of readdirSync(packs))
      if (/^Operation-Fellgate-command-v\d+-copy-\d+\.(xlsx|pdf)$/.test(name)) rmSync(join(packs, name));
  const say = run.args.json ? () => undefined : printLine;

  say(`1. A new encrypted workspace: ${folder}`);
  await run.client.workspace.create({
    grant: run.engine.grants.add(folder, 'new-workspace'),
    name: plan.operation.name,
    marking: plan.operation.marking,
    user: 'Demonstration analyst',
    passphrase: demoPassphrase,
  });
  say('\n2. Ten spreadsheets, as they arrive');
  const files = readdirSync(data).filter((name) => /\.(xlsx|csv)$/.test(name) && name !== 'photographs.csv');
  const imported = await importAll(
    run,
    files.map((name) => ({ grant: run.engine.grants.add(join(data, name), 'file') })),
    false,
  );
  if (!run.args.json) printReport(imported, false);
  await loadPlaces(run, data);
  say('\n3. The plan: strike, targets, teams, warrants, safeguarding, photographs');
  await makePlan(run, data, plan);
  say('\n4. Does it hold together?');
  const check = await run.client.readiness.check();
  if (!run.args.json) printFindings(check, 3);
  say('\n5. The command pack');
  const pack = await issue(
    run,
    {
      pack: 'command',
      formats: ['xlsx', 'pdf'],
      recipient: 'Silver commander',
      reason: 'Briefing for the enforcement day',
    },
    packs,
  );
  const verified = await run.client.history.verify();
  if (run.args.json) {
    printJson({
      workspace: folder,
      import: imported,
      check: { ready: check.ready, findings: check.findings },
      export: pack,
      verify: verified,
    });
    return 0;
  }
  printPack(pack, packs);
  printLine(`\nThe journal holds: ${verified.entries} entries.`);
  printLine(
    `Open it with "npm start" (passphrase: ${demoPassphrase}) or list it: npm run -s fellside -- list ${folder} people`,
  );
  return 0;
}

/** Where the invented postcodes are, and the border of the invented county. */
async function loadPlaces(run: Run, data: string): Promise<void> {
  const grant = (name: string) => run.engine.grants.add(join(data, 'places', name), 'file');
  const note = 'Invented places.';
  const cancelled = 'The demonstration was stopped.';
  const { client } = run;
  await awaitReport(
    () => client.places.load({ grant: grant('postcodes.csv'), attribution: note }),
    cancelled,
  );
  await awaitReport(() => client.places.loadOutline({ grant: grant('fellshire.geojson') }), cancelled);
}

async function makePlan(run: Run, data: string, plan: z.infer<typeof Plan>): Promise<void> {
  const { records, grids } = run.client;
  const find = async (grid: GridName, where: Where, what: string): Promise<string> => {
    const page = await grids.page({ grid, where, limit: 2 });
    const ref = page.rows[0]?.ref;
    if (!ref) throw new AppError('not-found', `The demonstration names ${what}, which no sheet holds.`);
    return ref;
  };
  const premisesRef = (premises: z.infer<typeof Premises>) =>
    find(
      'premises',
      {
        address: { startsWith: premises.address.split(',')[0] ?? '' },
        ...(premises.postcode ? { postcode: premises.postcode } : {}),
      },
      premises.address,
    );
  const personRef = (person: z.infer<typeof Person>) =>
    find('people', { localRef: { contains: person.localRef } }, person.localRef);
  const officerRef = (collar: string) => find('officers', { collar }, `officer ${collar}`);
  const add = async (grid: GridName, values: Record<string, CellValue>) =>
    (await records.add({ grid, values })).rows[0]?.ref ?? '';
  const set = (ref: string, values: Record<string, CellValue>) => records.set({ edits: [{ ref, values }] });

  const priority = (number: number) => ['high', 'high', 'medium', 'low'][number] ?? 'low';
  await set('OP-1', {
    strike: plan.operation.strikeAt,
    force: 'Fellshire Constabulary',
    information: `A deal line, "${plan.operation.line.name}", runs from ${plan.operation.exportingArea} into ${plan.operation.importingArea}.`,
    intention:
      'Arrest the line holders, recover the deal line phone, and safeguard the children and adults whom the line exploits.',
    method: 'Simultaneous entry at the premises of this pack, by the teams named, at the time of strike.',
    administration: 'Briefing and duties as on the team sheets. Exhibits officer at each search.',
    communications: 'Call signs as on the team sheets; control room informed of each entry.',
  });
  const line = await find('phones', { number: plan.operation.line.number }, 'the line number');
  await add('lines', {
    name: plan.operation.line.name,
    phone: line,
    exportingArea: plan.operation.exportingArea,
    importingArea: plan.operation.importingArea,
    status: 'active',
  });
  const teams = new Map<string, string>();
  for (const team of plan.teams) {
    const members = await Promise.all(team.members.map(officerRef));
    teams.set(
      team.name,
      await add('teams', {
        name: team.name,
        callSign: team.callSign,
        leader: await officerRef(team.leader),
        members: members.join(','),
      }),
    );
  }
  const visits = new Map<string, { warrant: string; team: string }>();
  for (const visit of plan.visits) {
    const warrant = await find('warrants', { number: visit.warrant }, visit.warrant);
    await set(warrant, { strike: visit.at, entryNumber: visit.entry });
    visits.set(await premisesRef(visit.premises), { warrant, team: teams.get(visit.team) ?? '' });
  }
  const visitOf = (premises: string | null): Record<string, CellValue> => {
    const visit = premises ? visits.get(premises) : undefined;
    return visit ? { warrant: visit.warrant, team: visit.team } : {};
  };
  for (const target of plan.targets) {
    const premises = target.premises ? await premisesRef(target.premises) : null;
    await records.makeTargets({
      refs: [await personRef(target.person)],
      values: {
        role: target.role,
        objective: target.objective,
        priority: priority(target.priority),
        premises,
        status: 'agreed',
        ...visitOf(premises),
      },
    });
  }
  for (const target of plan.premisesTargets) {
    const premises = await premisesRef(target.premises);
    await records.makeTargets({
      refs: [premises],
      values: {
        objective: 'search',
        priority: priority(target.priority),
        status: 'agreed',
        ...visitOf(premises),
      },
    });
  }
  for (const plan_ of plan.safeguarding) {
    const subject = plan_.premises
      ? await premisesRef(plan_.premises)
      : plan_.referral
        ? await referredPerson(run, plan_.referral)
        : null;
    if (!subject) continue;
    await add('safeguarding', {
      subject,
      kind: 'child',
      concern: plan_.concern,
      plan: plan_.plan,
      lead: plan_.lead,
      ...(plan_.referral ? { referral: 'nrm-referred' } : {}),
    });
  }
  for (const photograph of plan.photographs) {
    await records.attachPhotograph({
      ref: await personRef(photograph.person),
      grant: run.engine.grants.add(join(data, photograph.file), 'file'),
      takenOn: photograph.takenOn,
    });
  }
}

async function referredPerson(run: Run, reference: string): Promise<string | null> {
  const page = await run.client.grids.page({ grid: 'referrals', where: { reference }, limit: 1 });
  const person = page.rows[0]?.person;
  return typeof person === 'string' ? person : null;
}

import { emptySections } from '../../../shared/packs/emptySections.ts';
import type { BriefingRow, PackData, PackPhotographs } from '../../../shared/packs/packData.ts';
import type { SectionId } from '../../../shared/packs/packSpec.ts';
import type { PackSecrets } from '../../../shared/packs/redact.ts';
import { addWithheld, type BlockedItem, type SourceWarning } from '../../../shared/packs/release.ts';
import type { ReadDatabase } from '../database/connection.ts';
import type { Moment } from '../database/queries/expressions.ts';
import { get } from '../database/sql.ts';
import { applyRules } from './collect/applyRules.ts';
import {
  actionRows,
  commanderRows,
  communicationRows,
  contactRows,
  decisionRows,
  timingRows,
} from './collect/commandRows.ts';
import { custodyRows, riskRows, searchRows } from './collect/dayRows.ts';
import { type Briefing, buildHeader, dayInLondon, readBriefingRows, readFindings } from './collect/header.ts';
import { collectIntelligence } from './collect/intelligence.ts';
import { lineRows, linkRows, phoneRows, vehicleRows } from './collect/networkRows.ts';
import { listPhotographs, readPhotographBytes, readPhotographs } from './collect/photographs.ts';
import { collectPictures } from './collect/pictures.ts';
import { personRow, premisesRow, safeguardingRow, unplannedRows } from './collect/placeRows.ts';
import { officerRow, targetRow, teamRow, warrantRow } from './collect/planRows.ts';
import { arrestRows, outcomeRows, resultRows, seizureRows, tallyRows } from './collect/resultRows.ts';
import { readScope, rowsOf, type Scope } from './collect/scope.ts';
import { listForms } from './forms/listForms.ts';
import type { PackRequest } from './request.ts';
import { listSources } from './sourcePlaces.ts';

export interface Collected {
  readonly data: PackData;
  readonly photographs: PackPhotographs;
  readonly warnings: readonly SourceWarning[];
  /** Intelligence that stays out, and why. */
  readonly blocked: readonly BlockedItem[];
  /** What the pack may not hold, for what is added to it later. */
  readonly secrets: PackSecrets;
}

/**
 * Reads everything that a pack prints, in one read transaction: the plan, the people and premises that
 * it touches, the intelligence that may be released, and where each value came from.
 *
 * @throws AppError `pack.unknown` when the team is not in the plan, `pack.marking` when the operation is marked above
 *   what the readers may hold.
 */
export function collectPack(database: ReadDatabase, request: PackRequest): Collected {
  return database.transaction(() => collect(database, request))();
}

function collect(database: ReadDatabase, request: PackRequest): Collected {
  const { spec } = request;
  const operation = get<{ strike: string | null }>(
    database,
    'SELECT strike FROM operation ORDER BY id LIMIT 1',
  );
  const moment: Moment = { strike: operation?.strike ?? null, today: dayInLondon(request.now) };
  const scope = readScope(database, request, moment);
  const { intelligence, blocked, withheld, warnings } = collectIntelligence(
    scope.snapshot,
    request.decisions ?? { items: [] },
    spec,
    scope.team === undefined ? null : new Set([...scope.people, ...scope.premises].map(({ ref }) => ref)),
    spec.sections.some(({ id }) => id === 'intelligence'),
  );
  const wanted = new Set(spec.sections.map(({ id }) => id));
  const briefing: Briefing =
    wanted.has('briefing') || wanted.has('risk')
      ? readBriefingRows(database, moment, spec.ceiling)
      : { rows: [], markings: [], above: 0 };
  const sections = fillSections(database, scope, wanted, briefing.rows);
  const pictures = wanted.has('pictures') ? collectPictures(database, scope, request) : noPictures;
  const rows = {
    ...emptySections,
    ...sections,
    spec,
    header: buildHeader(database, request, rowsOf(scope.snapshot, 'operation')[0], scope.team, [
      ...intelligence.markings,
      ...briefing.markings,
    ]),
    intelligence: intelligence.rows,
    pictures: pictures.rows,
    findings: spec.findings
      ? readFindings(database, moment).filter(
          // A finding that names another team's records as well would tell of them.
          ({ refs }) =>
            scope.team === undefined || (refs.length > 0 && refs.every((ref) => scope.held.has(ref))),
        )
      : [],
    withheld: addWithheld(withheld, [
      { reason: 'marking', count: briefing.above },
      { reason: 'other team', count: scope.dropped },
      ...pictures.withheld,
    ]),
    photographs: [...sections.photographs, ...pictures.photographs],
    forms: listForms(scope.snapshot, {
      spec,
      team: scope.team?.ref ?? null,
      recipient: request.recipient,
    }),
  };
  const collected: PackData = {
    ...rows,
    ...(spec.sourceIndex ? listSources(scope.snapshot, rows) : { sources: [], sourceFiles: [] }),
  };
  const { data, warnings: further, secrets } = applyRules(database, scope, collected);
  return {
    data,
    photographs: readPhotographBytes(database, data.photographs),
    warnings: [...warnings, ...further],
    blocked,
    secrets,
  };
}

const noPictures = { rows: [], withheld: [], photographs: [] };

/** The rows of each section that the pack prints; the others stay empty: what is not read cannot leak. */
function fillSections(
  database: ReadDatabase,
  scope: Scope,
  wanted: ReadonlySet<SectionId>,
  briefing: readonly BriefingRow[],
) {
  const { snapshot, premises, people } = scope;
  const photographs = readPhotographs(database);
  const section = <Row>(id: SectionId, fill: () => readonly Row[]): readonly Row[] =>
    wanted.has(id) ? fill() : [];
  const filled = {
    briefing: section('briefing', () => briefing),
    targets: section('targets', () =>
      rowsOf(snapshot, 'targets').map((row) => targetRow(snapshot, row, photographs)),
    ),
    warrants: section('warrants', () => rowsOf(snapshot, 'warrants').map((row) => warrantRow(snapshot, row))),
    premises: section('premises', () => premises.map((row) => premisesRow(snapshot, row, photographs))),
    people: section('people', () => people.map((row) => personRow(snapshot, row, photographs))),
    teams: section('teams', () => rowsOf(snapshot, 'teams').map((row) => teamRow(snapshot, row))),
    officers: section('officers', () => rowsOf(snapshot, 'officers').map((row) => officerRow(snapshot, row))),
    commanders: section('commanders', () => commanderRows(snapshot)),
    timings: section('timings', () => timingRows(scope)),
    lines: section('lines', () => lineRows(snapshot)),
    phones: section('phones', () => phoneRows(scope)),
    vehicles: section('vehicles', () => vehicleRows(scope)),
    links: section('links', () => linkRows(scope)),
    search: section('search', () => searchRows(scope)),
    custody: section('custody', () => custodyRows(scope)),
    risk: section('risk', () => riskRows(scope, briefing)),
    communications: section('communications', () => communicationRows(snapshot)),
    contacts: section('contacts', () => contactRows(scope)),
    actions: section('actions', () => actionRows(scope)),
    decisions: section('decisions', () => decisionRows(scope)),
    results: section('results', () => resultRows(snapshot)),
    arrests: section('arrests', () => arrestRows(snapshot)),
    seizures: section('seizures', () => seizureRows(snapshot)),
    outcomes: section('outcomes', () => outcomeRows(snapshot)),
    tally: section('tally', () => tallyRows(scope)),
    safeguarding: section('safeguarding', () => [
      ...rowsOf(snapshot, 'safeguarding').map((row) => safeguardingRow(snapshot, row)),
      ...unplannedRows(snapshot, premises),
    ]),
  };
  return { ...filled, photographs: listPhotographs(snapshot, photographs, filled) };
}

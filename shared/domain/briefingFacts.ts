/**
 * Facts of the plan that a briefing may name: `{{targets}}` in a text stands for the number of targets as the plan is
 * now. Pure; screen, pack and command line fill in the same way.
 */
import type { PlanFacts } from './readiness/facts.ts';
import { isPlanned, saysPresent, textOf } from './readiness/facts.ts';

export interface BriefingFact {
  name: string;
  title: string;
  value: string;
}

/** DD/MM/YYYY HH:MM of an ISO date or moment; '' for a blank. */
function spoken(moment: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}))?/.exec(moment);
  if (!match) return moment;
  const day = `${match[3]}/${match[2]}/${match[1]}`;
  return match[4] ? `${day} ${match[4]}` : day;
}

const listed = (names: readonly string[]) => names.filter((name) => name !== '').join(', ');

/** Every fact with its value now. A fact that the plan does not have yet is blank. */
export function briefingFacts(plan: PlanFacts): BriefingFact[] {
  const { operation } = plan;
  const targets = plan.targets.filter(isPlanned);
  const warrants = plan.warrants.filter(isPlanned);
  const objective = (code: string) => targets.filter((row) => textOf(row, 'objective') === code).length;
  const places = new Set(
    [
      ...targets.flatMap((row) => [textOf(row, 'premises'), textOf(row, 'subject')]),
      ...warrants.map((row) => textOf(row, 'premises')),
    ].filter((ref) => ref.startsWith('PRM-')),
  );
  const planned = plan.premises.filter((row) => places.has(row.ref));
  const present = (field: string) => planned.filter((row) => saysPresent(textOf(row, field))).length;
  const name = (ref: string) =>
    textOf(
      plan.officers.find((row) => row.ref === ref),
      'name',
    );
  const fact = (key: string, title: string, value: string | number): BriefingFact => ({
    name: key,
    title,
    value: String(value),
  });
  return [
    fact('operation', 'Name of the operation', textOf(operation, 'name')),
    fact('force', 'Force', textOf(operation, 'force')),
    fact('lead', 'Operation lead', textOf(operation, 'lead')),
    fact('strike', 'Strike', spoken(textOf(operation, 'strike'))),
    fact('targets', 'Targets', targets.length),
    fact('arrest targets', 'Targets to arrest', objective('arrest')),
    fact('search targets', 'Targets to search', objective('search')),
    fact('safeguard targets', 'Targets to safeguard', objective('safeguard')),
    fact('premises', 'Premises of the day', places.size),
    fact('premises with children', 'Premises with children', present('children')),
    fact('premises with vulnerable adults', 'Premises with vulnerable adults', present('vulnerableAdults')),
    fact(
      'cuckooed premises',
      'Premises cuckooed or suspected to be',
      planned.filter((row) => ['yes', 'suspected'].includes(textOf(row, 'cuckooed'))).length,
    ),
    fact('premises with hazards', 'Premises with hazards', present('hazards')),
    fact('warrants', 'Warrants', warrants.length),
    fact('teams', 'Teams', plan.teams.length),
    fact('officers', 'Officers', plan.officers.length),
    fact(
      'team list',
      'Teams with leaders',
      listed(
        plan.teams.map((row) => {
          const leader = name(textOf(row, 'leader'));
          return `${textOf(row, 'name') || row.ref}${leader ? ` (${leader})` : ''}`;
        }),
      ),
    ),
    fact('safeguarding plans', 'Safeguarding plans', plan.safeguarding.length),
  ];
}

const placeholder = /\{\{\s*([^{}]{1,60}?)\s*\}\}/g;

/** The text with its facts filled in; a name that is no fact stays as it stands and is told. */
export function fillFacts(
  text: string,
  facts: readonly BriefingFact[],
): { filled: string; unknown: string[] } {
  const values = new Map(facts.map((fact) => [fact.name, fact.value]));
  const unknown = new Set<string>();
  const filled = text.replace(placeholder, (whole, name: string) => {
    const value = values.get(name.toLowerCase());
    // A fact without a value would print a gap that nobody sees.
    if (value === undefined || value === '') {
      unknown.add(name);
      return whole;
    }
    return value;
  });
  return { filled, unknown: [...unknown] };
}

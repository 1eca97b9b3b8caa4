/** What was found, against what was planted. */
import type { CallFinding } from '../../shared/contract/areas/calls.ts';
import type { Planted, PlantedData } from './plantedCalls.ts';

const national = (number: string) => number.replace(/^\+44/, '0');

/** Whether a finding is about all phones of what was planted: those that it is chiefly about. */
export function matches(found: Pick<CallFinding, 'kind' | 'phones'>, planted: Planted): boolean {
  const first = new Set(found.phones.slice(0, planted.phones.length).map(national));
  return found.kind === planted.kind && planted.phones.every((phone) => first.has(phone));
}

export interface Judged {
  found: Planted[];
  missed: Planted[];
  /** True findings, those of the planted and what else is true of them. */
  isTrue: number;
  false: string[];
}

export function judgeFindings(
  findings: readonly Pick<CallFinding, 'kind' | 'phones' | 'score'>[],
  data: Omit<PlantedData, 'rows'>,
): Judged {
  const names = new Map(
    Object.entries({ ...data.number, ...data.innocent }).map(([name, phone]) => [phone, name]),
  );
  const found = data.planted.filter((each) => findings.some((finding) => matches(finding, each)));
  const truths = [...data.planted, ...data.alsoTrue];
  const wrong = findings.filter((finding) => !truths.some((each) => matches(finding, each)));
  return {
    found,
    missed: data.planted.filter((each) => !found.includes(each)),
    isTrue: findings.length - wrong.length,
    false: wrong.map(
      (finding) =>
        `${finding.kind} ${finding.score}: ${finding.phones
          .slice(0, 2)
          .map((phone) => names.get(national(phone)) ?? national(phone))
          .join(', ')}`,
    ),
  };
}

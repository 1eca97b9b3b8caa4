import { iimarch } from './briefing.ts';
import {
  actionTypes,
  briefingModels,
  closureAuthorities,
  commandRoles,
  disposals,
  disruptionLevels,
  entryMethods,
  forensicStatuses,
  nrmConsents,
  pleas,
  seizureTypes,
  verdicts,
} from './course.ts';
import { deviceIdentifierTypes } from './devices.ts';
import { handlingCodes, handlingConditions, intelligenceAssessments, sourceEvaluations } from './grades.ts';
import { descriptors, handlingInstructions, legacyMarkings, markings, tiers } from './markings.ts';
import { dataSubjectCategories, ranks, roles, sexes, victimStatuses } from './people.ts';
import {
  actionStatuses,
  checkStates,
  cuckooedStates,
  entries,
  fourP,
  lineStatuses,
  nrmStatuses,
  objectives,
  priorities,
  safeguardingKinds,
  targetStatuses,
  warrantStatuses,
} from './plan.ts';
import { powers } from './powers.ts';
import { readPowerWords } from './powerWords.ts';
import type { Code, CodeList } from './reference.ts';
import { resultMetrics } from './results.ts';

export type { Code } from './reference.ts';

const powerList: CodeList = {
  title: 'Power',
  source: 'Domain facts 4.1; each power names its own source',
  checked: powers[0]?.checked ?? '',
  confidence: 'stated',
  codes: powers.map(({ key, label, also, confidence, validityText }) => ({
    code: key,
    label,
    also,
    confidence,
    note: validityText,
  })),
};

/** Every list with its source, by the key that the column table names. */
export const sourcedCodeLists: Readonly<Record<string, CodeList>> = {
  actionType: actionTypes,
  briefingModel: briefingModels,
  closureAuthority: closureAuthorities,
  commandRole: commandRoles,
  disposal: disposals,
  disruptionLevel: disruptionLevels,
  entryMethod: entryMethods,
  forensicStatus: forensicStatuses,
  nrmConsent: nrmConsents,
  plea: pleas,
  seizureType: seizureTypes,
  verdict: verdicts,
  actionStatus: actionStatuses,
  checkState: checkStates,
  cuckooed: cuckooedStates,
  dataSubjectCategory: dataSubjectCategories,
  descriptor: descriptors,
  deviceIdentifier: deviceIdentifierTypes,
  entries,
  fourP,
  handling: handlingCodes,
  handlingCondition: handlingConditions,
  handlingInstruction: handlingInstructions,
  iimarch,
  intelligenceAssessment: intelligenceAssessments,
  legacyMarking: legacyMarkings,
  lineStatus: lineStatuses,
  marking: markings,
  nrmStatus: nrmStatuses,
  objective: objectives,
  power: powerList,
  priority: priorities,
  rank: ranks,
  resultMetric: resultMetrics,
  role: roles,
  safeguardingKind: safeguardingKinds,
  sex: sexes,
  sourceEvaluation: sourceEvaluations,
  targetStatus: targetStatuses,
  tier: tiers,
  victimStatus: victimStatuses,
  warrantStatus: warrantStatuses,
};

/**
 * Code lists by the key that the column table names. The lists themselves live in their own files with
 * source and date checked; this is the one place where a column finds its list.
 */
export const codeLists: Readonly<Record<string, readonly Code[]>> = Object.fromEntries(
  Object.entries(sourcedCodeLists).map(([key, list]) => [key, list.codes]),
);

function fold(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

const indexes = new Map<string, Map<string, string>>();

function indexOf(list: string): Map<string, string> {
  let index = indexes.get(list);
  if (!index) {
    index = new Map();
    const codes = Object.hasOwn(codeLists, list) ? (codeLists[list] ?? []) : [];
    const add = (words: string, code: string) => {
      const folded = fold(words);
      if (folded !== '' && !index?.has(folded)) index?.set(folded, code);
    };
    for (const { code } of codes) add(code, code);
    for (const { code, label } of codes) add(label, code);
    for (const { code, also } of codes) for (const words of also ?? []) add(words, code);
    indexes.set(list, index);
  }
  return index;
}

/**
 * The code that a text means, by code, label or another way of writing it, whatever the case and
 * punctuation; undefined when it is none. A power is also found by its Act and section in any order
 * ('S.23 M.D.A.', 'Sec 8 PACE 1984').
 */
export function findCode(list: string, text: string): string | undefined {
  return indexOf(list).get(fold(text)) ?? (list === 'power' ? readPowerWords(text) : undefined);
}

/** The label of a code, or the code itself when the list does not have it. */
export function labelOf(list: string, code: string): string {
  return codeLists[list]?.find((entry) => entry.code === code)?.label ?? code;
}

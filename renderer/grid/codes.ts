import { type Code, codeLists } from '../../shared/reference/codeLists.ts';

/** The codes of a list in their order; none when the list is unknown. */
export function findCodes(list: string | undefined): readonly Code[] {
  if (list === undefined) return [];
  return codeLists[list] ?? [];
}

/** The label of a code, or the code itself. */
export function labelOf(list: string | undefined, code: string): string {
  return findCodes(list).find((entry) => entry.code === code)?.label ?? code;
}

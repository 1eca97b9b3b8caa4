/** A briefing as a text file: sections under headings, so that it can be printed, edited and taken in again. */
import { AppError } from '../../../shared/contract/errors.ts';
import type { Briefing } from '../../../shared/contract/planSchemas.ts';
import { iimarch, safcorm } from '../../../shared/reference/briefing.ts';

export interface WrittenSection {
  text: string;
  /** Undefined where the file says nothing of it: the marking stays. */
  marking: string | null | undefined;
}

const headingPattern = /^#\s+(.+?)\s*(?:\[([^[\]]*)\])?\s*$/;

/** `# Method [OFFICIAL-SENSITIVE]` and the text below, for each section that has text. */
export function writeBriefingFile(briefing: Briefing, form: 'filled' | 'text'): string {
  return briefing.sections
    .filter((section) => section.text !== '')
    .map((section) => {
      const marking = section.marking === null ? '' : ` [${section.marking}]`;
      return `# ${section.title}${marking}\n\n${section[form].trim()}\n`;
    })
    .join('\n');
}

/** The section that a heading means, by key, title or another name. */
function findSection(model: Briefing['model'], heading: string): string | undefined {
  const wanted = heading.trim().toLowerCase();
  return (model === 'SAFCORM' ? safcorm : iimarch).codes.find((section) =>
    [section.code, section.label, ...(section.also ?? [])].some((name) => name.toLowerCase() === wanted),
  )?.code;
}

/**
 * Sections of a file by their key; sections that it does not name are not in the answer. `[]` behind a heading takes
 * the marking away.
 * @throws AppError `invalid` that names the line of a heading that is no section, or of text under none.
 */
export function readBriefingFile(text: string, model: Briefing['model']): Record<string, WrittenSection> {
  const found: Record<string, WrittenSection> = {};
  let lines: string[] = [];
  let key: string | undefined;
  const end = () => {
    const section = key === undefined ? undefined : found[key];
    if (section) section.text = lines.join('\n').trim();
    lines = [];
  };
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .forEach((line, index) => {
      const heading = headingPattern.exec(line);
      if (!heading) {
        if (key === undefined && line.trim() !== '')
          throw new AppError(
            'invalid',
            `Line ${index + 1}: text before the first heading. Headings look like "# Method".`,
          );
        lines.push(line);
        return;
      }
      end();
      key = findSection(model, heading[1] ?? '');
      if (key === undefined)
        throw new AppError('invalid', `Line ${index + 1}: ${model} has no section of this name.`);
      if (found[key]) throw new AppError('invalid', `Line ${index + 1}: this section stands twice.`);
      const marking = heading[2];
      found[key] = { text: '', marking: marking === undefined ? undefined : marking.trim() || null };
    });
  end();
  if (Object.keys(found).length === 0)
    throw new AppError('invalid', 'The file has no section. Headings look like "# Method".');
  return found;
}

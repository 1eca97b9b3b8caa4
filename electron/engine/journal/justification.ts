/**
 * Why someone looks, and why something leaves: a setting of the workspace. The Data Protection Act 2018 s.62 asked for
 * a justification of both; whether the law still does is disputed (Data (Use and Access) Act 2025 s.82), so the lead
 * decides.
 */
import type { AuditSettings } from '../../../shared/contract/auditSchemas.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { recordedOf } from '../../../shared/contract/recorded.ts';
import { saveSetting } from '../database/settings.ts';
import type { Session } from '../session.ts';
import { auditKey, readAuditSettings } from './auditSettings.ts';
import { appendEntry } from './journal.ts';

/** Keeps the settings and journals what they were. Inside the queue of changes. */
export function changeAuditSettings(session: Session, wanted: AuditSettings, reason: string): AuditSettings {
  const before = readAuditSettings(session.writer);
  if (before.consultation === wanted.consultation && before.disclosure === wanted.disclosure) return before;
  const seq = session.writer.transaction(() => {
    saveSetting(session.writer, auditKey, wanted);
    return appendEntry(session, {
      operation: 'alteration',
      method: 'audit.changeSettings',
      summary: `Justification of looking: ${wanted.consultation}; of disclosing: ${wanted.disclosure}`,
      before,
      after: wanted,
      reason,
    });
  })();
  session.announce({ seq, grids: [] });
  return wanted;
}

/** What the user does in this session, said once and written with every look until it changes. */
export function justify(session: Session, text: string): void {
  const said = text.trim();
  if (said === (session.reads.justification ?? '')) return;
  session.reads.justification = said === '' ? null : said;
  session.writer.transaction(() =>
    appendEntry(session, {
      operation: 'session',
      method: 'audit.justify',
      summary: said === '' ? 'Took back what the work is' : 'Said what the work is',
      ...(said === '' ? {} : { reason: said }),
    }),
  )();
}

/** The refusal `justification.required` where the setting asks for a reason and none is given; null where all is well. */
export function missingJustification(session: Session, method: string, input: unknown): AppError | null {
  const recorded = recordedOf(method);
  const operation = recorded === undefined || 'none' in recorded ? null : recorded.operation;
  if (operation !== 'consultation' && operation !== 'disclosure') return null;
  if (session.reads.justification !== null) return null;
  if (readAuditSettings(session.reader)[operation] !== 'required') return null;
  const own = (input as { reason?: unknown } | undefined)?.reason;
  if (typeof own === 'string' && own.trim() !== '') return null;
  return new AppError(
    'justification.required',
    operation === 'consultation'
      ? 'This workspace asks why its records are opened. Say what you are doing, once for this session.'
      : 'This workspace asks why something leaves it. Give a reason.',
  );
}

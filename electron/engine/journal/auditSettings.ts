import { AuditSettings } from '../../../shared/contract/auditSchemas.ts';
import type { ReadDatabase } from '../database/connection.ts';
import { get } from '../database/sql.ts';

/** Key of the settings among those of the workspace. */
export const auditKey = 'audit';

const defaults: AuditSettings = { consultation: 'optional', disclosure: 'required' };

/** Whether looking and disclosing need a reason in this workspace. */
export function readAuditSettings(database: ReadDatabase): AuditSettings {
  const row = get<{ value: string }>(database, 'SELECT value FROM setting WHERE key = ?', auditKey);
  return row ? AuditSettings.parse(JSON.parse(row.value)) : defaults;
}

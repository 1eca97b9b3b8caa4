import { useQuery } from '@tanstack/react-query';
import { useClient } from './connection.ts';

export const auditSettingsKey = ['audit', 'settings'];

/** Whether reasons are asked for, and what this session has said. */
export function useAuditSettings() {
  const client = useClient();
  return useQuery({ queryKey: auditSettingsKey, queryFn: () => client.audit.settings() });
}

/** Whether what leaves needs a reason of its own. */
export function useReasonNeeded(): boolean {
  const { data } = useAuditSettings();
  return !data || (data.settings.disclosure === 'required' && data.justification === null);
}

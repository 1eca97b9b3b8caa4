import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../../app/connection.ts';

/** The state of the case and of the archive; fetched once for all parts. */
export function useCaseReport() {
  const client = useClient();
  return useQuery({ queryKey: ['closing', 'state'], queryFn: () => client.closing.state() });
}

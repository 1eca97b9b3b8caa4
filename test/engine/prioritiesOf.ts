/** Both lists of priorities, awaited. */
import type { PriorityReport } from '../../shared/contract/areas/priorities.ts';
import type { Client } from './support.ts';

export async function prioritiesOf(
  client: Client,
  asked: Parameters<Client['priorities']['list']>[0] = {},
): Promise<PriorityReport> {
  for await (const event of await client.priorities.list(asked))
    if (event.type === 'done') return event.report;
  throw new Error('the list ended without a report');
}

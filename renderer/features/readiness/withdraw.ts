import { currentClient, refreshQueries } from '../../app/connection.ts';
import { reportError } from '../../app/reportError.ts';

/** Takes an acceptance back: its finding counts again. */
export async function withdraw(id: number): Promise<void> {
  try {
    await currentClient()?.readiness.withdraw({ id });
  } catch (error) {
    reportError(error);
  }
  refreshQueries();
}

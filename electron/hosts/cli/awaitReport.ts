/** Long work of the contract on the command line: a progress line, then the report. */
import { AppError } from '../../../shared/contract/errors.ts';
import type { Progress } from '../../../shared/contract/schemas.ts';
import { progressLine } from './output.ts';

/** @throws AppError `cancelled`, in these words, when the events end without a report. */
export async function awaitReport<Report>(
  start: () => Promise<AsyncIterable<Progress | { type: 'done'; report: Report }>>,
  cancelled: string,
): Promise<Report> {
  const line = progressLine();
  try {
    for await (const event of await start()) {
      if (event.type === 'done') return event.report;
      line.show(event);
    }
  } finally {
    line.end();
  }
  throw new AppError('cancelled', cancelled);
}

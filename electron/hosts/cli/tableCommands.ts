/** Tables for other tools: grids, or entities and links. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';
import { TableRequest } from '../../../shared/contract/tableSchemas.ts';
import { userPath } from './arguments.ts';
import { awaitReport } from './awaitReport.ts';
import { plain, printJson, printLine } from './output.ts';
import type { Run, Status } from './run.ts';

export async function tables(run: Run): Promise<Status> {
  const { options } = run.args;
  const out = options.get('out');
  if (!out) throw new AppError('usage', 'tables needs --out. "fellside help tables" shows how.');
  const request = TableRequest.safeParse({
    grid: options.get('grid'),
    profile: options.get('profile') ?? 'table',
    format: options.get('format') ?? 'csv',
    recipient: options.get('recipient') ?? '',
    reason: options.get('reason') ?? '',
  });
  if (!request.success)
    throw new AppError(
      'usage',
      'tables needs --recipient and --reason; --profile is table or network, --format csv or xlsx, --grid a grid.',
    );
  const folder = userPath(out);
  await run.open();
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    throw new AppError('pack.failed', 'The folder for the tables cannot be made. Choose another one.');
  }
  const report = await awaitReport(
    () =>
      run.client.tables.write(
        { ...request.data, folder: run.engine.grants.add(folder, 'export') },
        { signal: run.signal },
      ),
    'The export was cancelled; nothing was written.',
  );
  if (run.args.json) printJson(report);
  else {
    for (const { file, rows, sha256 } of report.files)
      printLine(`  ${join(folder, file)}  ${rows} rows  SHA-256 ${sha256.slice(0, 16)}…`);
    for (const { reason, count } of report.withheld) printLine(`  withheld: ${count} (${reason})`);
    for (const warning of report.warnings) printLine(`  warning: ${plain(warning)}`);
  }
  return 0;
}

/** The command line: `fellside COMMAND`, in process, by the same contract as the window. */
import { main } from './cli/main.ts';

process.exitCode = await main(process.argv.slice(2));

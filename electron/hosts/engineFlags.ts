/**
 * How Node runs an engine. A smaller young generation costs an import nothing (its rows die young at once) and keeps a
 * hundred megabytes of dead rows from standing around; `bin/guard.js` says the same for the command line.
 */
export const engineFlags = [
  '--max-semi-space-size=8',
  // No signal turns a running engine into one that a debugger can look into.
  '--disable-sigusr1',
];

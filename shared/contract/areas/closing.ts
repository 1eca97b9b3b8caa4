/** The end of an operation: retention, disclosure schedules, sealed archive, erasure. */
export const closingContract = {} as const;

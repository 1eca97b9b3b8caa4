/** One search over everything. */
export const searchContract = {} as const;

/** One search over everything. */
export const searchHandlers = {};

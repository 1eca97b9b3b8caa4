/** Who is the same person: pairs, decisions, merging and splitting. */
export const matchingHandlers = {};

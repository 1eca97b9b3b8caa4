/** Link chart, timeline and map. */
export const picturesContract = {} as const;

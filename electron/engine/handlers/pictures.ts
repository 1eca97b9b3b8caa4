/** Link chart, timeline and map. */
export const picturesHandlers = {};

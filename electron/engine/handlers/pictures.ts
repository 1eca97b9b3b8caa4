export const picturesHandlers = {};

export const networkHandlers = {};

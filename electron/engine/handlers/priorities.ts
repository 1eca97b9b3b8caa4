export const prioritiesHandlers = {};

export const chartHandlers = {};

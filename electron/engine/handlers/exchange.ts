/** Work carried between copies of an operation on standalone machines. */
export const exchangeHandlers = {};

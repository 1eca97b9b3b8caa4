/** Deal lines and call data: what the calls show. */
export const callsHandlers = {};

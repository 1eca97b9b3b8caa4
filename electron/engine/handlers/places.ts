export const placesHandlers = {};

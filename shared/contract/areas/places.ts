export const placesContract = {} as const;

export const networkContract = {} as const;

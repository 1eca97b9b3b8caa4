export const prioritiesContract = {} as const;

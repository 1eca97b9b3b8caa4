export const picturesContract = {} as const;

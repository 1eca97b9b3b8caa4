export const timelineContract = {} as const;

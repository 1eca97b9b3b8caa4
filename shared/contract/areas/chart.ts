export const chartContract = {} as const;

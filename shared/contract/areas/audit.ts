/** The record of s.62 DPA 2018: settings, reading it with filters, the report, the head of the chain. */
export const auditContract = {} as const;

/** What a user has written and not yet saved, kept encrypted through a lock. */
export const draftsContract = {} as const;

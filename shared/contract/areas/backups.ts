/** Backups, restoring, and the check that a workspace is whole. */
export const backupsContract = {} as const;

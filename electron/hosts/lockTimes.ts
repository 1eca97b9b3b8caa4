/** How long the page may take to keep what is written when the host wants to lock. */
export const millisecondsToKeep = 300;

/** How long the engine may take to close its workspace when it is locked; then its process is ended. */
export const millisecondsToLock = 600;

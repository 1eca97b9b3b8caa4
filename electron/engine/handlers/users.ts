/** People of a workspace: who may open it, in which role, with which key. */
export const usersHandlers = {};

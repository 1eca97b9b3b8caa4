/**
 * The one way in which people and keys change: a statement of the roster, the header that follows from it and the
 * entry of the journal in one transaction, then the file. A crash in between is put right at the next opening.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import type { NewEntry } from '../journal/journal.ts';
import { appendEntry } from '../journal/journal.ts';
import type { Session } from '../session.ts';
import type { Header } from '../workspace/header.ts';
import { prepareHeader } from '../workspace/header.ts';
import type { KeySlot, UserKeys } from '../workspace/keys.ts';
import { keepHeaderCopy, readHeaderCopy } from './headerCopy.ts';
import type { Member, Roster, Standing } from './roster.ts';
import { appendStatement, readRoster } from './roster.ts';

export interface KeyChange {
  entry: NewEntry;
  /** What is said of a user, where that changes. */
  standing?: Standing;
  /** The slots of the header, where they change. */
  slots?: KeySlot[];
  /** The user's own keys from now on, where they were renewed. */
  keys?: UserKeys;
}

export interface People {
  header: Header;
  roster: Roster;
  you: Member;
}

/** The people of the open workspace. @throws AppError `workspace.altered`. */
export function readPeople(session: Session): People {
  const roster = readRoster(session.writer, session.workspace.keys.founder);
  const header = readHeaderCopy(session.writer);
  const you = roster.members.get(session.workspace.user.id);
  if (roster.problem || !header || !you)
    throw new AppError(
      'workspace.altered',
      `The list of users of this workspace was altered: ${roster.problem ?? 'the copy of the header is missing'}. Restore the workspace from a backup and tell the lead.`,
    );
  return { header, roster, you };
}

/** Other changes wait; `plan` sees people as they are. Null changes nothing. */
export function changeKeys(
  session: Session,
  plan: (people: People) => Promise<KeyChange | null> | KeyChange | null,
): Promise<void> {
  return session.exclusively(async () => {
    const people = readPeople(session);
    const change = await plan(people);
    if (!change) return;
    const { workspace, writer } = session;
    const header: Header | null = change.slots
      ? { ...people.header, revision: people.header.revision + 1, slots: change.slots }
      : null;
    const file = header ? prepareHeader(workspace.folder, header) : null;
    let seq = 0;
    try {
      writer.transaction(() => {
        seq = appendEntry(session, change.entry);
        if (change.standing)
          appendStatement(writer, workspace.id, change.standing, {
            userId: workspace.user.id,
            signing: workspace.signingKey,
            seq,
            at: session.clock(),
          });
        if (header) keepHeaderCopy(writer, header);
      })();
    } catch (error) {
      file?.discard();
      throw error;
    }
    if (change.keys) {
      const { sealing } = workspace.keys;
      workspace.keys = change.keys;
      if (change.keys.sealing !== sealing) sealing.fill(0);
    }
    const { standing } = change;
    if (standing?.userId === workspace.user.id) {
      workspace.user.name = standing.name;
      workspace.user.role = standing.role;
    }
    file?.place();
    session.announce({ seq, grids: [] });
  });
}

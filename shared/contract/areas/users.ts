/** People of a workspace: who may open it, in which role, with which key. */
import { z } from 'zod';
import { longWork } from '../longWork.ts';
import { anyone, lead, reader } from '../needs.ts';
import { Grant, Passphrase, WorkspaceSummary } from '../schemas.ts';

export const Role = z.enum(['lead', 'analyst', 'reader']);
export type Role = z.infer<typeof Role>;

/** Characters of a new passphrase, at least. */
export const minimumPassphrase = 8;

/**
 * As the roster signs it. Half of a pair of code units could not be stored as it is signed: the roster would look
 * altered for ever.
 */
export const UserName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((name) => name.isWellFormed(), 'half a character stands in it; type the name again');
const userId = z.int().min(1);

export const User = z.object({
  id: userId,
  name: z.string(),
  role: Role,
  addedAt: z.string(),
  /** Name of the lead who added the user; null for the one who created the workspace. */
  addedBy: z.string().nullable(),
  removedAt: z.string().nullable(),
  /** The user of this session. */
  isYou: z.boolean(),
  /** The passphrase a lead gave has not been changed yet. */
  isWaiting: z.boolean(),
  hasRecoveryKey: z.boolean(),
});
export type User = z.infer<typeof User>;

export const UserList = z.object({
  users: z.array(User),
  /** Number of the data key: 1 in a new workspace, one more with each rotation. */
  keyGeneration: z.number(),
  /** When the data key was last changed; null when it never was. */
  keyChangedAt: z.string().nullable(),
});
export type UserList = z.infer<typeof UserList>;

/** How a passphrase would fare. An estimate, not a promise. */
export const Strength = z.object({
  score: z.int().min(0).max(4),
  /** Ten to this power of tries are expected to find it. */
  guessesLog10: z.number(),
  /** Until an attacker with `machines` ordinary computers, who copied the folder, has probably found it. */
  seconds: z.number(),
  machines: z.number(),
  /** Whether the engine takes it. */
  acceptable: z.boolean(),
  /** What would make it better, as sentences. */
  advice: z.array(z.string()),
});
export type Strength = z.infer<typeof Strength>;

/** A user and the passphrase they open the workspace with once: shown to the lead and kept nowhere. */
export const Admission = z.object({ name: z.string(), role: Role, oneTimePassphrase: z.string() });
export type Admission = z.infer<typeof Admission>;

export const Rotation = z.object({
  keyGeneration: z.number(),
  /** Backups in the workspace folder that only the earlier keys open. */
  olderBackups: z.array(z.string()),
});
export type Rotation = z.infer<typeof Rotation>;

export const usersContract = {
  list: reader.output(UserList),
  /** Judges a passphrase offline. `words` are names that an attacker would try first. */
  strength: anyone
    .input(
      z.strictObject({
        passphrase: z.string().max(1000),
        words: z.array(z.string().max(200)).max(20).optional(),
      }),
    )
    .output(Strength),
  /** Adds a user with a passphrase that opens once; one is made where none is given. */
  add: lead
    .input(z.strictObject({ name: UserName, role: Role, passphrase: Passphrase.optional() }))
    .output(Admission),
  setRole: lead.input(z.strictObject({ id: userId, role: Role })).output(UserList),
  /** Gives a user new keys and a passphrase that opens once: theirs is lost, or somebody else knows it. */
  reset: lead.input(z.strictObject({ id: userId, passphrase: Passphrase.optional() })).output(Admission),
  /** Removes a user; with `rotate` the data key is changed as well, so that the keys they know open nothing new. */
  remove: lead
    .input(z.strictObject({ id: userId, rotate: z.boolean().default(true) }))
    .output(longWork(Rotation.extend({ rotated: z.boolean() }))),
  /** Changes the data key: the database is written again under a new one, which is sealed to every user. */
  rotate: lead.output(longWork(Rotation)),
  rename: reader.input(z.strictObject({ name: UserName })).output(UserList),
  /** Changes the passphrase of the user of this session. Allowed before a one-time passphrase has been changed. */
  changePassphrase: reader
    .input(z.strictObject({ current: Passphrase, passphrase: Passphrase }))
    .output(z.object({ changed: z.literal(true) })),
  /** A new recovery key for the user of this session, in groups; the one before stops working. */
  makeRecoveryKey: reader
    .input(z.strictObject({ current: Passphrase }))
    .output(z.object({ groups: z.array(z.string()), workspaceId: z.string() })),
  /** Opens a workspace by a recovery key, which is used up, and sets a new passphrase. */
  recover: anyone
    .input(z.strictObject({ grant: Grant, recoveryKey: z.string().max(200), passphrase: Passphrase }))
    .output(WorkspaceSummary),
} as const;

import { z } from 'zod';
import { LockReason } from './lockReason.ts';

const Path = z.string().min(1).max(32_767);
const Grant = z.string().min(1).max(200);
const Name = z.string().max(300);

/**
 * What the preload may ask of the main process. Paths travel here and never reach the page. Main takes nothing for
 * granted: a call that is not one of these, to the letter, is refused unread.
 */
export const NativeCall = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('pickFiles'),
    options: z.strictObject({
      multiple: z.boolean().optional(),
      extensions: z
        .array(z.string().regex(/^[a-z0-9]{1,10}$/i))
        .max(40)
        .readonly()
        .optional(),
    }),
  }),
  z.strictObject({
    name: z.literal('pickFolder'),
    options: z.strictObject({
      purpose: z.enum(['new-workspace', 'open-workspace', 'export', 'import']),
      suggestedName: Name.optional(),
    }),
  }),
  z.strictObject({ name: z.literal('grantDroppedFiles'), paths: z.array(Path).max(500) }),
  z.strictObject({ name: z.literal('reveal'), grant: Grant }),
  z.strictObject({ name: z.literal('confirmClose'), message: z.string().max(1000).nullable() }),
  z.strictObject({ name: z.literal('lock'), reason: LockReason }),
  z.strictObject({ name: z.literal('takeLocked') }),
  z.strictObject({ name: z.literal('noteCopied'), seconds: z.number().min(1).max(600) }),
  z.strictObject({ name: z.literal('protectScreen'), on: z.boolean() }),
]);
export type NativeCall = z.infer<typeof NativeCall>;

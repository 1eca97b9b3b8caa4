import { decrypt } from 'officecrypto-tool';
import { AppError } from '../../../../../shared/contract/errors.ts';

/**
 * Takes the protection off a workbook whose password is known. Runs in a thread of its own.
 *
 * @returns the bytes of the workbook within: a zip archive, or an .xls without protection
 * @throws AppError `file.encrypted` when the password is not the right one
 */
export async function unlockWorkbook(
  bytes: Uint8Array<ArrayBuffer>,
  password: string,
  fileName: string,
): Promise<Uint8Array<ArrayBuffer>> {
  let unlocked: Uint8Array;
  try {
    unlocked = await decrypt(Buffer.from(bytes.buffer), { password });
  } catch (error) {
    if (error instanceof Error && /password is incorrect/i.test(error.message)) {
      throw describeWrongPassword(fileName);
    }
    throw error;
  }
  // A copy of its own, because it is handed to the engine and not copied again.
  return new Uint8Array(unlocked);
}

function describeWrongPassword(fileName: string): AppError {
  return new AppError(
    'file.encrypted',
    `The password given does not open “${fileName}”. Check capitals and spaces, and ask whoever sent the file.`,
    { file: fileName, wrongPassword: true },
  );
}

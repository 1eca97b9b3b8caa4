import { encrypt } from 'officecrypto-tool';
import { AppError } from '../../../../shared/contract/errors.ts';

/** Office counts UTF-16 units; some versions cut a longer password without a word. */
const longestPassword = 255;

/**
 * Encrypts a workbook as Excel does when it saves with a password to open (ECMA-376 agile encryption,
 * AES-256, SHA-512). Salt and key are drawn anew each time, so the same workbook never gives the same
 * bytes: an issued copy is kept and handed out again as it was written, and its SHA-256 is that of the
 * protected file.
 *
 * @throws AppError `usage` for a password that is empty or over 255 characters.
 */
export function protectWorkbook(bytes: Buffer, password: string): Buffer {
  if (password === '' || password.length > longestPassword) {
    throw new AppError('usage', `Choose a password of 1 to ${longestPassword} characters.`);
  }
  return encrypt(bytes, { password });
}

import { join } from 'node:path';

const extension = '.fellside';

/** A name that every file system takes: no separators, reserved characters, dots at either end or device names. */
function cleanName(name: string): string {
  const plain = name
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it takes out
    .replace(/[\u0000-\u001f<>:"/\\|?*]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 120);
  return /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(plain) ? `${plain} workspace` : plain;
}

/** The folder of a new workspace: `NAME.fellside` inside `parent`. Null where nothing is left of the name. */
export function newWorkspaceFolder(parent: string, name: string): string | null {
  const bare = name.toLowerCase().endsWith(extension) ? name.slice(0, -extension.length) : name;
  const clean = cleanName(bare);
  return clean === '' ? null : join(parent, clean + extension);
}

/** True for a folder name that is a workspace's. */
export function isWorkspaceName(name: string): boolean {
  return name.toLowerCase().endsWith(extension) && name.length > extension.length;
}

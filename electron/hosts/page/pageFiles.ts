import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { pageHeaders } from './pagePolicy.ts';

export interface PageAnswer {
  status: 200 | 404 | 405;
  headers: Record<string, string>;
  body: Buffer;
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

/**
 * The file of the built page that a URL names, or null where it names none: a path outside the folder in
 * any spelling, a kind of file that the page does not consist of, or a name that cannot be decoded.
 */
export function pageFilePath(folder: string, url: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(new URL(url).pathname);
  } catch {
    return null;
  }
  if (path === '/') path = '/index.html';
  const parts = path.split('/').slice(1);
  const plain = parts.every((part) => /^[\w@~+-][\w@~+.-]*$/.test(part));
  if (!plain || mediaTypes[extname(path).toLowerCase()] === undefined) return null;
  return join(folder, ...parts);
}

/** Answers one request of the page from the folder of the built page. Never throws. */
export async function answerPageRequest(folder: string, method: string, url: string): Promise<PageAnswer> {
  if (method !== 'GET') return refuse(405);
  const path = pageFilePath(folder, url);
  if (path === null) return refuse(404);
  try {
    // A link inside the folder must not lead out of it.
    const [root, real] = await Promise.all([realpath(folder), realpath(path)]);
    if (!real.startsWith(root + sep)) return refuse(404);
    const type = mediaTypes[extname(path).toLowerCase()] as string;
    return { status: 200, headers: { ...pageHeaders, 'content-type': type }, body: await readFile(real) };
  } catch {
    return refuse(404);
  }
}

function refuse(status: 404 | 405): PageAnswer {
  const headers = { ...pageHeaders, 'content-type': 'text/plain; charset=utf-8' };
  return { status, headers, body: Buffer.from('') };
}

import type { CDPSession, Page } from 'playwright-core';
import {
  chosenFilesFunction,
  fromHostFunction,
  type ShimMessage,
  type ShimOrder,
  toHostBinding,
} from '../../../shared/contract/chromiumLink.ts';

export interface PageLink {
  /** Tells the page's shim something; orders arrive in the order in which they are sent. */
  order(order: ShimOrder): void;
  /** Path of a file that the page holds as a `File`, or null where it is not a file on this machine. */
  filePath(key: number, index: number): Promise<string | null>;
}

/** Opens the two text channels to a page over the browser's pipe, before the page is loaded. */
export async function openPageLink(
  page: Page,
  shim: string,
  onMessage: (message: ShimMessage) => void,
): Promise<PageLink> {
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: toHostBinding });
  session.on('Runtime.bindingCalled', (event) => {
    if (event.name === toHostBinding) onMessage(JSON.parse(event.payload) as ShimMessage);
  });
  await page.addInitScript(shim);
  return {
    order: (order) => {
      const expression = `${fromHostFunction}(${JSON.stringify(order)})`;
      // A page that is being closed or reloaded does not take it: its ports are closed with it.
      session.send('Runtime.evaluate', { expression, silent: true }).catch(() => {});
    },
    filePath: (key, index) => readFilePath(session, key, index),
  };
}

async function readFilePath(session: CDPSession, key: number, index: number): Promise<string | null> {
  try {
    const { result } = await session.send('Runtime.evaluate', {
      expression: `${chosenFilesFunction}(${Number(key)}, ${Number(index)})`,
      silent: true,
    });
    if (result.objectId === undefined) return null;
    const { path } = await session.send('DOM.getFileInfo', { objectId: result.objectId });
    await session.send('Runtime.releaseObject', { objectId: result.objectId });
    return path === '' ? null : path;
  } catch {
    return null;
  }
}

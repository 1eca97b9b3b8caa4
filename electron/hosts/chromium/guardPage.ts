import type { BrowserContext, Page } from 'playwright-core';
import { answerPageRequest } from '../page/pageFiles.ts';
import { pageOrigin } from './launch.ts';

/**
 * Serves the built page to the window and refuses everything else that it could ask for: other addresses,
 * sockets, further windows, permissions, downloads.
 */
export async function guardPage(context: BrowserContext, page: Page, dist: string): Promise<void> {
  await context.route('**/*', async (route) => {
    const request = route.request();
    if (new URL(request.url()).origin !== pageOrigin) return route.abort('blockedbyclient');
    const { status, headers, body } = await answerPageRequest(dist, request.method(), request.url());
    return route.fulfill({ status, headers, body });
  });
  await context.routeWebSocket(/.*/, (socket) => socket.close());
  await context.grantPermissions([]);
  context.on('page', (other) => {
    if (other !== page) void other.close().catch(() => {});
  });
}

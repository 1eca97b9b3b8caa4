import type { BrowserContext, Page, Request } from 'playwright-core';
import { answerPageRequest } from '../page/pageFiles.ts';
import { pageOrigin } from './launch.ts';

/**
 * Serves the built page to the window and refuses everything else that it could ask for: other addresses,
 * sockets, further windows, permissions, downloads.
 */
export async function guardPage(context: BrowserContext, page: Page, dist: string): Promise<void> {
  await context.route('**/*', async (route) => {
    const request = route.request();
    if (new URL(request.url()).origin !== pageOrigin) {
      // Aborted, the window stays where it is; for any other reason it would show the browser's error page.
      // A further window has to come as far as that page, to be seen and closed.
      return route.abort(isNavigationOf(page, request) ? 'aborted' : 'blockedbyclient');
    }
    const { status, headers, body } = await answerPageRequest(dist, request.method(), request.url());
    return route.fulfill({ status, headers, body });
  });
  await context.routeWebSocket(/.*/, (socket) => socket.close());
  await context.grantPermissions([]);
  context.on('page', (other) => {
    if (other !== page) void other.close().catch(() => {});
  });
}

function isNavigationOf(page: Page, request: Request): boolean {
  try {
    return request.isNavigationRequest() && request.frame() === page.mainFrame();
  } catch {
    // The frame of a window that is only being opened is not known yet.
    return false;
  }
}

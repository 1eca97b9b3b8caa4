import type { App, Session, WebContents } from 'electron';
import { answerPageRequest } from '../hosts/page/pageFiles.ts';
import { isPageUrl, mayRequest, mayUse, pageScheme } from './security.ts';

/** Serves the built page in a session and refuses everything else that could leave it or reach it. */
export function secureSession(session: Session, pageFolder: string): void {
  session.protocol.handle(pageScheme, async (request) => {
    const host = isPageUrl(request.url) ? request.url : 'fellside://app/refused';
    const { status, headers, body } = await answerPageRequest(pageFolder, request.method, host);
    return new Response(new Uint8Array(body), { status, headers });
  });
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayRequest(details.url) }));
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(mayUse(permission)));
  session.setPermissionCheckHandler((_contents, permission) => mayUse(permission));
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  session.on('select-hid-device', (event, _details, answer) => {
    event.preventDefault();
    answer(null);
  });
  session.on('select-serial-port', (event, _ports, _contents, answer) => {
    event.preventDefault();
    answer('');
  });
  session.on('select-usb-device', (event, _details, answer) => {
    event.preventDefault();
    answer();
  });
}

/** Refuses what any contents, now or later, could do to leave the page. */
export function secureContents(app: App): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (details) => {
      if (!isPageUrl(details.url)) details.preventDefault();
    });
    contents.on('will-redirect', (details) => details.preventDefault());
    contents.on('will-frame-navigate', (details) => {
      if (!details.isMainFrame || !isPageUrl(details.url)) details.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.on('select-bluetooth-device', (event, _devices, answer) => {
      event.preventDefault();
      answer('');
    });
  });
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
  app.on('login', (event) => event.preventDefault());
}

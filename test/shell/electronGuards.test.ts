/** What Electron's main process refuses, driven through events as Electron sends them. */
import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { secureContents, secureSession } from '../../electron/main/applySecurity.ts';
import { windowPreferences } from '../../electron/main/security.ts';

class SentEvent {
  prevented = false;
  isMainFrame = true;
  readonly url: string;
  constructor(url = '') {
    this.url = url;
  }
  preventDefault(): void {
    this.prevented = true;
  }
}

function makeContents() {
  const contents = Object.assign(new EventEmitter(), {
    opened: (() => ({ action: 'allow' })) as (details: { url: string }) => { action: string },
    policy: '',
    setWindowOpenHandler: (handler: (details: { url: string }) => { action: string }) => {
      contents.opened = handler;
    },
    setWebRTCIPHandlingPolicy: (policy: string) => {
      contents.policy = policy;
    },
  });
  return contents;
}

function secure() {
  const app = new EventEmitter();
  secureContents(app as never);
  const contents = makeContents();
  app.emit('web-contents-created', {}, contents);
  return { app, contents };
}

describe('any contents, now or later', () => {
  test('opens no window, attaches no webview, and may use UDP through a proxy alone', () => {
    const { contents } = secure();
    for (const url of ['https://example.org/', 'fellside://app/', 'about:blank', 'javascript:1'])
      expect(contents.opened({ url })).toEqual({ action: 'deny' });
    const webview = new SentEvent();
    contents.emit('will-attach-webview', webview, {}, {});
    expect(webview.prevented).toBe(true);
    expect(contents.policy).toBe('disable_non_proxied_udp');
  });

  test('goes to no other address, follows no redirect, and fills no frame', () => {
    const { contents } = secure();
    const send = (name: string, url: string, isMainFrame = true) => {
      const event = Object.assign(new SentEvent(url), { isMainFrame });
      contents.emit(name, event);
      return event.prevented;
    };
    expect(send('will-navigate', 'fellside://app/')).toBe(false);
    for (const url of ['https://example.org/', 'file:///etc/passwd', 'data:text/html,x', 'fellside://else/'])
      expect([url, send('will-navigate', url)]).toEqual([url, true]);
    expect(send('will-redirect', 'fellside://app/')).toBe(true);
    expect(send('will-frame-navigate', 'fellside://app/')).toBe(false);
    expect(send('will-frame-navigate', 'fellside://app/', false)).toBe(true);
  });

  test('gets no certificate accepted, no password asked, no device chosen', () => {
    const { app, contents } = secure();
    const certificate = new SentEvent();
    let accepted: boolean | null = null;
    app.emit('certificate-error', certificate, contents, 'https://example.org', 'x', {}, (is: boolean) => {
      accepted = is;
    });
    expect([certificate.prevented, accepted]).toEqual([true, false]);
    const login = new SentEvent();
    app.emit('login', login);
    expect(login.prevented).toBe(true);
    let device: string | null = null;
    contents.emit('select-bluetooth-device', new SentEvent(), [{ deviceId: 'x' }], (id: string) => {
      device = id;
    });
    expect(device).toBe('');
  });
});

describe('the session', () => {
  function makeSession() {
    const kept: Record<string, (...parameters: never[]) => unknown> = {};
    const keep = (name: string) => (handler: (...parameters: never[]) => unknown) => {
      kept[name] = handler;
    };
    const session = Object.assign(new EventEmitter(), {
      protocol: {
        handle: (_scheme: string, handler: (...parameters: never[]) => unknown) => keep('serve')(handler),
      },
      webRequest: { onBeforeRequest: keep('request') },
      setPermissionRequestHandler: keep('ask'),
      setPermissionCheckHandler: keep('check'),
      setDevicePermissionHandler: keep('device'),
      setDisplayMediaRequestHandler: keep('display'),
      setSpellCheckerEnabled: keep('spelling'),
    });
    secureSession(session as never, '/page');
    return { session, kept };
  }

  test('lets nothing be asked for but the page, and gives no permission and no device', () => {
    const { kept } = makeSession();
    const cancelled = (url: string) => {
      let answer: { cancel: boolean } | null = null;
      kept.request?.(
        { url } as never,
        ((given: { cancel: boolean }) => {
          answer = given;
        }) as never,
      );
      return answer;
    };
    expect(cancelled('fellside://app/a.js')).toEqual({ cancel: false });
    for (const url of ['https://example.org/', 'ws://127.0.0.1/', 'file:///etc/passwd'])
      expect(cancelled(url)).toEqual({ cancel: true });
    for (const permission of [
      'media',
      'clipboard-read',
      'geolocation',
      'fileSystem',
      'display-capture',
      'openExternal',
    ]) {
      let given: boolean | null = null;
      kept.ask?.(
        {} as never,
        permission as never,
        ((is: boolean) => {
          given = is;
        }) as never,
      );
      expect([permission, given, kept.check?.({} as never, permission as never)]).toEqual([
        permission,
        false,
        false,
      ]);
    }
    expect(kept.device?.()).toBe(false);
    expect(kept.spelling).toBe(false as never);
  });

  test('downloads nothing, and chooses no device for the page', () => {
    const { session } = makeSession();
    for (const name of ['will-download', 'select-hid-device', 'select-serial-port', 'select-usb-device']) {
      const event = new SentEvent();
      const answers: unknown[] = [];
      const answer = (given: unknown) => answers.push(given);
      session.emit(
        name,
        event,
        name === 'select-serial-port' ? [] : {},
        name === 'select-serial-port' ? {} : answer,
        answer,
      );
      expect([name, event.prevented]).toEqual([name, true]);
    }
  });
});

test('the window of the installed product has no developer tools, and says so of every preference that opens something', () => {
  const packaged = windowPreferences('/p', true);
  expect(packaged.devTools).toBe(false);
  expect(windowPreferences('/p', false).devTools).toBe(true);
  expect(packaged).toMatchObject({
    enableWebSQL: false,
    enableDeprecatedPaste: false,
    webgl: false,
    safeDialogs: true,
    plugins: false,
    v8CacheOptions: 'none',
  });
  expect(packaged).not.toHaveProperty('enableBlinkFeatures');
  expect(packaged).not.toHaveProperty('session');
});

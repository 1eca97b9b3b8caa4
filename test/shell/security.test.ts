import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quietSwitches } from '../../electron/hosts/chromium/launch.ts';
import { answerPageRequest, pageFilePath } from '../../electron/hosts/page/pageFiles.ts';
import { contentSecurityPolicy } from '../../electron/hosts/page/pagePolicy.ts';
import { makeRestartPolicy } from '../../electron/hosts/page/restartPolicy.ts';
import { newWorkspaceFolder } from '../../electron/hosts/page/workspaceFolder.ts';
import { menuTemplate } from '../../electron/main/menu.ts';
import {
  commandLineSwitches,
  isPageUrl,
  mayRequest,
  mayUse,
  pageSchemePrivileges,
  sessionName,
  windowPreferences,
} from '../../electron/main/security.ts';

describe('the window of the installed product', () => {
  test('is sandboxed, isolated and without Node, webviews, spelling or a way around the web’s rules', () => {
    expect(windowPreferences('/app/preload.cjs', true)).toMatchObject({
      preload: '/app/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      experimentalFeatures: false,
    });
  });

  test('keeps nothing on disk', () => {
    expect(sessionName).not.toMatch(/^persist:/);
  });

  test('knows its own addresses and no others', () => {
    expect(
      ['fellside://app/', 'fellside://app/assets/a.js', 'fellside://app/?x#y'].filter(isPageUrl),
    ).toHaveLength(3);
    const others = [
      'fellside://other/',
      'fellside://app.example.org/',
      'fellside://app:80/',
      'fellside://user@app/',
      'https://app/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'data:text/html,x',
      'about:blank',
      '',
      'fellside:app',
    ];
    expect(others.filter(isPageUrl)).toEqual([]);
  });

  test('may load its own files and data that it holds, nothing from anywhere else', () => {
    const allowed = ['fellside://app/a.js', 'data:image/png;base64,AA', 'blob:fellside://app/1-2'];
    expect(allowed.filter(mayRequest)).toEqual(allowed);
    const refused = [
      'https://example.org/',
      'http://127.0.0.1/',
      'ws://example.org/',
      'file:///etc/passwd',
      'ftp://example.org/',
      'blob:https://example.org/1',
      'fellside://elsewhere/a.js',
      'chrome-extension://abc/x.js',
      'devtools://devtools/x',
    ];
    expect(refused.filter(mayRequest)).toEqual([]);
  });

  test('is given no permission', () => {
    const permissions = [
      'clipboard-read',
      'geolocation',
      'media',
      'notifications',
      'fullscreen',
      'usb',
      'openExternal',
    ];
    expect(permissions.filter(mayUse)).toEqual([]);
  });

  test('has a protocol that cannot step around the policy or stay behind as a worker', () => {
    expect(pageSchemePrivileges).toMatchObject({
      bypassCSP: false,
      allowServiceWorkers: false,
      secure: true,
    });
  });

  test('has no menu entry that reloads the page, takes its undo, or opens tools in the installed product', () => {
    const roles = JSON.stringify(
      ['linux', 'win32', 'darwin'].map((each) => menuTemplate(each as 'linux', true)),
    );
    expect(roles).not.toMatch(/reload|undo|redo|toggleDevTools|forceReload/i);
    expect(JSON.stringify(menuTemplate('linux', false))).toContain('toggleDevTools');
  });
});

describe('both hosts', () => {
  test('start Chromium so that no name and no number resolves and nothing runs in the background', () => {
    const inElectron = commandLineSwitches.map(([name, value]) =>
      value ? `--${name}=${value}` : `--${name}`,
    );
    for (const wanted of [
      '--host-resolver-rules=MAP * ~NOTFOUND',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-domain-reliability',
      '--disable-sync',
      '--no-pings',
      '--disable-breakpad',
      '--disable-crash-reporter',
      '--webrtc-ip-handling-policy=disable_non_proxied_udp',
      '--proxy-server=socks5://nowhere.invalid:1',
      '--proxy-bypass-list=<-loopback>',
    ]) {
      expect(quietSwitches).toContain(wanted);
      expect(inElectron).toContain(wanted);
    }
  });

  test('serve the page with a policy that runs its own scripts alone and lets nothing out', () => {
    const policy = Object.fromEntries(
      contentSecurityPolicy
        .split('; ')
        .map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]),
    );
    expect(policy['default-src']).toBe("'none'");
    expect(policy['script-src']).toBe("'self'");
    expect(policy['connect-src']).toBe("'self'");
    for (const name of ['base-uri', 'form-action', 'frame-src', 'frame-ancestors', 'object-src']) {
      expect(policy[name]).toBe("'none'");
    }
    expect(contentSecurityPolicy).not.toMatch(/unsafe-eval|https?:|\*|unsafe-inline/);
  });

  test('restart an engine five times in a minute and no more', () => {
    let time = 0;
    const mayRestart = makeRestartPolicy(() => time);
    const within = Array.from({ length: 7 }, () => {
      time += 1000;
      return mayRestart();
    });
    expect(within).toEqual([true, true, true, true, true, false, false]);
    time += 61_000;
    expect(mayRestart()).toBe(true);
  });
});

describe('the folder of the page', () => {
  let outside = '';
  let folder = '';

  beforeAll(() => {
    outside = mkdtempSync(join(tmpdir(), 'fellside-page-'));
    folder = join(outside, 'renderer');
    mkdirSync(join(folder, 'assets'), { recursive: true });
    writeFileSync(join(folder, 'index.html'), '<!doctype html>');
    writeFileSync(join(folder, 'assets/app-1a2b.js'), 'export {};');
    writeFileSync(join(folder, 'notes.txt'), 'not part of the page');
    writeFileSync(join(outside, 'secret.json'), '{}');
    symlinkSync(join(outside, 'secret.json'), join(folder, 'link.json'));
  });
  afterAll(() => rmSync(outside, { recursive: true, force: true }));

  test('is served with types and headers', async () => {
    const page = await answerPageRequest(folder, 'GET', 'fellside://app/');
    expect([page.status, page.headers['content-type'], page.body.toString()]).toEqual([
      200,
      'text/html; charset=utf-8',
      '<!doctype html>',
    ]);
    expect(page.headers['content-security-policy']).toBe(contentSecurityPolicy);
    expect(page.headers['cache-control']).toBe('no-store');
    const script = await answerPageRequest(
      folder,
      'GET',
      'https://fellside.invalid/assets/app-1a2b.js?v=1#x',
    );
    expect([script.status, script.headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8']);
  });

  test('is all that is served', async () => {
    const paths = [
      '/../secret.json',
      '/%2e%2e/secret.json',
      '/..%2fsecret.json',
      '/assets/..%2f..%2fsecret.json',
      '/assets/..%5c..%5csecret.json',
      '/%00/secret.json',
      '/%',
      '//secret.json',
      '/link.json',
      '/notes.txt',
      '/assets',
      '/assets/',
      '/missing.js',
      '/.hidden.json',
    ];
    for (const path of paths) {
      const answer = await answerPageRequest(folder, 'GET', `fellside://app${path}`);
      expect([path, answer.status, answer.body.length]).toEqual([path, 404, 0]);
    }
    expect((await answerPageRequest(folder, 'POST', 'fellside://app/')).status).toBe(405);
    expect((await answerPageRequest(folder, 'GET', 'no url')).status).toBe(404);
  });

  test('is never left, whatever the address', () => {
    fc.assert(
      fc.property(
        fc.webPath(),
        fc.array(fc.constantFrom('..', '%2e%2e', '%2f', '\\', 'a', '.js')),
        (path, parts) => {
          const found = pageFilePath('/page', `fellside://app${path}/${parts.join('/')}`);
          expect(found === null || (found.startsWith('/page/') && !found.includes('..'))).toBe(true);
        },
      ),
    );
  });
});

describe('the folder of a new workspace', () => {
  test('stays inside the chosen folder and has a name that every file system takes', () => {
    expect(newWorkspaceFolder('/data', 'Operation Fellgate')).toBe('/data/Operation Fellgate.fellside');
    expect(newWorkspaceFolder('/data', 'Fellgate.fellside')).toBe('/data/Fellgate.fellside');
    expect(newWorkspaceFolder('/data', '../../etc/Fellgate: 2')).toBe('/data/etc Fellgate 2.fellside');
    expect(newWorkspaceFolder('/data', 'CON')).toBe('/data/CON workspace.fellside');
    expect(['', ' . ', '///', '.fellside'].map((name) => newWorkspaceFolder('/data', name))).toEqual([
      null,
      null,
      null,
      null,
    ]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const path = newWorkspaceFolder('/data', name);
        if (path !== null) expect(path).toMatch(/^\/data\/[^/\\:*?"<>|\0]+\.fellside$/);
      }),
    );
  });
});

import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  clipboard,
  ipcMain,
  Menu,
  MessageChannelMain,
  powerMonitor,
  protocol,
  session,
} from 'electron';
import { channels } from '../../shared/contract/electronLink.ts';
import { NativeCall } from '../../shared/contract/nativeCall.ts';
import { secureContents, secureSession } from './applySecurity.ts';
import { answerNativeCall, grantOne, mayClose } from './dialogs.ts';
import { type EngineKeeper, keepEngine } from './engineProcess.ts';
import { makeClipboardGuard, makeLocker, watchPower } from './locking.ts';
import { menuTemplate } from './menu.ts';
import {
  commandLineSwitches,
  isPageUrl,
  pageScheme,
  pageSchemePrivileges,
  pageUrl,
  sessionName,
  windowPreferences,
} from './security.ts';

// dist/main/index.js; beside it stand dist/preload, dist/engine and dist/renderer.
const dist = join(import.meta.dirname, '..');

for (const [name, value] of commandLineSwitches) app.commandLine.appendSwitch(name, value);
protocol.registerSchemesAsPrivileged([{ scheme: pageScheme, privileges: pageSchemePrivileges }]);
secureContents(app);

if (app.requestSingleInstanceLock()) {
  void app.whenReady().then(openWindow);
} else {
  app.quit();
}

/** Opens the only window, starts the engine, and introduces them to each other. */
function openWindow(): void {
  secureSession(session.fromPartition(sessionName), join(dist, 'renderer'));
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, app.isPackaged)));
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Fellside',
    webPreferences: windowPreferences(join(dist, 'preload/index.cjs'), app.isPackaged),
  });
  // Until the workspace says otherwise.
  window.setContentProtection(true);
  const closing: { message: string | null } = { message: null };
  const { webContents } = window;

  function introduce(): void {
    const { port1, port2 } = new MessageChannelMain();
    engine.takePort(port1);
    webContents.postMessage(channels.port, null, [port2]);
  }

  const engine: EngineKeeper = keepEngine(
    join(dist, 'engine/utility.js'),
    () => webContents.send(channels.gone),
    introduce,
  );

  const copied = makeClipboardGuard(clipboard);
  const locker = makeLocker({
    want: (reason) => webContents.send(channels.lockWanted, reason),
    endEngine: (reason) => engine.lock(reason),
    endPage: () => {
      window.setContentProtection(true);
      webContents.forcefullyCrashRenderer();
    },
    loadPage: () => {
      if (!window.isDestroyed()) void window.loadURL(pageUrl);
    },
    clearClipboard: copied.clear,
    grant: (folder) => grantOne(engine, folder, 'open-workspace'),
  });
  watchPower(powerMonitor, process.platform, (reason) => void locker.want(reason));

  /** True for messages of the page in the window's own frame, and of nothing else. */
  function isFromPage(event: Electron.IpcMainEvent | Electron.IpcMainInvokeEvent): boolean {
    const { senderFrame } = event;
    return senderFrame !== null && senderFrame === webContents.mainFrame && isPageUrl(senderFrame.url);
  }

  ipcMain.on(channels.hello, (event) => {
    if (!isFromPage(event)) return;
    closing.message = null;
    introduce();
  });
  ipcMain.handle(channels.call, (event, sent: unknown) => {
    const call = isFromPage(event) ? NativeCall.safeParse(sent) : null;
    if (!call?.success) return null;
    return answerNativeCall(call.data, { window, engine, closing, locker, clipboard: copied });
  });

  window.once('ready-to-show', () => window.show());
  window.on('close', (event) => {
    const { message } = closing;
    if (message === null) return;
    event.preventDefault();
    void mayClose(window, message).then((agreed) => {
      if (agreed) window.destroy();
    });
  });
  app.on('second-instance', () => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  // The window is the application, on macOS too: a workspace must not stay unlocked without one.
  app.on('window-all-closed', () => {
    void Promise.allSettled([copied.clear(), engine.close()]).finally(() => app.exit(0));
  });
  void window.loadURL(pageUrl);
}

import type { WebPreferences } from 'electron';

// Data and pure functions alone, so that every decision can be tested without Electron's binary.

/** The page's own protocol. Nothing else is ever loaded. */
export const pageScheme = 'fellside';
export const pageUrl = `${pageScheme}://app/`;

/** What the page's protocol may do: what https may, no more. */
export const pageSchemePrivileges = {
  standard: true,
  secure: true,
  supportFetchAPI: true,
  corsEnabled: false,
  stream: false,
  bypassCSP: false,
  allowServiceWorkers: false,
} as const;

/** An in-memory session (no `persist:`): what the page shows never reaches the disk. */
export const sessionName = 'fellside';

/** Switches of Chromium, set before it starts: no background requests and no host that resolves. */
export const commandLineSwitches: readonly (readonly [name: string, value?: string])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['disable-background-networking'],
  ['disable-breakpad'],
  ['disable-client-side-phishing-detection'],
  ['disable-component-update'],
  ['disable-crash-reporter'],
  ['disable-default-apps'],
  ['disable-domain-reliability'],
  ['disable-sync'],
  ['dns-prefetch-disable'],
  ['no-pings'],
  // WebRTC asks no resolver and no policy of content: it may use UDP through a proxy alone, and TCP goes to the
  // proxy as well, which is a name that is never found.
  ['webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  ['proxy-server', 'socks5://nowhere.invalid:1'],
  ['proxy-bypass-list', '<-loopback>'],
  [
    'disable-features',
    'AutofillServerCommunication,CertificateTransparencyComponentUpdater,MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,SafeBrowsing,Translate',
  ],
];

/** The preferences of the only window. Spelling is off because its dictionaries come from the network. */
export function windowPreferences(preload: string, isPackaged: boolean): WebPreferences {
  return {
    preload,
    partition: sessionName,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    plugins: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    safeDialogs: true,
    webgl: false,
    enableWebSQL: false,
    enableDeprecatedPaste: false,
    // Code of the page is not kept on the disk between starts.
    v8CacheOptions: 'none',
    devTools: !isPackaged,
  };
}

/** True for a URL of the page itself. */
export function isPageUrl(url: string): boolean {
  try {
    const { protocol, host, username, password, port } = new URL(url);
    return protocol === `${pageScheme}:` && host === 'app' && username + password + port === '';
  } catch {
    return false;
  }
}

/** True for what the page may load: its own files, and data that it holds already. */
export function mayRequest(url: string): boolean {
  return isPageUrl(url) || url.startsWith('data:') || url.startsWith(`blob:${pageScheme}://app/`);
}

/** No permission is ever given: the page needs none. */
export function mayUse(_permission: string): boolean {
  return false;
}

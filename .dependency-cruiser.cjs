/**
 * The layers of the product as import rules. Every rule is an error: a checkout that breaks one does
 * not pass its tests. `test/layers` plants a violation of each rule and expects it to be reported.
 *
 * The parser is swc: TypeScript 7 has no interface for other tools. swc also reports `import type`,
 * which matters here, since a layer must not know another layer's types either.
 */
const nodeModule = ['core'];
const packages = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown'];

/** A rule at error level that forbids `from` to import `to`. */
function forbid(name, comment, from, to) {
  return { name, comment, severity: 'error', from, to };
}

const knownFolders = '^(bench|bin|electron|renderer|scripts|shared|test)/';
const knownElectron = '^electron/(engine|hosts|main|preload)/';

module.exports = {
  forbidden: [
    forbid(
      'no-circular',
      'modules that import each other cannot be understood apart',
      {},
      { circular: true },
    ),
    forbid(
      'no-unresolved',
      'an import that leads nowhere',
      {},
      {
        couldNotResolve: true,
        // Electron's types and binary are resolved by Electron itself; queries such as ?url by vite.
        pathNot: '^(electron$|.*[?](url|raw|worker|inline))',
      },
    ),
    forbid(
      'no-unclassified-importer',
      'a folder that belongs to no layer: add it to the design and to these rules first',
      { pathNot: `${knownFolders}|^[^/]+$` },
      {},
    ),
    forbid(
      'no-unclassified-imported',
      'a folder that belongs to no layer: add it to the design and to these rules first',
      {},
      { path: '^[^/]+/', pathNot: `${knownFolders}|^(node_modules|resources)/`, dependencyTypes: ['local'] },
    ),
    forbid(
      'no-unclassified-electron',
      'electron/ holds engine, hosts, main and preload and nothing else',
      { path: '^electron/', pathNot: knownElectron },
      {},
    ),
    forbid(
      'no-import-of-unclassified-electron',
      'electron/ holds engine, hosts, main and preload and nothing else',
      {},
      { path: '^electron/', pathNot: knownElectron },
    ),

    forbid(
      'shared-imports-only-shared',
      'shared/ is pure: it runs in the page, in the engine and in the writers alike',
      { path: '^shared/' },
      { pathNot: '^shared/', dependencyTypes: ['local'] },
    ),
    forbid(
      'shared-uses-no-node',
      'shared/ runs in the page too',
      { path: '^shared/' },
      { dependencyTypes: nodeModule },
    ),
    forbid(
      'shared-uses-zod-alone',
      'shared/ knows zod; its contract also knows the contract and client packages of the transport',
      { path: '^shared/', pathNot: '^shared/contract/' },
      { dependencyTypes: packages, pathNot: '^node_modules/zod/' },
    ),
    forbid(
      'contract-uses-zod-and-orpc-contract',
      'the list of methods is data: of packages it knows zod and @orpc/contract alone',
      { path: '^shared/contract/', pathNot: '^shared/contract/(client|port|errorMapping)[.]ts$' },
      { dependencyTypes: packages, pathNot: '^node_modules/(zod|@orpc/contract)/' },
    ),
    forbid(
      'transport-uses-orpc-client',
      'the client side of the transport knows the packages of the transport alone',
      { path: '^shared/contract/(client|port|errorMapping)[.]ts$' },
      {
        dependencyTypes: packages,
        pathNot: '^node_modules/(zod|@orpc/contract|@orpc/client|@orpc/standard-server-peer)/',
      },
    ),

    forbid(
      'engine-knows-no-host',
      'the engine runs under every host: it imports itself and shared/',
      { path: '^electron/engine/' },
      { pathNot: '^(electron/engine|shared)/', dependencyTypes: ['local'] },
    ),
    forbid(
      'engine-knows-no-electron',
      'the engine runs without Electron and without a browser',
      { path: '^electron/engine/' },
      { path: '^node_modules/(electron|playwright-core|@playwright|react|react-dom)/|^electron$' },
    ),
    forbid(
      'readers-know-no-database',
      'a reader turns a file into rows; where they go is not its concern',
      { path: '^electron/engine/intake/readers/' },
      {
        path: '^electron/engine/(database|workspace|journal|entities|plan|packs|handlers|analysis)/|^node_modules/better-sqlite3',
      },
    ),
    forbid(
      'writers-know-no-database',
      'the writers of packs work on collected data alone',
      { path: '^electron/engine/packs/(xlsx|pdf)/' },
      { path: '^electron/engine/(database|workspace|journal|intake|handlers)/|^node_modules/better-sqlite3' },
    ),
    forbid(
      'handlers-know-no-sql',
      'a handler unpacks, calls one function and returns',
      { path: '^electron/engine/handlers/' },
      { path: '^node_modules/better-sqlite3' },
    ),
    forbid(
      'one-sqlite-opener',
      'connections are opened with the key and the settings of electron/engine/database alone',
      { path: '^electron/', pathNot: '^electron/engine/(database|workspace)/' },
      { path: '^node_modules/better-sqlite3', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'main-knows-no-engine',
      'the Electron shell introduces the page to the engine and knows neither',
      { path: '^electron/(main|preload)/' },
      { path: '^(electron/engine|renderer)/' },
    ),
    forbid(
      'preload-passes-the-port-alone',
      'a sandboxed preload is one small file: electron and shared/ alone',
      { path: '^electron/preload/' },
      {
        pathNot: '^(electron/preload|shared|node_modules/electron)/|^electron$',
      },
    ),
    forbid(
      'hosts-know-no-page',
      'hosts serve the built page; they never import its sources',
      { path: '^electron/hosts/' },
      { path: '^(electron/main|electron/preload|renderer)/' },
    ),

    forbid(
      'page-imports-page-and-shared',
      'the page talks to the engine over the contract',
      { path: '^renderer/' },
      { pathNot: '^(renderer|shared)/', dependencyTypes: ['local'] },
    ),
    forbid(
      'page-uses-no-node',
      'the page is sandboxed: it has no node and no electron',
      { path: '^renderer/' },
      { dependencyTypes: nodeModule },
    ),
    forbid(
      'page-uses-no-server-package',
      'the page is sandboxed: it has no electron, no database and no server',
      { path: '^renderer/' },
      {
        path: '^node_modules/(electron|better-sqlite3|exceljs|yauzl|csv-parse|playwright-core|@orpc/server|@node-rs/argon2)/|^electron$',
      },
    ),
    forbid(
      'product-imports-no-test',
      'what is shipped never imports tests, benchmarks or scripts',
      { path: '^(electron|renderer|shared|bin)/' },
      { path: '^(test|bench|scripts)/' },
    ),
    forbid(
      'electron-in-main-and-preload-alone',
      'Electron is one host among three',
      { path: '^(electron/(engine|hosts)|shared|renderer|bin)/', pathNot: '^electron/hosts/utility' },
      { path: '^node_modules/electron/|^electron$' },
    ),
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: ['^(dist|release|out|coverage|test-results|playwright-report|docs)/'] },
    moduleSystems: ['es6', 'cjs'],
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.d.ts', '.json', '.css'],
    },
  },
};

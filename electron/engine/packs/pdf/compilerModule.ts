import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The part of the global `WebAssembly` that is needed; the settings for Node leave its types out. */
interface Assembly {
  compile(bytes: Uint8Array): Promise<object>;
}

let compiled: Promise<object> | undefined;

/** Where the Typst compiler's WebAssembly file lies. */
export function compilerPath(): string {
  return createRequire(import.meta.url).resolve('@myriaddreamin/typst-ts-web-compiler/wasm');
}

/**
 * The Typst compiler, compiled once for the life of the engine. Threads that get it share its machine
 * code, so only the first pack pays for making it. It holds code alone, no data of any pack.
 */
export function compilerModule(): Promise<object> {
  compiled ??= (globalThis as unknown as { WebAssembly: Assembly }).WebAssembly.compile(
    readFileSync(compilerPath()),
  );
  return compiled;
}

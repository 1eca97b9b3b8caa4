import { readFileSync } from 'node:fs';
import { initSync, type TypstCompiler, TypstCompilerBuilder } from '@myriaddreamin/typst-ts-web-compiler';
import { AppError } from '../../../../shared/contract/errors.ts';
import { compilerPath } from './compilerModule.ts';

export interface TypstJob {
  readonly template: string;
  readonly fonts: readonly Uint8Array[];
  /** The virtual files beside the template, by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const mainFile = '/pack.typ';

const roomInBytes = 640 * 1024 * 1024;

let loaded = false;

/**
 * Compiles a template to a tagged PDF. The compiler sees the given files alone: no disk, no network,
 * no packages. `module` is the compiler from `compilerModule`, when another thread has it already.
 * Throws `pack.failed` without the compiler's words, which may quote the data.
 */
export async function compileTypst(job: TypstJob, module?: object): Promise<Uint8Array> {
  load(module);
  const builder = new TypstCompilerBuilder();
  builder.set_dummy_access_model();
  for (const font of job.fonts) await builder.add_raw_font(font);
  const compiler = await builder.build();
  try {
    compiler.add_source(mainFile, job.template);
    for (const [name, content] of job.files) compiler.map_shadow(`/${name}`, content);
    return runCompiler(compiler);
  } finally {
    compiler.free();
  }
}

function runCompiler(compiler: TypstCompiler): Uint8Array {
  let outcome: { result?: Uint8Array };
  try {
    outcome = compiler.compile(mainFile, null, 'pdf', 1) as { result?: Uint8Array };
  } catch {
    throw new AppError('pack.failed', 'The PDF could not be laid out. Export the workbook instead.');
  }
  if (outcome.result === undefined || outcome.result.length === 0) {
    throw new AppError('pack.failed', 'The PDF could not be laid out. Export the workbook instead.');
  }
  return outcome.result;
}

/**
 * Loads the compiler once, and makes its memory grow in one step. Left alone it grows in hundreds of
 * small steps, and each makes the JavaScript heap collect garbage: a third of the time of a large pack.
 * The room is claimed and given back to the compiler's own allocator; pages not used stay untouched.
 */
function load(module?: object): void {
  if (loaded) return;
  const exports: unknown = initSync({
    module: (module ?? readFileSync(compilerPath())) as Uint8Array<ArrayBuffer>,
  });
  loaded = true;
  const { __wbindgen_export: claim, __wbindgen_export4: giveBack } = exports as Record<string, unknown>;
  if (typeof claim !== 'function' || typeof giveBack !== 'function') return;
  const place: unknown = claim(roomInBytes, 1);
  if (typeof place === 'number' && place !== 0) giveBack(place, roomInBytes, 1);
}

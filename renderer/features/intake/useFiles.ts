import { useCallback, useEffect, useRef, useState } from 'react';
import type { EngineClient } from '../../../shared/contract/client.ts';
import type { SheetMapping } from '../../../shared/contract/schemas.ts';
import { readDraft, useDraft } from '../../app/drafts.ts';
import type { Granted } from '../../app/native.ts';
import { describeError, reportError } from '../../app/reportError.ts';
import { type ChosenFile, changeSheet, mappingOf, type RefusedFile } from './importState.ts';

const lookedIntoAtOnce = 2;

/** A folder or an archive: its files are asked for before anything is looked into. */
function mayHoldFiles(name: string): boolean {
  return /\.zip$/i.test(name) || !/\.[a-z0-9]{2,5}$/i.test(name);
}

type Mappings = Readonly<Record<string, SheetMapping[]>>;

function areMappings(value: unknown): value is Mappings {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every(
      (sheets) => Array.isArray(sheets) && sheets.every((sheet) => Array.isArray(sheet?.columns)),
    )
  );
}

const mostKept = 40;

/** How files are read where somebody has changed it, by their content; null where nobody has. */
function changedMappings(before: Mappings, files: readonly ChosenFile[]): Mappings | null {
  const next: Record<string, SheetMapping[]> = { ...before };
  for (const { inspected, sheets } of files) {
    if (inspected === null) continue;
    if (JSON.stringify(sheets) === JSON.stringify(inspected.sheets.map(mappingOf)))
      delete next[inspected.sha256];
    else next[inspected.sha256] = sheets;
  }
  const entries = Object.entries(next).slice(-mostKept);
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

/** The files of an import: looked into a few at a time, expanded where they hold others, unlocked one by one. */
export function useFiles(client: EngineClient) {
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  const [refused, setRefused] = useState<readonly RefusedFile[]>([]);
  const [expanding, setExpanding] = useState(0);
  // Files are chosen anew after a lock, and are known by their content; how they are read is put back then.
  const [kept] = useState(() => readDraft('import', areMappings) ?? {});
  useDraft('import', changedMappings(kept, files));
  const waiting = useRef<{ grant: string; password: string | null }[]>([]);
  const running = useRef(0);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => {
    abort.current = new AbortController();
    return () => abort.current?.abort();
  }, []);

  const options = useCallback(() => (abort.current ? { signal: abort.current.signal } : {}), []);

  const put = useCallback((grant: string, change: Partial<ChosenFile>) => {
    setFiles((now) => now.map((file) => (file.grant === grant ? { ...file, ...change } : file)));
  }, []);

  const lookIntoNext = useCallback(() => {
    while (running.current < lookedIntoAtOnce) {
      const next = waiting.current.shift();
      if (!next) return;
      const { grant, password } = next;
      running.current += 1;
      client.imports
        .inspect({ grant, ...(password ? { password } : {}) }, options())
        .then(
          (inspected) => {
            const guessed = inspected.sheets.map(mappingOf);
            const before = kept[inspected.sha256];
            put(grant, { inspected, sheets: before?.length === guessed.length ? before : guessed });
          },
          (caught: unknown) => {
            const { code, message } = describeError(caught);
            put(grant, { error: message, locked: code === 'file.encrypted', password: null });
          },
        )
        .finally(() => {
          running.current -= 1;
          lookIntoNext();
        });
    }
  }, [client, put, options, kept]);

  const look = useCallback(
    (grant: string, password: string | null) => {
      put(grant, { error: null, locked: false, password });
      waiting.current.push({ grant, password });
      lookIntoNext();
    },
    [put, lookIntoNext],
  );

  const addPlain = useCallback(
    (granted: readonly Granted[]) => {
      const unseen = { inspected: null, error: null, locked: false, password: null, sheets: [] };
      setFiles((now) => [...now, ...granted.map((file): ChosenFile => ({ ...file, ...unseen }))]);
      for (const { grant } of granted) look(grant, null);
    },
    [look],
  );

  /** The files inside a folder or an archive; false when it is neither and may be a spreadsheet itself. */
  const expand = useCallback(
    async (holder: Granted, isFolder: boolean): Promise<void> => {
      setExpanding((now) => now + 1);
      try {
        const { files: inside, complete } = await client.imports.expand({ grant: holder.grant }, options());
        const usable = inside.flatMap(({ grant, name }) => (grant === null ? [] : [{ grant, name }]));
        addPlain(usable);
        setRefused((now) => [
          ...now,
          ...inside.flatMap(({ name, refused: why }) => (why ? [{ name, message: why.message }] : [])),
          ...(complete
            ? []
            : [
                {
                  name: holder.name,
                  message: 'It holds more files than can be taken in one go. The rest was left out.',
                },
              ]),
          ...(inside.length === 0 ? [{ name: holder.name, message: 'There is no spreadsheet in it.' }] : []),
        ]);
      } catch (caught) {
        const { code, message } = describeError(caught);
        if (isFolder || /\.zip$/i.test(holder.name)) {
          if (code !== 'cancelled') setRefused((now) => [...now, { name: holder.name, message }]);
        } else addPlain([holder]);
      } finally {
        setExpanding((now) => now - 1);
      }
    },
    [client, addPlain, options],
  );

  const add = useCallback(
    (granted: readonly Granted[], areFolders = false) => {
      const holders = granted.filter(({ name }) => areFolders || mayHoldFiles(name));
      addPlain(granted.filter((one) => !holders.includes(one)));
      for (const holder of holders) expand(holder, areFolders).catch(reportError);
    },
    [addPlain, expand],
  );

  const remove = useCallback((grant: string) => {
    waiting.current = waiting.current.filter((entry) => entry.grant !== grant);
    setFiles((now) => now.filter((file) => file.grant !== grant));
  }, []);

  const change = useCallback(
    (grant: string, place: number, apply: (mapping: SheetMapping) => SheetMapping) =>
      setFiles((now) => changeSheet(now, grant, place, apply)),
    [],
  );

  return {
    files,
    refused,
    expanding: expanding > 0,
    looking: expanding > 0 || files.some(({ inspected, error }) => inspected === null && error === null),
    add,
    look,
    remove,
    change,
    forgetRefused: useCallback(() => setRefused([]), []),
  };
}

export type ImportFiles = ReturnType<typeof useFiles>;

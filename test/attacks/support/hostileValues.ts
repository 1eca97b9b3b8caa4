import type { z } from 'zod';

/**
 * Inputs for methods of the contract, made from their own schemas: mostly of the right shape, so that they get past
 * the door, with leaves that nobody expects; sometimes of a wrong shape altogether. The same seed gives the same
 * inputs.
 */

export type Random = () => number;

/** A small generator of numbers from 0 to 1, the same for the same seed. */
export function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const pick = <T>(random: Random, from: readonly T[]): T =>
  from[Math.floor(random() * from.length)] as T;

/** Texts that stand for what an attacker, a broken file or a tired person might send. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfff\ud800x',
  '\u202eevil\u202c',
  '\ufeffBOM',
  'ﷺ'.repeat(40),
  'e\u0301'.repeat(200),
  'NOM-1',
  'NOM-0',
  'NOM--1',
  'NOM-9007199254740993',
  'nom-1',
  'PRM-1 OR 1=1',
  "' OR '1'='1",
  "'; DROP TABLE journal; --",
  '"; DELETE FROM setting; --',
  'x") UNION SELECT value FROM setting --',
  "\") ; ATTACH DATABASE '/tmp/stolen.db' AS stolen; --",
  '%_\\',
  '*?[a-z]',
  'a* NEAR(b',
  '"unbalanced',
  'AND OR NOT ^',
  "SELECT load_extension('x')",
  '../../../../etc/passwd',
  '..\\..\\windows\\system32',
  '/etc/passwd',
  'C:\\Windows\\win.ini',
  'file:///etc/passwd',
  '\\\\server\\share\\x',
  'CON',
  'a/b\\c:d*e?f"g<h>i|j',
  '.',
  '..',
  '~root',
  '$(reboot)',
  '`id`',
  '{{targets}}',

  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '=HYPERLINK("http://example.org")',
  '=cmd|/c calc',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '2026-02-30',
  '9999-99-99T99:99',
  '0000-00-00',
  '31/02/2026',
  '-1',
  '1e309',
  'NaN',
  'null',
  'undefined',
  '[object Object]',
  '07700 900001',
  '٠٧٧٠٠٩٠٠٠٠١',
  '(a+)+$',
  `${'a'.repeat(31)}!`,
  'x'.repeat(500),
];

const hostileNumbers: readonly number[] = [
  0,
  -0,
  1,
  -1,
  2,
  7,
  1000,
  1001,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  -(2 ** 53),
  1e308,
  0.1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
];

/** A deep, a wide and a poisoned thing: what a parser or a merge may stumble over. */
function hostileThing(random: Random): unknown {
  const deep = (depth: number): unknown => (depth === 0 ? 'end' : { a: [deep(depth - 1)] });
  return pick<() => unknown>(random, [
    () => null,
    () => true,
    () => [],
    () => ({}),
    () => pick(random, hostileNumbers),
    () => pick(random, hostileTexts),
    () => JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
    () => deep(200),
    () => Array.from({ length: 500 }, (_, index) => index),
    () => 'y'.repeat(200_000),
    () => [['__proto__', { polluted: true }]],
    () => ({ toString: 'no function', valueOf: null, length: -1 }),
  ])();
}

/** What exists in the workspace that is attacked: some inputs must name it to get anywhere. */
export interface Known {
  refs: readonly string[];
  grants: readonly string[];
  fields: readonly string[];
  texts: readonly string[];
}

interface Definition {
  type: string;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  innerType?: z.ZodType;
  options?: readonly z.ZodType[];
  items?: readonly z.ZodType[];
  left?: z.ZodType;
  right?: z.ZodType;
  in?: z.ZodType;
  keyType?: z.ZodType;
  valueType?: z.ZodType;
  getter?: () => z.ZodType;
  entries?: Record<string, string>;
  values?: readonly unknown[];
}

const definitionOf = (schema: z.ZodType): Definition =>
  (schema as unknown as { _zod: { def: Definition } })._zod.def;

/** The first of some candidates that the schema takes; the first of all where it takes none. */
function fitting(schema: z.ZodType, candidates: readonly unknown[]): unknown {
  return candidates.find((candidate) => schema.safeParse(candidate).success) ?? candidates[0];
}

function textFor(schema: z.ZodType, name: string, random: Random, known: Known): unknown {
  const own = /grant|folder|file/i.test(name)
    ? known.grants
    : /ref|person|premises|line|id$/i.test(name)
      ? known.refs
      : known.texts;
  const candidates = Array.from({ length: 6 }, () => {
    const from = random();
    if (from < 0.45) return pick(random, own);
    if (from < 0.55) return pick(random, known.refs);
    return pick(random, hostileTexts);
  });
  return random() < 0.85 ? fitting(schema, candidates) : candidates[0];
}

/** One value for a schema. `name` is the field that it stands in. */
export function valueFor(schema: z.ZodType, random: Random, known: Known, name = '', depth = 0): unknown {
  if (random() < 0.03 || depth > 12) return hostileThing(random);
  const definition = definitionOf(schema);
  const inner = (next: z.ZodType | undefined, at = name) =>
    next === undefined ? null : valueFor(next, random, known, at, depth + 1);
  switch (definition.type) {
    case 'object': {
      const made: Record<string, unknown> = {};
      for (const [field, of] of Object.entries(definition.shape ?? {})) {
        const optional = definitionOf(of).type === 'optional';
        if (!optional || random() < 0.5) made[field] = inner(of, field);
      }
      if (random() < 0.03) made[pick(random, hostileTexts)] = hostileThing(random);
      return made;
    }
    case 'array': {
      const length = pick(random, [0, 1, 1, 1, 2, 3, 7]);
      return Array.from({ length }, () => inner(definition.element));
    }
    case 'tuple':
      return (definition.items ?? []).map((item) => inner(item));
    case 'record': {
      const entries = Array.from({ length: pick(random, [0, 1, 1, 2, 4]) }, () => {
        const key =
          random() < 0.7
            ? pick(random, known.fields)
            : textFor(definition.keyType as z.ZodType, 'field', random, known);
        return [String(key), inner(definition.valueType)] as const;
      });
      return Object.fromEntries(entries);
    }
    case 'optional':
      return random() < 0.2 ? undefined : inner(definition.innerType);
    case 'nullable':
      return random() < 0.2 ? null : inner(definition.innerType);
    case 'default':
    case 'prefault':
    case 'catch':
    case 'readonly':
      return inner(definition.innerType);
    case 'pipe':
      return inner(definition.in);
    case 'lazy':
      return inner(definition.getter?.());
    case 'union':
      return inner(pick(random, definition.options ?? []));
    case 'intersection':
      return { ...(inner(definition.left) as object), ...(inner(definition.right) as object) };
    case 'enum':
      return pick(random, Object.values(definition.entries ?? {}));
    case 'literal':
      return pick(random, definition.values ?? []);
    case 'boolean':
      return random() < 0.5;
    case 'null':
      return null;
    case 'number': {
      const candidates = Array.from({ length: 5 }, () => pick(random, hostileNumbers));
      return random() < 0.85 ? fitting(schema, candidates) : candidates[0];
    }
    case 'string':
      return textFor(schema, name, random, known);
    default:
      return hostileThing(random);
  }
}

/** Names of types that `valueFor` has no way of its own for; none is expected. */
export function unknownTypes(schema: z.ZodType | undefined, seen = new Set<z.ZodType>()): string[] {
  if (schema === undefined || seen.has(schema)) return [];
  seen.add(schema);
  const definition = definitionOf(schema);
  const inner = [
    ...Object.values(definition.shape ?? {}),
    ...(definition.options ?? []),
    ...(definition.items ?? []),
    ...[definition.element, definition.innerType, definition.left, definition.right, definition.in],
    ...[definition.keyType, definition.valueType, definition.getter?.()],
  ];
  const known =
    'object array tuple record optional nullable default prefault catch readonly pipe lazy union intersection enum literal boolean null number string'.split(
      ' ',
    );
  return [
    ...(known.includes(definition.type) ? [] : [definition.type]),
    ...inner.flatMap((each) => unknownTypes(each, seen)),
  ];
}

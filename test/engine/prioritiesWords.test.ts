/** What texts and markers are seen to speak of, and what is known of an age. */
import { expect, it } from 'vitest';
import { ageKnownOn } from '../../shared/domain/priorities/age.ts';
import { careMarkersOf, markersOf, speaksOf } from '../../shared/domain/priorities/words.ts';
import { gradeClassOf, worthOfAge } from '../../shared/domain/priorities/worth.ts';
import { defaultWeights } from '../../shared/reference/priorityWeights.ts';

it.each([
  ['Reported missing by her carer.', 'missing', true],
  ['No missing episodes.', 'missing', false],
  ['Has not been reported missing.', 'missing', false],
  ['No children. Went missing on Friday.', 'missing', true],
  ['MISPER again, found out of area', 'missing', true],
  // One pointer too many rather than one too few: somebody reads it.
  ['The front plate is missing.', 'missing', true],
  ['Money missing from the till.', 'missing', true],
  ['Lost a phone; cash missing too.', 'missing', false],
  ['A child of about 15 was there.', 'child', true],
  ['Passed to Children’s Services.', 'child', false],
  ['A 14-year-old carried it.', 'child', true],
  ['He is 34 years old.', 'child', false],
  ['No children there.', 'child', false],
  ['Minor damage to the door.', 'child', false],
  ['His flat was cuckooed.', 'exploited', true],
  ['He exploits others.', 'exploited', false],
  ['Learning difficulty', 'vulnerable', true],
] as const)('%s: %s %s', (text, group, expected) => {
  expect(speaksOf(text, group)).toBe(expected);
});

it('markers', () => {
  expect(markersOf('Violent; Weapons (knife); Self-harm', 'violence')).toEqual(['Violent']);
  expect(markersOf('Violent; Weapons (knife); Self-harm', 'weapons')).toEqual(['Weapons (knife)']);
  for (const none of [
    'No violence',
    'Victim of domestic violence',
    'Violence against her',
    'Not violent',
    '',
  ])
    expect(markersOf(none, 'violence')).toEqual([]);
  for (const none of ['No weapons', 'Firearms: no trace', 'None'])
    expect(markersOf(none, 'weapons')).toEqual([]);
  expect(careMarkersOf('Child; Missing; Self-harm', 'missing')).toEqual(['Missing']);
  expect(careMarkersOf('Child; Missing; Self-harm', 'vulnerable')).toEqual(['Self-harm']);
  expect(careMarkersOf('No missing episodes', 'missing')).toEqual([]);
});

it('ages: unknown is never adult', () => {
  const on = '2026-12-03';
  const known = (row: Record<string, string>, others: string[] = [], isSaidChild = false) =>
    ageKnownOn({ ref: 'NOM-1', ...row }, on, others, isSaidChild);
  expect(known({ dob: '2008-12-03' })).toBe('adult');
  expect(known({ dob: '2008-12-04' })).toBe('child');
  expect(known({})).toBe('not-known');
  expect(known({ dobText: 'unknown' })).toBe('not-known');
  expect(known({ dobText: 'c.1985' })).toBe('adult');
  expect(known({ dobText: 'age 34' })).toBe('adult');
  expect(known({ dobText: '16/17' })).toBe('may-be-child');
  expect(known({ dobText: 'c.2008' })).toBe('may-be-child');
  expect(known({ dobText: 'March' })).toBe('not-known');
  expect(known({ role: 'EXPLOITED_CHILD' })).toBe('may-be-child');
  expect(known({}, [], true)).toBe('may-be-child');
  // One source of two says a child.
  expect(known({ dob: '1990-01-01' }, ['1990-01-01', '2010-01-01'])).toBe('may-be-child');
  // A date of birth that is still to come says nothing.
  expect(known({ dob: '2031-01-01' })).toBe('not-known');
});

it('worth of grades and of age', () => {
  expect(['1AP', '1BC', '2AP', '1CP', '3AP', '2DP', '1EP', 'E41', '', null].map(gradeClassOf)).toEqual([
    'strong',
    'strong',
    'middle',
    'middle',
    'weak',
    'weak',
    'false',
    'none',
    'none',
    'none',
  ]);
  expect(worthOfAge('2026-11-24', '2026-11-24', defaultWeights)).toBe(1);
  expect(worthOfAge('2026-08-26', '2026-11-24', defaultWeights)).toBe(0.5);
  expect(worthOfAge('2027-01-01', '2026-11-24', defaultWeights)).toBe(1);
  expect(worthOfAge(null, '2026-11-24', defaultWeights)).toBe(0.5);
  expect(worthOfAge('last week', '2026-11-24', defaultWeights)).toBe(0.5);
});

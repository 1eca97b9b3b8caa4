/**
 * Whose number it may be: a score with what speaks for it and against it, never a certainty. A child is never put
 * forward as the holder of a line: what links a child with a phone is told, and that safeguarding comes first. Pure.
 */
import { wordsOf } from '../../search/words.ts';
import type { ContactSets } from './contacts.ts';
import { chanceShared, isBeyondChance, sharedContacts } from './contacts.ts';
import { handsetsOf, shownHandset } from './devices.ts';
import type { KnownPerson, KnownPhone } from './facts.ts';
import { lineOfPhone } from './facts.ts';
import type { Towns } from './movement.ts';
import { nightTown } from './movement.ts';
import { lifeOf, sharesHandset } from './rebranded.ts';
import { findSilences, usedInCustody } from './silences.ts';
import type { Found, Study } from './study.ts';
import { numberOf, Score, shownNumber } from './study.ts';

export interface Attribution {
  person: KnownPerson;
  score: number;
  reasons: string[];
  against: string[];
  /** What comes before any use of it, for a child or a person at risk. */
  safeguarding: string | null;
}

export interface AttributionAids {
  /** Null where no phone is anybody's. */
  sets: ContactSets | null;
  towns: Towns;
  lines: ReadonlySet<number>;
}

/** The words of a text by which a name is told, in any alphabet; initials and digits are none. */
const nameWords = (text: string): string[] =>
  wordsOf(text).flatMap(({ word }) => (/^\p{L}{2,}$/u.test(word) ? [word] : []));

/** A text as its words between blanks: ' dale fenwick '. */
const spaced = (text: string | null | undefined): string =>
  ` ${wordsOf(text ?? '')
    .map(({ word }) => word)
    .join(' ')} `;

/** Every phone is held against every person: the words of each are read once. */
const called = new WeakMap<KnownPerson, { name: string[]; aliases: string[] }>();

function wordsOfPerson(person: KnownPerson): { name: string[]; aliases: string[] } {
  const known = called.get(person) ?? {
    name: nameWords(person.name),
    // '???' is no alias, and two letters stand in too many texts.
    aliases: person.aliases.map(spaced).filter((alias) => alias.trim().length >= 3),
  };
  called.set(person, known);
  return known;
}

/** What is written about a phone, as words between blanks. */
interface Written {
  subscriber: string;
  attribution: string;
}

const writtenOf = (known: KnownPhone | undefined): Written => ({
  subscriber: spaced(known?.subscriber),
  attribution: spaced(known?.attribution),
});

/** Whether a text has every word of a name, in any order. */
function namesPerson(written: string, person: KnownPerson): boolean {
  const { name } = wordsOfPerson(person);
  return name.length > 1 && name.every((word) => written.includes(` ${word} `));
}

/** Whether a source attributes the phone to a person, by name or alias. */
const isAttributed = ({ attribution }: Written, person: KnownPerson): boolean =>
  namesPerson(attribution, person) ||
  wordsOfPerson(person).aliases.some((alias) => attribution.includes(alias));

/** People to whom a phone may belong, the most likely first. Those for whom nothing speaks are not among them. */
export function attributionsOf(study: Study, aids: AttributionAids, phone: number): Attribution[] {
  const { facts, table } = study;
  const id = table.phones[phone]?.id ?? -1;
  const known = facts.phones.get(id);
  const line = lineOfPhone(facts, id);
  const candidates = new Set<string>([...(known?.people ?? []), ...(line?.holders ?? [])]);
  const written = writtenOf(known);
  if (known?.subscriber || known?.attribution)
    for (const person of facts.people.values())
      if (namesPerson(written.subscriber, person) || isAttributed(written, person))
        candidates.add(person.ref);
  for (const person of peopleByHandset(study, phone)) candidates.add(person);
  for (const seizure of facts.seizures)
    if (seizure.person !== null && tellsOfPhone(study, phone, seizure.text)) candidates.add(seizure.person);
  const found = [...candidates].flatMap((ref) => {
    const person = facts.people.get(ref);
    return person ? [judge(study, aids, { phone, written, person })] : [];
  });
  const ranked = found.filter(({ score }) => score > 0).sort((x, y) => y.score - x.score);
  if (ranked.length > 1)
    for (const each of ranked) {
      const others = ranked.filter((other) => other !== each).map((other) => other.person.name);
      each.against.push(`Something speaks for ${others.slice(0, 3).join(', ')} too.`);
    }
  return ranked;
}

function judge(
  study: Study,
  aids: AttributionAids,
  { phone, written, person }: { phone: number; written: Written; person: KnownPerson },
): Attribution {
  const { facts, table } = study;
  const id = table.phones[phone]?.id ?? -1;
  const known = facts.phones.get(id);
  const line = lineOfPhone(facts, id);
  const score = new Score(0);
  if (known?.people.includes(person.ref))
    score.add(35, 'A source or an analyst links the number with the person.');
  if (line?.holders.includes(person.ref))
    score.add(20, `${line.ref} ${line.name} names the person as its holder.`);
  if (isAttributed(written, person))
    score.add(25, 'A source attributes the number to a person of that name.');
  if (namesPerson(written.subscriber, person))
    score.add(15, 'The subscriber has that name. A name given at a shop is not checked.');
  else if (
    known?.subscriber &&
    nameWords(known.subscriber).length > 1 &&
    !/unregistered|prepaid|pay as you go/i.test(known.subscriber)
  )
    score.add(-10, `The subscriber is another name: ${known.subscriber}.`);
  if (
    facts.seizures.some(
      (seizure) => seizure.person === person.ref && tellsOfPhone(study, phone, seizure.text),
    )
  )
    score.add(40, 'The phone or its number is among what was seized from the person.');
  for (const other of otherPhones(study, person, id)) {
    if (sharesHandset(table, phone, other))
      score.add(
        25,
        `It was in one handset with ${shownNumber(table, other)}, which is linked with the person.`,
      );
    const count = aids.sets ? sharedContacts(aids.sets, phone, other).length : 0;
    if (aids.sets && count >= 5 && isBeyondChance(count, chanceShared(aids.sets, phone, other)))
      score.add(
        15,
        `It has ${count} contacts in common with ${shownNumber(table, other)}, which is linked with the person.`,
      );
  }
  for (const silence of findSilences(study, phone, aids.lines)
    .filter((each) => each.refs.includes(person.ref))
    .slice(0, 1))
    score.add(15, `It fell silent around ${silence.refs[0]}, which concerns the person.`);
  const used = usedInCustody(table, phone, facts, person.ref);
  if (used.length > 0) score.add(-40, `It was used ${used.length} times while the person was in custody.`);
  const home = nightTown(table, aids.towns, phone);
  if (home.nights >= 3) {
    const names = (aids.towns.areas[home.town] ?? []).map((area) =>
      (table.areas.names[area] ?? '').toUpperCase(),
    );
    if (person.places.some((place) => names.includes(place)))
      score.add(
        10,
        `It is at night mostly in ${aids.towns.names[home.town]}, where the person has an address.`,
      );
  }
  return {
    person,
    score: score.value,
    reasons: score.reasons,
    against: score.against,
    safeguarding: safeguardingOf(person),
  };
}

function safeguardingOf(person: KnownPerson): string | null {
  if (person.isChild)
    return 'This person is or may be under 18. Safeguarding comes first: a child who has the phone of a line may be exploited.';
  return person.isAtRisk ? 'This person is or may be a victim or at risk. Safeguarding comes first.' : null;
}

/** Other phones of a person that are in the calls. */
function otherPhones({ facts, table }: Study, person: KnownPerson, not: number): number[] {
  const found: number[] = [];
  for (const [id, phone] of facts.phones)
    if (id !== not && phone.people.includes(person.ref)) {
      const place = table.placeOf.get(id);
      if (place !== undefined) found.push(place);
    }
  return found.slice(0, 10);
}

/** People whose known phones were in the same handset. */
function peopleByHandset({ facts, table }: Study, phone: number): string[] {
  const handsets = handsetsOf(table, phone);
  if (handsets.size === 0) return [];
  const own = table.phones[phone]?.id;
  return [...facts.phones].flatMap(([id, known]) =>
    id !== own && handsets.has(known.handset) ? known.people : [],
  );
}

function tellsOfPhone({ table }: Study, phone: number, text: string): boolean {
  const digits = text.replace(/\D/g, '');
  const number = numberOf(table, phone).replace(/\D/g, '').replace(/^44/, '0');
  if (number.length >= 9 && digits.includes(number.replace(/^0/, ''))) return true;
  // Fourteen digits of a handset: most of what was seized is no phone, and its rows need no look.
  if (digits.length < 14) return false;
  return [...handsetsOf(table, phone)].some((imei) => digits.includes(shownHandset(imei)));
}

/** The likeliest person for a number, as a finding. A child is never one. */
export function findAttribution(study: Study, aids: AttributionAids, phone: number): Found[] {
  const best = attributionsOf(study, aids, phone).find(({ person }) => !person.isChild);
  if (!best) return [];
  const life = lifeOf(study.table, phone);
  const own = study.table.rowsOf(phone);
  return [
    {
      kind: 'attribution',
      phones: [phone],
      refs: [best.person.ref],
      from: life.first,
      to: life.last,
      score: best.score,
      reasons: [
        `${shownNumber(study.table, phone)} may be the number of ${best.person.name} (${best.person.ref}).`,
        ...best.reasons,
      ],
      against: best.against,
      rule: 'what the workspace holds about number and person',
      rows: [own[0] ?? -1, own.at(-1) ?? -1].filter((row) => row >= 0),
    },
  ];
}

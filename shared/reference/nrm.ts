import { checkedOn, type Sourced } from './reference.ts';

/** Rules of the National Referral Mechanism that the product applies (domain facts 5.5). */
/** @public Shown with the referral fields; kept with its sources. */
export const nrmRules: readonly (Sourced & { rule: string; text: string })[] = [
  {
    rule: 'child-always',
    text: 'A child under 18 is always referred; consent is not needed. The local authority is told first.',
    source: 'gov.uk Report modern slavery as a first responder',
    checked: checkedOn,
    confidence: 'stated',
  },
  {
    rule: 'adult-consent',
    text: 'An adult enters the NRM only with informed consent.',
    source: 'Not read in a primary source',
    checked: checkedOn,
    confidence: 'unconfirmed-high',
  },
  {
    rule: 'adult-declined',
    text: 'An adult who declines still triggers a Duty to Notify, anonymous where the adult does not agree to share details.',
    source: 'MSA 2015 s.52; modernslaveryhelpline.org (before 2023)',
    checked: checkedOn,
    confidence: 'unconfirmed-high',
  },
  {
    rule: 'child-no-means',
    text: 'For a child, the means of exploitation need not be shown: action and purpose suffice.',
    source: 'yjlc.uk on the 2020 statutory guidance',
    checked: checkedOn,
    confidence: 'unconfirmed-medium',
  },
];

/** Age from which a person is an adult for all of these rules. */
export const adultAge = 18;

/** Referral that is due: a child always by NRM; an adult by NRM with consent, else by Duty to Notify. */
export function dueReferral(
  age: number | null,
  consents: boolean | null,
): 'nrm' | 'duty-to-notify' | 'ask-consent' | 'age-unknown' {
  if (age === null) return 'age-unknown';
  if (age < adultAge) return 'nrm';
  if (consents === null) return 'ask-consent';
  return consents ? 'nrm' : 'duty-to-notify';
}

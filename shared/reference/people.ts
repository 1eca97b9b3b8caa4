import { type CodeList, checkedOn } from './reference.ts';

/** Part a person plays on a line. Separate from data-subject category and from victim status. */
export const roles: CodeList = {
  title: 'Role on the line',
  source: 'Labels in use; Home Office County Lines Programme counts line holders',
  checked: checkedOn,
  confidence: 'unconfirmed-high',
  codes: [
    {
      code: 'LINE_HOLDER',
      label: 'Line holder',
      also: ['controller', 'line holder / controller', 'holder'],
      note: 'Holds the number, sends the texts, directs.',
    },
    {
      code: 'OWNER',
      label: 'Line owner',
      also: ['owner', 'head', 'line head'],
      note: 'May differ from the holder.',
    },
    { code: 'TOP_UP', label: 'Recruiter', also: ['groomer', 'recruiter / groomer', 'top up'] },
    {
      code: 'WORKER_RUNNER',
      label: 'Runner',
      also: ['worker', 'worker / runner', 'courier', 'county runner'],
      note: 'Moves drugs and cash; likely to be an exploited child.',
    },
    { code: 'STREET', label: 'Street dealer', also: ['shotter', 'dealer', 'street'] },
    { code: 'DRIVER', label: 'Driver', also: ['transport', 'driver / transport'] },
    { code: 'STASH', label: 'Stash holder', also: ['stash', 'holder of drugs', 'stash house'] },
    { code: 'ENFORCER', label: 'Enforcer', also: ['debt collector', 'violence'] },
    {
      code: 'CUCKOOED',
      label: 'Cuckooed tenant',
      also: ['cuckooed', 'cuckooed (victim)', 'cuckoo victim', 'tenant of cuckooed address'],
      note: 'Victim by default; may also be user or suspect.',
    },
    {
      code: 'EXPLOITED_CHILD',
      label: 'Exploited child',
      also: ['child victim', 'exploited child (victim)', 'cce victim', 'exploited child victim'],
      note: 'Under 18: safeguarding; not a target by default.',
    },
    {
      code: 'EXPLOITED_ADULT',
      label: 'Exploited adult',
      also: ['adult victim', 'exploited adult (victim)', 'vulnerable adult'],
    },
    { code: 'USER', label: 'Customer', also: ['user', 'drug user', 'buyer'] },
    {
      code: 'ASSOC',
      label: 'Associate',
      also: ['associate / family / witness', 'family', 'witness', 'assoc'],
    },
  ],
};

/** Categories of DPA 2018 s.38: a person can be in several; nobody is a suspect by default. */
export const dataSubjectCategories: CodeList = {
  title: 'Data-subject category',
  source: 'DPA 2018 s.38(3); ICO guide to categorisation',
  checked: checkedOn,
  confidence: 'stated',
  codes: [
    {
      code: 'to-be-assessed',
      label: 'To be assessed',
      also: ['unknown', 'tba', 'not assessed'],
      confidence: 'design',
    },
    { code: 'suspect', label: 'Suspect', also: ['suspected', 'offender', 'accused'] },
    { code: 'convicted', label: 'Convicted', also: ['convicted offender'] },
    {
      code: 'victim',
      label: 'Victim',
      also: ['suspected victim', 'injured party', 'ip', 'potential victim'],
    },
    { code: 'witness', label: 'Witness or other', also: ['witness', 'informant', 'other'] },
  ],
};

export const victimStatuses: CodeList = {
  title: 'Victim status',
  source: 'Product, after the stages of the National Referral Mechanism',
  checked: checkedOn,
  confidence: 'design',
  codes: [
    { code: 'to-be-assessed', label: 'To be assessed', also: ['unknown', 'not assessed'] },
    { code: 'not-identified', label: 'Not identified as a victim', also: ['no', 'none', 'not a victim'] },
    {
      code: 'potential-victim',
      label: 'Potential victim',
      also: ['yes', 'possible', 'suspected', 'victim', 'exploited'],
    },
    {
      code: 'reasonable-grounds',
      label: 'Potential victim: positive reasonable grounds',
      also: ['rg positive', 'positive rg'],
    },
    {
      code: 'confirmed-victim',
      label: 'Confirmed: positive conclusive grounds',
      also: ['confirmed', 'cg positive', 'positive cg'],
    },
  ],
};

export const sexes: CodeList = {
  title: 'Sex',
  source: 'Product',
  checked: checkedOn,
  confidence: 'design',
  codes: [
    { code: 'F', label: 'Female', also: ['woman', 'girl'] },
    { code: 'M', label: 'Male', also: ['man', 'boy'] },
    { code: 'X', label: 'Other', also: ['non-binary', 'indeterminate'] },
  ],
};

export const ranks: CodeList = {
  title: 'Rank or grade',
  source: 'Ranks of the police in England and Wales',
  checked: checkedOn,
  confidence: 'unconfirmed-high',
  codes: [
    { code: 'PCSO', label: 'Police community support officer' },
    { code: 'SC', label: 'Special constable', also: ['spc'] },
    { code: 'PC', label: 'Constable', also: ['police constable', 'wpc'] },
    { code: 'DC', label: 'Detective constable', also: ['detcon'] },
    { code: 'PS', label: 'Sergeant', also: ['sgt', 'police sergeant', 'sergeant'] },
    { code: 'DS', label: 'Detective sergeant', also: ['det sgt', 'detsgt'] },
    { code: 'Insp', label: 'Inspector', also: ['inspector', 'pi'] },
    { code: 'DI', label: 'Detective inspector', also: ['det insp'] },
    { code: 'CI', label: 'Chief inspector', also: ['ch insp', 'c/insp', 'chief insp'] },
    { code: 'DCI', label: 'Detective chief inspector' },
    { code: 'Supt', label: 'Superintendent', also: ['superintendent'] },
    { code: 'DSU', label: 'Detective superintendent', also: ['det supt', 'd/supt'] },
    { code: 'CSupt', label: 'Chief superintendent', also: ['ch supt', 'c/supt'] },
    { code: 'DCS', label: 'Detective chief superintendent' },
    { code: 'ACC', label: 'Assistant chief constable' },
    { code: 'Staff', label: 'Police staff', also: ['police staff', 'analyst', 'csi', 'civilian'] },
  ],
};

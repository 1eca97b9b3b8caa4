/** Code lists of the plan's course: entry, closure, seizure, custody and court. */
import { type CodeList, checkedOn } from './reference.ts';

const design = { source: 'Product', checked: checkedOn, confidence: 'design' } as const;

/** domain-facts 3.4: knock / soft / forced. */
export const entryMethods: CodeList = {
  ...design,
  title: 'Method of entry',
  codes: [
    { code: 'knock', label: 'Knock', also: ['knock and wait', 'door knock'] },
    { code: 'soft', label: 'Soft entry', also: ['key', 'consent', 'ruse'] },
    { code: 'forced', label: 'Forced entry', also: ['force', 'moe', 'enforcer', 'ram'] },
  ],
};

/** Who issued a closure notice decides how long it lasts. */
export const closureAuthorities: CodeList = {
  title: 'Closure notice issued by',
  source: 'Anti-social Behaviour, Crime and Policing Act 2014 ss.76–77',
  checked: checkedOn,
  confidence: 'stated',
  codes: [
    {
      code: 'inspector',
      label: 'Inspector or local authority (24 hours)',
      also: ['insp', 'local authority', '24'],
    },
    {
      code: 'superintendent',
      label: 'Superintendent or chief executive (48 hours)',
      also: ['supt', 'chief executive', '48'],
    },
  ],
};

export const disruptionLevels: CodeList = {
  title: 'Disruption claimed',
  source: 'OCG mapping practice',
  checked: checkedOn,
  confidence: 'unconfirmed-high',
  codes: [
    { code: 'major', label: 'Major' },
    { code: 'moderate', label: 'Moderate' },
    { code: 'minor', label: 'Minor' },
    { code: 'none', label: 'No disruption', also: ['no', 'none'] },
  ],
};

export const nrmConsents: CodeList = {
  title: 'Consent to NRM',
  source: 'College APP, first response and the NRM: an adult’s informed consent; none is needed for a child',
  checked: checkedOn,
  confidence: 'unconfirmed-high',
  codes: [
    { code: 'given', label: 'Given', also: ['yes', 'y', 'consents', 'consented'] },
    { code: 'declined', label: 'Declined', also: ['no', 'n', 'refused', 'declines'] },
    { code: 'awaited', label: 'Awaited', also: ['pending', 'to be asked', 'not asked'] },
    { code: 'not-needed', label: 'Not needed (child)', also: ['child', 'n/a', 'not required'] },
  ],
};

export const actionTypes: CodeList = {
  ...design,
  title: 'Type of action',
  codes: [
    { code: 'enforcement', label: 'Enforcement' },
    { code: 'engagement', label: 'Engagement', also: ['community engagement', 'visit'] },
    { code: 'prevention', label: 'Prevention', also: ['prevent'] },
    { code: 'diversion', label: 'Diversion', also: ['divert'] },
    { code: 'safeguarding', label: 'Safeguarding', also: ['welfare'] },
  ],
};

export const seizureTypes: CodeList = {
  ...design,
  title: 'Category',
  codes: [
    { code: 'drugs', label: 'Drugs', also: ['drug', 'controlled drug'] },
    { code: 'cash', label: 'Cash', also: ['money', 'currency'] },
    { code: 'phone', label: 'Phone or SIM', also: ['handset', 'mobile', 'sim', 'phones', 'device'] },
    { code: 'weapon', label: 'Weapon', also: ['weapons', 'knife', 'blade', 'firearm'] },
    { code: 'vehicle', label: 'Vehicle', also: ['car'] },
    { code: 'document', label: 'Document', also: ['documents', 'paper', 'dealer list'] },
    { code: 'other', label: 'Other' },
  ],
};

export const forensicStatuses: CodeList = {
  ...design,
  title: 'Forensic work',
  codes: [
    { code: 'not-needed', label: 'Not needed', also: ['no', 'none'] },
    { code: 'to-submit', label: 'To be submitted', also: ['due', 'yes', 'required'] },
    { code: 'submitted', label: 'Submitted' },
    { code: 'returned', label: 'Result returned', also: ['back', 'received', 'complete'] },
  ],
};

/** domain-facts 3.4: gold (strategy), silver (tactical plan), bronze (functional or geographic). */
export const commandRoles: CodeList = {
  title: 'Command role',
  source: 'College APP, command structures',
  checked: checkedOn,
  confidence: 'unconfirmed-high',
  codes: [
    { code: 'gold', label: 'Gold', also: ['strategic', 'strategic commander'] },
    { code: 'silver', label: 'Silver', also: ['tactical', 'tactical commander'] },
    { code: 'bronze', label: 'Bronze', also: ['operational', 'operational commander'] },
  ],
};

export const disposals: CodeList = {
  title: 'Disposal',
  source: 'Custody practice',
  checked: checkedOn,
  confidence: 'unconfirmed-high',
  codes: [
    { code: 'in-custody', label: 'In custody', also: ['custody', 'detained'] },
    { code: 'charged', label: 'Charged', also: ['charged and bailed'] },
    { code: 'remanded', label: 'Charged and remanded', also: ['remand', 'charged and remanded'] },
    { code: 'bailed', label: 'Released on bail', also: ['bail', 'police bail'] },
    { code: 'under-investigation', label: 'Released under investigation', also: ['rui'] },
    { code: 'no-further-action', label: 'No further action', also: ['nfa'] },
    { code: 'recalled', label: 'Recalled to prison', also: ['recall'] },
    { code: 'other', label: 'Other' },
  ],
};

export const pleas: CodeList = {
  ...design,
  title: 'Plea',
  codes: [
    { code: 'guilty', label: 'Guilty', also: ['g'] },
    { code: 'not-guilty', label: 'Not guilty', also: ['ng'] },
    { code: 'none', label: 'No plea yet', also: ['none', 'no plea'] },
  ],
};

export const verdicts: CodeList = {
  ...design,
  title: 'Verdict',
  codes: [
    { code: 'convicted', label: 'Convicted', also: ['guilty'] },
    { code: 'acquitted', label: 'Acquitted', also: ['not guilty'] },
    { code: 'discontinued', label: 'Discontinued', also: ['withdrawn', 'dropped'] },
    { code: 'awaited', label: 'Awaited', also: ['pending', 'adjourned'] },
  ],
};

/** domain-facts 3.1 and 3.2. */
export const briefingModels: CodeList = {
  title: 'Briefing model',
  source: 'College APP, briefing and debriefing',
  checked: checkedOn,
  confidence: 'stated',
  codes: [
    { code: 'IIMARCH', label: 'IIMARCH' },
    { code: 'SAFCORM', label: 'SAFCORM', also: ['safcom'] },
  ],
};

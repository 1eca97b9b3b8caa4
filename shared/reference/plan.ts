import { type CodeList, checkedOn } from './reference.ts';

const design = { source: 'Product', checked: checkedOn, confidence: 'design' } as const;

export const objectives: CodeList = {
  ...design,
  title: 'Objective',
  codes: [
    { code: 'arrest', label: 'Arrest' },
    { code: 'search', label: 'Search', also: ['search premises', 'warrant'] },
    { code: 'safeguard', label: 'Safeguard', also: ['welfare', 'safeguarding'] },
    { code: 'close-line', label: 'Close the line', also: ['line closure', 'close line'] },
    { code: 'disrupt', label: 'Disrupt', also: ['disruption'] },
  ],
};

export const priorities: CodeList = {
  title: 'Priority',
  source: 'One force’s intelligence guide (Niche)',
  checked: checkedOn,
  confidence: 'unconfirmed-medium',
  codes: [
    {
      code: 'high',
      label: 'High',
      also: ['h', '1', 'p1'],
      note: 'Threat to life, serious harm, imminent risk or opportunity.',
    },
    { code: 'medium', label: 'Medium', also: ['m', 'med', '2', 'p2'], note: 'Time critical.' },
    { code: 'low', label: 'Low', also: ['l', '3', 'p3'] },
  ],
};

export const targetStatuses: CodeList = {
  ...design,
  title: 'Target status',
  codes: [
    { code: 'proposed', label: 'Proposed' },
    { code: 'agreed', label: 'Agreed', also: ['confirmed', 'approved', 'live'] },
    { code: 'deferred', label: 'Deferred', also: ['on hold'] },
    { code: 'done', label: 'Done', also: ['arrested', 'executed', 'complete'] },
    { code: 'not-found', label: 'Not found', also: ['no trace', 'outstanding'] },
    { code: 'dropped', label: 'Dropped', also: ['removed', 'cancelled', 'nfa'] },
  ],
};

export const entries: CodeList = {
  title: 'Entries',
  source: 'PACE 1984 s.8(1C)–(1D), s.16: one entry unless the warrant says otherwise',
  checked: checkedOn,
  confidence: 'stated',
  codes: [
    { code: 'single', label: 'Single', also: ['one', '1', 'single entry', 'one entry', 's'] },
    {
      code: 'multiple',
      label: 'Multiple',
      also: ['multi', 'multi entry', 'multiple entry', 'multiple entries', 'multi entries', 'unlimited', 'm'],
    },
  ],
};

export const warrantStatuses: CodeList = {
  ...design,
  title: 'Warrant status',
  codes: [
    { code: 'draft', label: 'Draft', also: ['in draft', 'planned', 'proposed'] },
    { code: 'applied', label: 'Applied for', also: ['application made', 'pending', 'applied'] },
    { code: 'issued', label: 'Issued', also: ['granted', 'live', 'active', 'in date', 'obtained'] },
    { code: 'executed', label: 'Executed', also: ['used', 'complete', 'completed'] },
    { code: 'returned', label: 'Returned to court', also: ['returned', 'endorsed and returned'] },
    { code: 'unexecuted', label: 'Not executed', also: ['not executed', 'expired', 'lapsed'] },
    { code: 'refused', label: 'Refused', also: ['declined', 'rejected'] },
    { code: 'cancelled', label: 'Cancelled', also: ['canceled', 'withdrawn'] },
  ],
};

export const checkStates: CodeList = {
  ...design,
  title: 'Check',
  codes: [
    { code: 'ready', label: 'Ready' },
    { code: 'note', label: 'Note' },
    { code: 'warning', label: 'Warning' },
    { code: 'blocker', label: 'Blocker' },
  ],
};

export const cuckooedStates: CodeList = {
  ...design,
  title: 'Cuckooed',
  codes: [
    { code: 'yes', label: 'Yes', also: ['y', 'true', 'confirmed'] },
    { code: 'suspected', label: 'Suspected', also: ['possible', 'possibly', 'maybe', 'likely'] },
    { code: 'no', label: 'No', also: ['n', 'false'] },
    { code: 'to-be-assessed', label: 'To be assessed', also: ['unknown', 'tba'] },
  ],
};

export const safeguardingKinds: CodeList = {
  ...design,
  title: 'Child or adult',
  codes: [
    {
      code: 'child',
      label: 'Child (under 18)',
      also: ['children', 'under 18', 'u18', 'juvenile', 'young person'],
    },
    { code: 'adult', label: 'Adult at risk', also: ['vulnerable adult', 'adult', 'adult at risk'] },
  ],
};

export const actionStatuses: CodeList = {
  ...design,
  title: 'Action status',
  codes: [
    { code: 'open', label: 'Open', also: ['new', 'to do', 'todo', 'outstanding'] },
    { code: 'in-progress', label: 'In progress', also: ['started', 'ongoing', 'in hand'] },
    { code: 'done', label: 'Done', also: ['complete', 'completed', 'closed', 'finished'] },
    { code: 'cancelled', label: 'Cancelled', also: ['canceled', 'dropped', 'nfa'] },
  ],
};

/** State of a deal line; the two closures are counted separately. */
export const lineStatuses: CodeList = {
  title: 'Line status',
  source: 'gov.uk County Lines Programme data, 15 Mar 2024 (closure types)',
  checked: checkedOn,
  confidence: 'stated',
  codes: [
    { code: 'active', label: 'Active', also: ['live', 'open'], confidence: 'design' },
    { code: 'dormant', label: 'Dormant', also: ['inactive'], confidence: 'design' },
    { code: 'rebranded', label: 'Rebranded', also: ['renamed'], confidence: 'design' },
    {
      code: 'under-investigation',
      label: 'Under investigation',
      also: ['investigation'],
      confidence: 'design',
    },
    {
      code: 'closed-type-1',
      label: 'Closed, Type 1',
      also: ['type 1', 'closed type1', 'closed 1', 't1'],
      note: 'A line holder was arrested and charged; decided by the NCLCC on evidence, with check-backs.',
    },
    {
      code: 'closed-type-2',
      label: 'Closed, Type 2',
      also: ['type 2', 'closed type2', 'closed 2', 't2'],
      note: 'The line, number or SIM was deactivated.',
    },
  ],
};

export const fourP: CodeList = {
  title: '4P strand',
  source: 'Home Office strategy; strands named by yhrocu.org.uk county lines',
  checked: checkedOn,
  confidence: 'unconfirmed-high',
  codes: [
    { code: 'pursue', label: 'Pursue', note: 'Prosecute and disrupt.' },
    { code: 'prevent', label: 'Prevent', note: 'Stop people engaging.' },
    { code: 'protect', label: 'Protect', note: 'Reduce vulnerability.' },
    { code: 'prepare', label: 'Prepare', note: 'Reduce impact, support victims.' },
  ],
};

export const nrmStatuses: CodeList = {
  title: 'NRM or Duty to Notify',
  source: 'MSA 2015 s.52; College APP, first response and the NRM',
  checked: checkedOn,
  confidence: 'stated',
  codes: [
    {
      code: 'to-be-assessed',
      label: 'To be assessed',
      also: ['unknown', 'tbc', 'pending'],
      confidence: 'design',
    },
    {
      code: 'not-indicated',
      label: 'Not indicated',
      also: ['no', 'none', 'not required', 'n'],
      confidence: 'design',
    },
    {
      code: 'consent-awaited',
      label: 'Adult: consent awaited',
      also: ['awaiting consent'],
      confidence: 'design',
    },
    {
      code: 'nrm-referred',
      label: 'NRM referral made',
      also: ['nrm', 'referred', 'yes', 'y', 'submitted', 'nrm submitted'],
    },
    {
      code: 'duty-to-notify',
      label: 'Duty to Notify made (adult declined)',
      also: ['dtn', 'duty to notify', 'dtn only'],
    },
    {
      code: 'declined',
      label: 'Adult declined: Duty to Notify due',
      also: ['declined nrm', 'adult declined', 'consent declined', 'refused consent'],
      note: 'Without consent the police still owe the Home Office a Duty to Notify report.',
    },
    { code: 'positive-grounds', label: 'Positive reasonable grounds', also: ['rg positive', 'positive rg'] },
    { code: 'negative-grounds', label: 'Negative reasonable grounds', also: ['rg negative', 'negative rg'] },
  ],
};

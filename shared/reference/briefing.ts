import { type CodeList, checkedOn } from './reference.ts';

/** Sections of an IIMARCH briefing, in order; `code` is the field of the operation. */
export const iimarch: CodeList = {
  title: 'IIMARCH',
  source: 'sectionapp.co.uk quoting College APP',
  checked: checkedOn,
  confidence: 'stated',
  codes: [
    {
      code: 'information',
      label: 'Information',
      note: 'Timeline, location, history, evaluated and sanitised intelligence, partners, community impact.',
    },
    {
      code: 'intention',
      label: 'Intention',
      also: ['intent'],
      note: 'Gold strategy, tactical plan, powers and policy.',
    },
    { code: 'method', label: 'Method', note: 'Tactical plan, powers, contingencies, command and control.' },
    {
      code: 'administration',
      label: 'Administration',
      note: 'Commanders, duties, arrest and media policies, times and places, equipment, welfare, exhibits.',
    },
    {
      code: 'riskAssessment',
      label: 'Risk assessment',
      note: 'Individual assessment of all relevant risks.',
    },
    {
      code: 'communications',
      label: 'Communications',
      note: 'Radio, channels, call signs, contacts, media.',
    },
    {
      code: 'humanRights',
      label: 'Human rights and other legal issues',
      also: ['humanitarian issues', 'human rights'],
      note: 'ECHR articles, justification, disclosure.',
    },
  ],
};

/** Sections of the older SAFCORM order; risk assessment is shared with IIMARCH. */
export const safcorm: CodeList = {
  title: 'SAFCORM',
  source: 'Legacy briefing model; domain-facts 3.2',
  checked: checkedOn,
  confidence: 'stated',
  codes: [
    { code: 'situation', label: 'Situation', note: 'What is known and what has led to the operation.' },
    { code: 'aim', label: 'Aim', note: 'What the operation is to achieve.' },
    {
      code: 'factors',
      label: 'Factors',
      note: 'What bears on the choices: people, place, time, law, community.',
    },
    { code: 'choices', label: 'Choices', note: 'The courses of action that were considered.' },
    { code: 'option', label: 'Option', note: 'The course that is preferred, and why.' },
    {
      code: 'riskAssessment',
      label: 'Risk assessment',
      note: 'Individual assessment of all relevant risks.',
    },
    {
      code: 'monitoring',
      label: 'Monitoring',
      note: 'How the operation is followed, reviewed and debriefed.',
    },
  ],
};

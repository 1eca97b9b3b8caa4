import { type CodeList, checkedOn } from './reference.ts';

/** What an enforcement day is measured by. Persons and events are counted apart (`note`). */
export const resultMetrics: CodeList = {
  title: 'Results',
  source: 'gov.uk County Lines Programme data, 15 Mar 2024; NPCC and press summaries 2019–2025',
  checked: checkedOn,
  confidence: 'stated',
  codes: [
    { code: 'lines-closed-type-1', label: 'Lines closed, Type 1', note: 'events' },
    { code: 'lines-closed-type-2', label: 'Lines closed, Type 2', note: 'events' },
    { code: 'line-holders-charged', label: 'Line holders charged', note: 'persons' },
    { code: 'arrests', label: 'Arrests', note: 'persons' },
    { code: 'safeguarding-referrals', label: 'People referred for safeguarding', note: 'persons' },
    { code: 'children-safeguarded', label: 'Children engaged or safeguarded', note: 'persons' },
    { code: 'adults-safeguarded', label: 'Adults engaged or safeguarded', note: 'persons' },
    { code: 'nrm-referrals', label: 'NRM referrals', note: 'persons' },
    { code: 'cuckooed-visits', label: 'Cuckooed addresses visited', note: 'events' },
    { code: 'phones-seized', label: 'Devices and deal-line phones seized', note: 'items' },
    { code: 'drugs-weight', label: 'Drugs seized by type, weight', note: 'items, provisional' },
    {
      code: 'drugs-value',
      label: 'Drugs seized, street value',
      note: 'pounds, provisional, with the basis of valuation',
    },
    {
      code: 'cash-seized',
      label: 'Cash seized',
      note: 'pounds, provisional, with whether detained under POCA',
    },
    { code: 'weapons', label: 'Weapons by type', note: 'items' },
    { code: 'warrants-executed', label: 'Warrants executed', note: 'events' },
    { code: 'vehicles-stopped', label: 'Vehicles stopped', note: 'events', confidence: 'unconfirmed-medium' },
    { code: 'exploitation-charges', label: 'Modern slavery and exploitation charges', note: 'events' },
    { code: 'people-reached', label: 'People reached by engagement', note: 'persons' },
    {
      code: 'orders',
      label: 'DDTROs, closure, risk and prevention orders',
      note: 'events',
      confidence: 'unconfirmed-medium',
    },
    {
      code: 'charges',
      label: 'Charges, remands, convictions',
      note: 'events',
      confidence: 'unconfirmed-medium',
    },
  ],
};

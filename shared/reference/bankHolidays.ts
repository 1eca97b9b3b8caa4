import { checkedOn, type Sourced } from './reference.ts';

export interface BankHolidays extends Sourced {
  area: string;
  /** Years that the list covers completely. */
  years: readonly number[];
  days: readonly { date: string; name: string }[];
}

/** Bank holidays in England and Wales, Good Friday and Christmas Day among them. */
export const bankHolidays: BankHolidays = {
  area: 'England and Wales',
  source:
    'Worked out from the Banking and Financial Dealings Act 1971 and the date of Easter; proclaimed days not checked',
  checked: checkedOn,
  confidence: 'unconfirmed-high',
  years: [2026, 2027],
  days: [
    { date: '2026-01-01', name: "New Year's Day" },
    { date: '2026-04-03', name: 'Good Friday' },
    { date: '2026-04-06', name: 'Easter Monday' },
    { date: '2026-05-04', name: 'Early May bank holiday' },
    { date: '2026-05-25', name: 'Spring bank holiday' },
    { date: '2026-08-31', name: 'Summer bank holiday' },
    { date: '2026-12-25', name: 'Christmas Day' },
    { date: '2026-12-28', name: 'Boxing Day (substitute day)' },
    { date: '2027-01-01', name: "New Year's Day" },
    { date: '2027-03-26', name: 'Good Friday' },
    { date: '2027-03-29', name: 'Easter Monday' },
    { date: '2027-05-03', name: 'Early May bank holiday' },
    { date: '2027-05-31', name: 'Spring bank holiday' },
    { date: '2027-08-30', name: 'Summer bank holiday' },
    { date: '2027-12-25', name: 'Christmas Day' },
    { date: '2027-12-27', name: 'Christmas Day (substitute day)' },
    { date: '2027-12-28', name: 'Boxing Day (substitute day)' },
  ],
};

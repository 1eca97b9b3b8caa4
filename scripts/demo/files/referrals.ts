import { toDayFirst, toExcelDate } from '../dates.ts';
import { findPerson } from '../people.ts';
import { addBlankRow, addDataRow, createTable, type Table } from '../table.ts';
import { createWorkbook, drawSheet, packWorkbook } from '../workbook.ts';

export const referralsFile = 'partner referrals.xlsx';

const columns = [
  { header: 'Ref', field: 'reference', width: 10 },
  { header: 'Child / adult name', field: 'name', width: 24 },
  { header: 'D.O.B.', field: 'dob', width: 12 },
  { header: 'Category', field: 'category', width: 16 },
  { header: 'Concern', field: 'concern', width: 48 },
  { header: 'Referring agency', field: 'agency', width: 28 },
  { header: 'Referrer', field: 'referrer', width: 18 },
  { header: 'Date of referral', field: 'date', width: 13 },
  { header: 'NRM', field: 'nrm', width: 24 },
  { header: 'Consent', field: 'consent', width: 14 },
  { header: 'Status', field: 'status', width: 16 },
] as const;

const children = 'Fellshire Children’s Services';
const adults = 'Fellshire Adult Social Care';

export interface Referral {
  forenames: string;
  surname: string;
  dob: string;
  category: 'Child' | 'Vulnerable adult';
  concern: string;
  agency: string;
  referrer: string;
  date: string;
  nrm: string;
  consent: string;
  status: string;
}

/** surname or forename=surname=birth | category | concern | agency | referrer | date | NRM | consent | status */
const lines = `
Ravenglass-Hill|Child|Missing four times since September, found in Hollinbeck with cash and two phones|${children}|R. Teasdale|2026-10-14|Submitted 15/10|N/A (child)|Open
Szabó|Child|Missing overnight; train tickets from Aldermoor; new trainers and coat|St Bega Academy|M. Irton|2026-10-22|Submitted|N/A (child)|Open
Danquah-Webb|Child|Says he owes money after being robbed of a package|${children}|R. Teasdale|2026-11-03|Submitted 04/11|n/a - child|Open
Larkspur|Child|Age 15, seen being collected from school by older males in a silver car|St Bega Academy|M. Irton|2026-11-11|To be submitted|N/A (child)|Strategy meeting
Eskdale-Moor|Child|Self-harm; controlled by an older boyfriend; absent from school|Fellshire CAMHS|J. Wath|2026-09-28|Submitted|N/A (child)|Open
Hollis-Tunde|Child|Arrested 16 Sept with wraps; frightened of those above him; injuries to hand|Fellshire Youth Justice Team|D. Sleddale|2026-09-17|RG positive|N/A (child)|Open
Ollie=Ravenglass-Hill=2010-02-19|Child|Hospital attendance, stab wound to thigh, gave no account|Merebridge Infirmary A&E|Sr K. Bannis|2026-11-16|Not yet|N/A (child)|New
Tegan=Moorcroft-Bell=2011-01-15|Child|Younger sister of a child already referred; carrying messages|Thornrigg Family Hub|P. Yewdale|2026-11-18|Being considered|N/A (child)|New
Pryce-Ellis|Vulnerable adult|Flat taken over; sleeps on a friend's sofa; no own key|Beck Housing Association|T. Swarth|2026-10-06|Consent given 13/10|Yes|Open
Greavesend|Vulnerable adult|Learning difficulty; 'friends' staying, money missing|${adults}|L. Mosedale|2026-10-19|Consent given|Yes|Open
Sowerthwaite|Vulnerable adult|Strangers using back bedroom; afraid; oxygen not changed|District nursing|Sr A. Glaramara|2026-11-05|Awaiting consent|Pending|Open
Fothergate|Vulnerable adult|Dementia; carer turned away at the door by young male|${adults}|L. Mosedale|2026-11-12|Capacity assessment first|Lacks capacity?|Open
Coldbeck|Vulnerable adult|Mobility scooter used to carry parcels; bruising|Beck Housing Association|T. Swarth|2026-11-13|Consent given|Yes|Open
Wharrels|Vulnerable adult|Boat used overnight by others; denies any problem|Merebridge Recovery Service|H. Cunswick|2026-11-09|Declined - DtN sent|No|Monitoring
Thackray-Boon|Vulnerable adult|Made to hold cash; debt said to be rising|Merebridge Recovery Service|H. Cunswick|2026-10-27|Consent given|Yes|Open
Brathay|Vulnerable adult|Alcohol; paid in drink to sit in a flat with packages|Thornrigg Outreach|V. Lingmell|2026-11-17|Awaiting consent|Pending|Open
Iqbal-Stone|Vulnerable adult|Account used for transfers that she does not understand|Fellshire Credit Union|B. Askrigg|2026-11-19|Consent given|yes|Open
Hazel=Underbarrow=1972-12-22|Vulnerable adult|Neighbour reports lights and visitors all night, not seen for a week|Thornrigg Outreach|V. Lingmell|2026-11-20|Visit first|Not asked|New
`;

/** The eighteen referrals, victims all of them. */
export const referrals: readonly Referral[] = lines
  .trim()
  .split('\n')
  .map((line) => {
    const [
      who = '',
      category,
      concern = '',
      agency = '',
      referrer = '',
      date = '',
      nrm = '',
      consent = '',
      status = '',
    ] = line.split('|');
    const [forename, surname, birth] = who.split('=');
    const person = surname === undefined ? findPerson(who) : null;
    return {
      forenames: person?.forenames ?? forename ?? '',
      surname: person?.surname ?? surname ?? '',
      dob: person?.dob ?? birth ?? '',
      category: category === 'Child' ? 'Child' : 'Vulnerable adult',
      concern,
      agency,
      referrer,
      date,
      nrm,
      consent,
      status,
    };
  });

/** Partner referrals under three lines of title. */
export function buildReferralsTable(): Table {
  const table = createTable(referralsFile, 'Referrals', 'referral', 4, columns);
  referrals.forEach((referral, index) => {
    if (index === 8) addBlankRow(table);
    const cleaned: Record<string, string> = {};
    if ([0, 1, 3].includes(index)) cleaned['D.O.B.'] = referral.dob;
    if (index === 2 || index === 5) cleaned['Date of referral'] = referral.date;
    addDataRow(
      table,
      [
        `PR-${String(index + 1).padStart(3, '0')}`,
        `${referral.forenames} ${referral.surname}${index % 6 === 4 ? ' ' : ''}`,
        index % 3 === 0 ? toDayFirst(referral.dob) : toExcelDate(referral.dob),
        referral.category,
        referral.concern,
        referral.agency,
        referral.referrer,
        index % 4 === 2 ? toDayFirst(referral.date) : toExcelDate(referral.date),
        referral.nrm,
        referral.consent,
        referral.status,
      ],
      cleaned,
    );
  });
  return table;
}

/** The workbook of referrals. */
export async function drawReferrals(table: Table): Promise<Uint8Array> {
  const workbook = createWorkbook('MASH');
  drawSheet(workbook, table, {
    titles: [
      'Partner referrals – Operation Fellgate',
      'OFFICIAL-SENSITIVE',
      'Victims first. No child on this list is a target.',
    ],
    font: 'Verdana',
    headerColour: 'FFFFF2CC',
  });
  return packWorkbook(workbook);
}

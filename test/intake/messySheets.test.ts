/** Sheets as forces, partners and providers send them: what each is taken for, and which columns are known. */
import { describe, expect, test } from 'vitest';
import { guessFile } from '../../electron/engine/intake/inspect.ts';
import { bufferSource } from '../../electron/engine/intake/readers/byteSource.ts';
import { openSpreadsheet } from '../../electron/engine/intake/readers/openSpreadsheet.ts';
import type { SheetGuess } from '../../shared/contract/schemas.ts';

async function guess(name: string, text: string): Promise<SheetGuess[]> {
  const rows = text
    .trim()
    .split('\n')
    .map((line) =>
      line
        .trim()
        .split('|')
        .map((cell) => `"${cell.trim().replaceAll('"', '""')}"`)
        .join(','),
    );
  const opened = await openSpreadsheet(bufferSource(`${name}.csv`, Buffer.from(rows.join('\r\n'))), {});
  try {
    return await guessFile(opened, `${name}.csv`);
  } finally {
    await opened.close();
  }
}

/** Name of the file, kind, fields of the columns ('-' for none), and the sheet. */
const sheets: [name: string, kind: string | null, fields: string, text: string][] = [
  [
    'book1',
    'person',
    'name dob premises.address phone.number vehicle.vrm note',
    `
    Name|DOB|Address|Mobile|Vehicle|Notes
    HARTLEY, Jo|13/04/1998|4 Mill Lane, Fellgate|07700 900101|AB12 CDE|Runs the line`,
  ],
  [
    'Book2',
    'person',
    'surname forenames dob pncId role',
    `
    OP FELLGATE - SUBJECTS||||
    ||||
    SURNAME|FIRST NAME(S)|D.O.B.|PNC No.|Role in OCG
    HARTLEY|Jo|13/04/1998||Runner`,
  ],
  [
    'list',
    'person',
    '- name aliases dob',
    `
    No|Full Name|a.k.a.|Date of Birth
    1|Jo HARTLEY|Jay|13/04/1998`,
  ],
  [
    'people north',
    'person',
    'localRef name dob dob dob',
    `
    Ref|Name|DOB Day|DOB Month|DOB Year
    1|Jo HARTLEY|13|4|1998`,
  ],
  [
    'subjects',
    'person',
    'surname forenames dob phone.number phone.number',
    `
    Subject||| Contact|
    Surname|Forename|DOB|Mobile 1|Mobile 2
    HARTLEY|Jo|13/04/1998|07700 900101|07700 900102`,
  ],
  [
    'nominals with associates',
    'person',
    'name dob associate.name associate.dob',
    `
    Name|DOB|Associate name|Associate DOB
    Jo HARTLEY|13/04/1998|Sam OAKS|14/05/1999`,
  ],
  [
    'addresses',
    'premises',
    'address postcode type dogs',
    `
    Address|Postcode|Property type|Dogs?
    4 Mill Lane, Fellgate|CA1 1AA|Terrace|N`,
  ],
  [
    'cuckooing visits',
    'premises',
    'address address address postcode occupants cuckooed note',
    `
    House No|Street|Town|Post Code|Occupier|Cuckooed Y/N|Comments
    4|Mill Lane|Fellgate|CA1 1AA|Hartley|Y|`,
  ],
  [
    'places',
    'premises',
    'address postcode occupants children access',
    `
    Premises|P.Code|Residents|Children?|Door type
    4 Mill Lane|CA1 1AA|Two adults|No|uPVC`,
  ],
  [
    'cars',
    'vehicle',
    'vrm make model colour keeper',
    `
    Reg|Make|Model|Colour|Owner
    AB12 CDE|Ford|Fiesta|Blue|Jo Hartley`,
  ],
  [
    'vrms',
    'vehicle',
    'vrm make colour person.name person.dob premises.address',
    `
    VRM|Make|Colour|Registered Keeper|RK DOB|RK Address
    AB12 CDE|Ford|Blue|Jo HARTLEY|13/04/1998|4 Mill Lane`,
  ],
  [
    'anpr vehicles of interest',
    'vehicle',
    'vrm make markers note',
    `
    Registration|Vehicle make|PNC marker|Remarks
    AB12 CDE|Ford|Stop|`,
  ],
  [
    'subs check',
    'phone',
    'number network person.name premises.address status',
    `
    MSISDN|Provider|Subscriber details|Address|Account status
    07700 900101|EE|Unregistered||Active`,
  ],
  [
    'handsets',
    'phone',
    'number imei imsi iccid attribution',
    `
    Telephone|IMEI|IMSI|SIM|Attributed to
    07700 900101|490154203237518|234150000000001|8944100000000000001|Jo`,
  ],
  [
    'phones 2',
    'phone',
    'number person.name person.dob premises.address premises.postcode',
    `
    Number|Subscriber name|DOB|Address|Postcode
    07700 900101|Jo HARTLEY|13/04/1998|4 Mill Lane|CA1 1AA`,
  ],
  [
    'cdr',
    'communication',
    'aNumber bNumber start.date start.time durationS type',
    `
    Calling Number|Called Number|Date|Time|Duration|Call Type
    07700 900101|07700 900102|13/10/2026|09:30:00|14|MOC`,
  ],
  [
    'billing',
    'communication',
    'aNumber bNumber start durationS cellStart',
    `
    Report for 07700 900101||||
    A Party|B Party|Start Date Time|Duration (secs)|Start Cell ID
    07700 900101|07700 900102|13/10/2026 09:30:00|14|234-15-1-2`,
  ],
  [
    'sms',
    'communication',
    'start aNumber bNumber text',
    `
    Date and time|From|To|Message
    13/10/2026 09:30|07700 900101|07700 900102|yo`,
  ],
  [
    'intel dump',
    'intelligence',
    'urn reportDate grade text',
    `
    Log No|Date|3x5x2|Intelligence text
    1|13/10/2026|2CP|Seen dealing.`,
  ],
  [
    'logs',
    'intelligence',
    'urn grade grade grade text',
    `
    URN|Source|Assessment|Handling|Report
    1|2|C|P|Seen dealing.`,
  ],
  [
    '5x5x5 returns',
    'intelligence',
    'urn text person.name person.dob grade',
    `
    Ref|Information|Nominal|Nominal DOB|Evaluation
    1|Seen dealing.|Jo HARTLEY|13/04/1998|E41`,
  ],
  [
    'warrant list',
    'warrant',
    'number power issued premises.address personText',
    `
    Warrant Number|Power|Date issued|Address|Occupier
    W1|s.23 MDA|13/10/2026|4 Mill Lane, Fellgate|Hartley`,
  ],
  [
    'execution',
    'warrant',
    'number power court premises.address premises.postcode status',
    `
    Warrant no|Act|Court|Premises|Postcode|Status
    W1|PACE s8|Fellgate|4 Mill Lane|CA1 1AA|live`,
  ],
  [
    'duty sheet',
    'officer',
    'collar rank name team callSign',
    `
    Collar|Rank|Name|Serial|Call sign
    1234|PC|A Officer|1|FE21`,
  ],
  [
    'resources',
    'officer',
    'rank name collar skills phone',
    `
    Rank|Officer|Shoulder number|Skills|Mobile
    PS|B Officer|22|MOE|07700 900120`,
  ],
  [
    'crimes',
    'crime',
    'crimeId date type location outcome',
    `
    Crime No|Date Committed|Offence|Location|Outcome
    1|13/10/2026|Robbery|High Street|NFA`,
  ],
  [
    'incidents 2026',
    'crime',
    'crimeId date type location text',
    `
    Incident number|Date|Incident type|Venue|Summary
    1|13/10/2026|ASB|High Street|Youths`,
  ],
  [
    'custody jan',
    'custody',
    'custodyNumber name dob arrestedAt offence disposal',
    `
    Custody Record|DP Name|DOB|Arrest Date/Time|Offence|Disposal
    C1|Jo HARTLEY|13/04/1998|13/10/2026 09:30|Supply|Charged`,
  ],
  [
    'arrests',
    'custody',
    'person.surname person.forenames dob arrestedAt offence station premises.address',
    `
    Surname|Forename|DOB|Date arrested|Reason for arrest|Custody suite|Home address
    HARTLEY|Jo|13/04/1998|13/10/2026|Supply|Fellgate|4 Mill Lane`,
  ],
  [
    'mash',
    'referral',
    'reference name dob concern agency date',
    `
    Case ref|Child name|DOB|Concerns|Referring agency|Date referred
    R1|Ali REED|13/04/2011|Missing|School|13/10/2026`,
  ],
  [
    'nrm referrals',
    'referral',
    'name dob nrm exploiter.name consent',
    `
    Name|Date of birth|NRM status|Suspected exploiter name|Consent
    Ali REED|13/04/2011|Pending|Jo HARTLEY|Y`,
  ],
  [
    'canteen',
    null,
    '',
    `
    Dish|Price|Vegan
    Soup|1.20|Y
    Pie|2.40|N`,
  ],
  [
    'stock',
    null,
    '',
    `
    Item|Type|Status|Date|Location
    Radio|Handheld|In use|13/10/2026|Store`,
  ],
  [
    'minutes',
    null,
    '',
    `
    Action|Owner|Due|Status
    Book room|AB|13/10/2026|Open`,
  ],
  [
    'contacts of suppliers',
    null,
    '',
    `
    Company|Website|VAT number
    Fell Supplies|fell.example|123`,
  ],
  [
    'budget',
    null,
    '',
    `
    Cost centre|Jan|Feb|Mar|Total
    A1|1|2|3|6`,
  ],
  [
    'weather',
    null,
    '',
    `
    Date|Temperature|Place
    13/10/2026|9|Fellgate`,
  ],
  [
    'no heading',
    null,
    '',
    `
    HARTLEY|Jo|13/04/1998
    OAKS|Sam|14/05/1999`,
  ],
  [
    'survey',
    null,
    '',
    `
    ID|Question|Answer|Score
    1|Do you like it?|Yes|5`,
  ],
  [
    'one word',
    null,
    '',
    `
    Name
    Jo HARTLEY`,
  ],
];

describe('messy sheets', () => {
  test.each(sheets)('%s is %s', async (name, kind, fields, text) => {
    const found = await guess(name, text);
    expect(found).toHaveLength(1);
    const [sheet] = found;
    expect(sheet?.kind).toBe(kind);
    if (kind === null) {
      expect(sheet?.confidence).toBe(0);
      return;
    }
    expect(sheet?.columns.map((column) => column.field ?? '-').join(' ')).toBe(fields);
    for (const column of sheet?.columns ?? []) expect(column.reason).not.toBe('');
  });

  test('the more of a sheet is known, the surer the guess', async () => {
    const confidence = async (name: string, text: string) => (await guess(name, text))[0]?.confidence ?? 0;
    const vague = await confidence(
      'a',
      'Name|Date of birth|Mobile|Foo|Bar\nJo HARTLEY|13/04/1998|07700 900101||',
    );
    const clear = await confidence(
      'nominals',
      'Surname|Forename|DOB|PNC ID|Aliases|Mobile|Home address\nHARTLEY|Jo|13/04/1998|||07700 900101|',
    );
    expect(vague).toBeGreaterThan(0);
    expect(clear).toBeGreaterThan(vague + 0.1);
  });
});

import { makeIccid, makeImei, makeImsi, makePhone } from './identifiers.ts';
import { people } from './people.ts';

/**
 * The invented country: the city of Aldermoor (postcode area AM) exports, the county of Fellshire
 * (postcode area FE) receives. Neither postcode area exists.
 */
export interface Premises {
  address: string;
  postcode: string;
  uprn: string;
  type: string;
  occupants: string;
  children: string;
  vulnerableAdults: string;
  cuckooed: string;
  dogs: string;
  hazards: string;
  access: string;
  note: string;
}

/** address | postcode | type | occupants | children | vulnerable adults | cuckooed | dogs | hazards | access | note */
const premisesLines = `
14 Tenter Row, Hollinbeck|FE1 4AB|Terraced house|N-016, N-028|No|No|No|No|Sharps|Timber front door, 2 locks|
Flat 2, 9 Dyehouse Lane, Hollinbeck|FE1 4DF|Flat (1st floor)|N-008|No|Yes|YES|No|Sharps; no heating|Communal door, code held by housing|Tenant is the victim
31 Copperas Street, Hollinbeck|FE1 2GH|Semi-detached|N-007, N-006|2 children|No|No|1 x Staffie|Dog loose in yard|uPVC front and rear|
3 Mill Goit, Hollinbeck|FE1 2HJ|Terraced house|N-013|no|no|no|no||Timber door, reinforced|
Flat 7, Beckside House, Hollinbeck|FE1 6PL|Flat (ground)|N-022|No|Yes|Suspected|No|Hoarding|Main door fob|Support worker visits Tues
22 Garth Rise, Stangarth|FE2 1AA|Council house|N-026|No|Yes (COPD)|Yes|No|Oxygen cylinders|Key safe by door|Tenant on oxygen
5 Peat Loaning, Stangarth|FE2 1BD|Bungalow|N-035|None|Yes|Yes|No|Trip hazards|Key safe|Carer 0800 daily
41 Market Cross, Stangarth|FE2 3EF|Flat above shop|N-009, N-019|No|No|No|No|Steep stair|Rear stair only|
8 Whinfell Terrace, Stangarth|FE2 3GL|Terraced house|N-041|1|No|No|2 dogs (XL type)|Dogs|Timber door|
17 Slate Yard, Stangarth|FE2 5JN|Lock-up|None|No|No|No|No|Fuel stored|Roller shutter, padlock|
6 Weir Bank, Merebridge|FE3 2AD|Detached|N-020, N-057|3 children|No|No|German shepherd|CCTV to front|Electric gate|
19 Oatmeal Lane, Merebridge|FE3 2BE|Terraced house|N-052|No|No|No|No||uPVC|
Flat 11, Lanthorn Court, Merebridge|FE3 4HH|Flat (3rd floor)|N-038|No|Yes|Y|No|Lift often out|Intercom|Mobility scooter in hall
2 Ferry Steps, Merebridge|FE3 4LP|Houseboat mooring|N-051|No|Yes|Yes|No|Water; slippery boards|Gangway|
53 Quarry Brow, Merebridge|FE3 6NR|Semi-detached|N-056|yes|No|No|No||uPVC front, timber rear|Children at weekends
27 Station Parade, Thornrigg|FE4 1QT|Flat above shop|N-049|No|Yes|Suspected|No||Side door|
10 Larch Drive, Thornrigg|FE4 1RS|Council house|N-014|No|No|No|Yes – 1 small|Dog|Timber door|
4 Drovers Close, Thornrigg|FE4 3TU|Terraced house|N-018|No|No|No|No|Knives behind doors|Reinforced, bars to rear|
Unit 6, Gasworks Yard, Thornrigg|FE4 3WX|Industrial unit|None|No|No|No|No|Fumes|Roller shutter|
88 Abbot Walk, Ravenholme|FE5 2YZ|Terraced house|N-030|No|No|No|No|Weapons intel|uPVC, deadlock|
Flat 14, Cordwainer Point, Aldermoor|AM3 5AB|Flat (9th floor)|N-001|No|No|No|No|Height; weapons intel|Steel door, concierge|
112 Vetch Road, Aldermoor|AM3 7DE|Terraced house|N-002|2 children (4, 9)|No|No|No|Firearms intel|uPVC, CCTV|
36 Foundry Crescent, Aldermoor|AM6 1FG|Semi-detached|N-012|No|No|No|1 dog|Weapons intel|Composite door|
7 Plover Mews, Aldermoor|AM6 4HJ|Flat (ground)|N-011, N-023|1 child (2)|No|No|No||Communal door|
59 Coppice Lane, Aldermoor|AM9 2LN|Terraced house|N-037|No|No|No|No||Timber door|Parcels delivered daily
`;

/** The twenty-five premises of the operation. */
export const premises: readonly Premises[] = premisesLines
  .trim()
  .split('\n')
  .map((line, index) => {
    const cells = line.split('|');
    const cell = (at: number): string => cells[at] ?? '';
    return {
      address: cell(0),
      postcode: cell(1),
      uprn: String(990_100_200_000 + index * 7_013),
      type: cell(2),
      occupants: cell(3) === 'None' ? '' : cell(3),
      children: cell(4),
      vulnerableAdults: cell(5),
      cuckooed: cell(6),
      dogs: cell(7),
      hazards: cell(8),
      access: cell(9),
      note: cell(10),
    };
  });

/** Homes that are not premises of the operation, for the nominals who live elsewhere. */
export const otherHomes: readonly { address: string; postcode: string }[] = [
  { address: '12 Bobbin Street, Hollinbeck', postcode: 'FE1 3RT' },
  { address: '45 Heather Bank, Stangarth', postcode: 'FE2 4UW' },
  { address: '1 Tithe Court, Merebridge', postcode: 'FE3 5XY' },
  { address: '70 Limepit Road, Thornrigg', postcode: 'FE4 2ZA' },
  { address: '23 Saddler Street, Ravenholme', postcode: 'FE5 1BB' },
  { address: '9 Cinder Path, Aldermoor', postcode: 'AM3 6DH' },
  { address: 'Flat 3, Osprey Lodge, Aldermoor', postcode: 'AM6 2JL' },
  { address: '201 Turnpike Road, Aldermoor', postcode: 'AM9 4NP' },
];

export interface Vehicle {
  vrm: string;
  make: string;
  model: string;
  colour: string;
  keeper: string;
  markers: string;
  note: string;
}

/** Marks begin with J, T or U, which are not issued as area letters. Keeper is a reference or a name. */
const vehicleLines = `
JT19KXA|Audi|A3|Grey|N-001|Failed to stop|Used for restock runs
UJ21PLM|Volkswagen|Golf|Black|N-002||
TU68RVE|Ford|Fiesta|Blue|N-003||Hire, changed weekly
JJ17HDN|Vauxhall|Corsa|White|N-021||
TT20WGB|Seat|Leon|Red|N-029|No insurance|
UT15YFS|Ford|Transit|White|N-037||Van, roof bars
JU66BNC|BMW|1 Series|Black|N-058|Weapons marker|
TJ18LRA|Kia|Picanto|Silver|N-014||
UU64DGT|Renault|Clio|Blue|N-028|No MOT|
JT22VEX|Mercedes-Benz|A-Class|White|Peak Hire Ltd||Hire
TU16SMH|Nissan|Juke|Orange|N-041||
UJ70CKP|Toyota|Yaris|Grey|N-023||
JJ13NTW|Peugeot|208|Black|N-052|No insurance|
TT67FBA|Skoda|Octavia|Green|Beck Cabs||Taxi used by runners
UT19EHL|Fiat|500|Yellow|N-036||
JU10GRD|Volvo|V50|Silver|Fell View Garage||
TJ65XPU|Mini|Cooper|Red|N-011||
UU18AWJ|Hyundai|i10|Blue|N-057||
JT14MSE|Citroen|Berlingo|White|N-030||Trade plates seen
TU23KDF|Land Rover|Evoque|Black|N-012|Violent marker|
`;

/** The twenty vehicles of the operation; `vrm` as the importer should hold it. */
export const vehicles: readonly Vehicle[] = vehicleLines
  .trim()
  .split('\n')
  .map((line) => {
    const [vrm = '', make = '', model = '', colour = '', keeper = '', markers = '', note = ''] =
      line.split('|');
    const owner = people.find((person) => person.ref === keeper);
    return {
      vrm,
      make,
      model,
      colour,
      keeper: owner ? `${owner.forenames} ${owner.surname}` : keeper,
      markers,
      note,
    };
  });

export interface Phone {
  number: string;
  imei: string;
  imsi: string;
  iccid: string;
  network: string;
  subscriber: string;
  /** Reference of the person it is attributed to, null where nobody is. */
  holder: string | null;
  status: string;
  note: string;
}

const networks = ['Northway Mobile', 'Peak Telecom', 'Blue Heron', 'Ferrous'];

/** Last three digits of the current and the former number of the Marlo line. */
export const lineNumber = makePhone(417);
export const formerLineNumber = makePhone(388);
/** Number of the runner whose call data was obtained too. */
export const runnerNumber = makePhone(104);

/** The thirty-five phones: the line, its former number, five unattributed, the rest held by people. */
export const phones: readonly Phone[] = Array.from({ length: 35 }, (_, index) => {
  const number = index === 0 ? lineNumber : index === 1 ? formerLineNumber : makePhone(100 + index);
  const holderIndex = index === 0 || index === 1 ? 0 : index < 30 ? index : -1;
  const holder = people[holderIndex] ?? null;
  return {
    number,
    imei: makeImei(40_000_211 + index * 90_127),
    imsi: makeImsi(3_000_517 + index * 1_009),
    iccid: makeIccid(71_000_003 + index * 4_447),
    network: networks[index % networks.length] ?? '',
    subscriber:
      index % 4 === 1 ? 'Unregistered' : holder ? `${holder.forenames} ${holder.surname}` : 'Unregistered',
    holder: holder?.ref ?? null,
    status: index === 1 ? 'Dead' : index % 9 === 5 ? 'Dormant' : 'Active',
    note: index === 0 ? 'Marlo line, current number' : index === 1 ? 'Marlo line until Sept 2026' : '',
  };
});

/** Home of a nominal: the premises whose occupants name it, else one of the other homes; null for a few. */
export function findHome(ref: string): { address: string; postcode: string } | null {
  const home = premises.find((place) => place.occupants.includes(ref));
  if (home) return home;
  const index = people.findIndex((person) => person.ref === ref);
  return index % 6 === 5 ? null : (otherHomes[index % otherHomes.length] ?? null);
}

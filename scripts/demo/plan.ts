import { strikeAt } from './dates.ts';
import { officers } from './files/officers.ts';
import { referrals } from './files/referrals.ts';
import { warrants } from './files/warrants.ts';
import { findPerson, isChild, type Person } from './people.ts';
import { photographs } from './photographs.ts';
import { premises } from './world.ts';

/** surname | objective | priority; the role comes from the list of nominals. */
const targetLines = `
Harcastle|Arrest|1
Okonjo-Reid|Arrest|1
Adeyemi-Cole|Arrest|1
Achebe-Thorne|Arrest|2
Wierzba|Arrest|2
Vasquez-Holt|Arrest|2
Castellane|Arrest|2
Trelawick|Arrest|2
Dunmail|Arrest|2
Fenwick-Shaw|Arrest|3
Farraday-Nash|Arrest|2
Hawksby|Arrest|2
Mensah-Doyle|Arrest|2
Pendragon-Fox|Arrest|3
Bowfell-James|Arrest|2
Mistry|Disrupt|3
`;

/** A child lives or stays here and no plan protects it: the readiness check must say so. */
const unplannedPlace = 14;

/** Position in the list of referrals of the one child left without a plan. */
const childWithoutPlan = 5;

/** Position of the premises | who is protected | plan | collar number of the lead. */
const safeguardingLines = `
2|Two children of the household|Children’s Services on call from 0500; family liaison officer enters behind the search team|5317
8|One child of the household|Children’s Services on call; dog handler first, child taken to neighbour known to the family|5399
10|Three children of the household|Social worker in the holding area; no strike before the school run is ruled out by the Bronze|5317
21|Two children aged 4 and 9|Aldermoor Children’s Services attend at 0535; toys and clothes taken along|5399
23|One child aged 2|Health visitor informed; car seat carried|5399
`;

function keyPerson(person: Person): Record<string, string | null> {
  return {
    localRef: person.ref,
    surname: person.surname,
    forenames: person.forenames,
    dob: person.dob,
    pncId: person.pncId,
  };
}

function keyPlace(position: number): { address: string; postcode: string } {
  const place = premises[position];
  if (!place) throw new Error(`no premises at ${position}`);
  return { address: place.address, postcode: place.postcode };
}

function planTargets(): unknown[] {
  return targetLines
    .trim()
    .split('\n')
    .map((line) => {
      const [surname = '', objective = '', priority = ''] = line.split('|');
      const person = findPerson(surname);
      if (isChild(person)) throw new Error('no child is a target');
      const position = premises.findIndex((place) => place.occupants.includes(person.ref));
      return {
        person: keyPerson(person),
        role: person.role,
        objective,
        priority: Number(priority),
        premises: position < 0 ? null : keyPlace(position),
      };
    });
}

/** Five search teams, up to three visits each; Green is asked for twice at half past five. */
function planVisits(): { warrant: string; team: string; at: string; entry: number; premises: unknown }[] {
  const searchTeams = ['Red', 'Blue', 'Green', 'Amber', 'Silver'];
  const times = ['2026-12-03T05:30', '2026-12-03T07:30', '2026-12-03T09:30'];
  const visits = warrants.map((warrant, index) => ({
    warrant: warrant.number,
    team: searchTeams[index % 5] ?? '',
    at: warrant.number === 'FE/26/1107' ? strikeAt : (times[Math.floor(index / 5)] ?? strikeAt),
    entry: 1,
    premises: keyPlace(warrant.place),
  }));
  const second = warrants.find((warrant) => warrant.number === 'AM/26/0872');
  const clash = visits.find((visit) => visit.warrant === 'FE/26/1107');
  if (!second || !clash) throw new Error('the warrants of the planted mistakes are there');
  clash.team = 'Green';
  visits.push({
    warrant: second.number,
    team: 'Blue',
    at: '2026-12-04T06:00',
    entry: 2,
    premises: keyPlace(second.place),
  });
  return visits;
}

function planTeams(): unknown[] {
  return [...new Set(officers.map((officer) => officer.team))].map((name) => {
    const members = officers.filter((officer) => officer.team === name);
    return {
      name,
      leader: members[0]?.collar ?? '',
      callSign: members[0]?.callSign ?? '',
      members: members.map((officer) => officer.collar),
    };
  });
}

function planSafeguarding(): unknown[] {
  const places = safeguardingLines
    .trim()
    .split('\n')
    .map((line) => {
      const [place = '', concern = '', plan = '', lead = ''] = line.split('|');
      return { premises: keyPlace(Number(place)), person: null, referral: null, concern, plan, lead };
    });
  const children = referrals.flatMap((referral, index) => {
    if (referral.category !== 'Child' || index === childWithoutPlan) return [];
    return {
      premises: null,
      person: { surname: referral.surname, forenames: referral.forenames, dob: referral.dob },
      referral: `PR-${String(index + 1).padStart(3, '0')}`,
      concern: referral.concern,
      plan: 'Social worker named; placed with safe adult on the day; treated as victim, NRM position confirmed',
      lead: '7712',
    };
  });
  return [...places, ...children];
}

const deliberate = [
  { rule: 'warrant expires before the strike', record: 'FE/26/1106' },
  { rule: 'section 23 warrant given three months', record: 'FE/26/1105' },
  { rule: 'second entry on a single-entry warrant', record: 'AM/26/0872' },
  { rule: 'address with a child and no safeguarding plan', record: keyPlace(unplannedPlace) },
  { rule: 'child referred and no safeguarding plan', record: 'PR-006' },
  {
    rule: 'team in two places',
    record: { team: 'Green', at: strikeAt, warrants: ['FE/26/1103', 'FE/26/1107'] },
  },
  { rule: 'target without a photograph', record: ['N-052', 'N-009', 'N-020', 'N-010'] },
  { rule: 'target with an old photograph', record: 'N-002' },
  { rule: 'target resting on one untested source', record: findPerson('Achebe-Thorne').ref },
  { rule: 'intelligence without a grade', record: 'FE/INT/26/1460' },
] as const;

/** What the demonstration plans after the import, in natural keys, and which mistakes it leaves on purpose. */
export function makePlan(): unknown {
  const targets = planTargets() as { person: { localRef: string } }[];
  const pictured = new Set(photographs.map((photograph) => photograph.person.ref));
  const unpictured = targets.map((target) => target.person.localRef).filter((ref) => !pictured.has(ref));
  return {
    operation: {
      name: 'Operation Fellgate',
      line: { name: 'Marlo line', number: '+447700900417', formerNumber: '+447700900388' },
      marking: 'OFFICIAL-SENSITIVE',
      strikeAt,
      exportingArea: 'Aldermoor',
      importingArea: 'Fellshire',
    },
    targets,
    premisesTargets: warrants.map((warrant) => ({
      premises: keyPlace(warrant.place),
      objective: 'Search',
      priority: warrant.place >= 20 ? 1 : 2,
    })),
    teams: planTeams(),
    visits: planVisits(),
    warrantPremises: warrants.map((warrant) => ({
      warrant: warrant.number,
      premises: keyPlace(warrant.place),
    })),
    safeguarding: planSafeguarding(),
    photographs: photographs.map((photograph) => ({
      person: keyPerson(photograph.person),
      file: photograph.file,
      takenOn: photograph.takenOn,
    })),
    deliberate: deliberate.map((item) =>
      item.rule === 'target without a photograph' ? { ...item, record: unpictured } : item,
    ),
  };
}

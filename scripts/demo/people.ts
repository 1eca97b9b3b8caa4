import { makeCroNumber, makePncId } from './identifiers.ts';

export interface Person {
  ref: string;
  surname: string;
  forenames: string;
  aka: string;
  sex: 'M' | 'F';
  /** ISO date, null where no record holds one. */
  dob: string | null;
  pncId: string | null;
  croNumber: string | null;
  role: string;
  markers: string;
  status: string;
}

/** surname | forenames | known as | sex | date of birth | year of PNC ID (0: none) | role | markers */
const cast = `
Harcastle|Devon Marcus|Marlo|M|1991-03-14|2008|Line holder|Violent; Weapons (knife)
Okonjo-Reid|Tariq|Big T; Uncle|M|1988-11-02|2006|Line owner|Violent; Firearms intel
Wierzba|Łukasz|Luka|M|1994-06-23|2014|Driver|
Brackenridge|Callum|Cal|M|2001-09-17|2018|Runner|Conceals
Brackenridge|Connor|Con|M|2001-09-17|2019|Runner|Conceals; Self-harm
Redfern-Lowe|Thomas|Old Tom|M|1969-02-08|1989|Stash holder|Heart condition
Redfern-Lowe|Thomas|Young Tom|M|1996-05-21|2013|Street dealer|Weapons (bat)
Pryce-Ellis|Siân|Shan|F|1985-10-30|0|Cuckooed (victim)|Vulnerable; Drug user
Fenwick-Shaw|Ellis|Fen|M|1999-07-04|0|Street dealer|
Mistry|Jordan|JJ|M||0|Associate|
Vasquez-Holt|Zoë|Zo|F|1997-01-25|2015|Recruiter|
Adeyemi-Cole|Femi|Ghost|M|1993-12-19|2011|Enforcer|Violent; Weapons (machete)
Trelawick|Jago|Jags|M|2000-04-11|2017|Street dealer|Escaper
Stanmoor|Leah|Lee-Lee|F|1990-08-27|2010|Stash holder|
Kowalczuk|Marta|Maz|F|1992-03-05|0|Associate|
Dunmail|Ryan Peter|Dunny|M|1987-07-13|2004|Street dealer|Drug user; Hepatitis
Oduya|Samuel|Sammy O|M|1995-11-28|2012|Runner|
Farraday-Nash|Kyle|Kidda|M|2002-02-16|2020|Runner|Violent
Lindqvist|Åsa|Ace|F|1998-09-09|0|Associate|
Hawksby|Daniel|Danny Hawk|M|1979-06-01|1997|Stash holder|Dog at address
Mbeki-Lawson|Tendai|Tee|M|1996-10-22|2014|Driver|
Greavesend|Shaun|Shauny|M|1983-12-03|2001|Cuckooed (victim)|Vulnerable; Learning difficulty
Castellane|Bianca|Bee|F|1999-05-18|2018|Recruiter|
Northolme|Peter|Pedro|M|1976-01-30|1994|Customer|Drug user
Ingleton-Ward|Abigail|Abs|F|1994-02-26|0|Customer|Drug user; Pregnant
Sowerthwaite|Colin|Col|M|1962-11-11|1981|Cuckooed (victim)|Vulnerable; COPD
Rahmani-Price|Idris|Id|M|1997-08-15|2016|Runner|
Blenkarn|Stacey|Stace|F|1989-04-29|2007|Street dealer|Drug user
Quilligan|Patrick|Paddy Q|M|1971-09-24|1990|Driver|
Abernathy-Cross|Michael|Mikey|M|1986-10-08|2003|Enforcer|Violent; Firearms licence revoked
Tarnbeck|Holly|Hols|F|2000-12-14|0|Customer|Drug user
Nwosu-Bright|Chidi|Chi|M|2003-03-27|2021|Runner|
Jessamine|Carl|Jez|M|1981-05-06|1999|Customer|Drug user; Self-harm
Oyelaran|Kemi|Kem|F|1995-07-31|2015|Recruiter|
Fothergate|William|Billy|M|1958-06-19|0|Cuckooed (victim)|Vulnerable; Dementia
Sandriggs|Naomi|Nay|F|1993-01-17|2013|Associate|
Petrov-Hale|Dmitri|Dima|M|1990-10-26|2009|Driver|Violent
Coldbeck|Lorraine|Lol|F|1967-03-22|0|Cuckooed (victim)|Vulnerable; Mobility
Harrowgill|Joseph|Joe H|M|2004-08-02|2022|Runner|
Ullathwaite|Simon|Si|M|1984-12-29|2002|Customer|Drug user
Mensah-Doyle|Kwame|Kway|M|1998-04-13|2016|Street dealer|Weapons (knife)
Thackray-Boon|Gemma|Gem|F|1991-11-20|2010|Exploited adult (victim)|Vulnerable
Ravenglass-Hill|Oliver|Ollie|M|2010-02-19|0|Exploited child (victim)|Child; Missing episodes
Szabó|Réka|Ree|F|2009-10-05|0|Exploited child (victim)|Child; Missing episodes
Danquah-Webb|Malachi|Mal|M|2010-07-28|0|Exploited child (victim)|Child
Larkspur|Jayden|JayJay|M|2011-04-24|0|Exploited child (victim)|Child; Asthma
Eskdale-Moor|Caitlin|Cat|F|2009-06-16|0|Exploited child (victim)|Child; Self-harm
Hollis-Tunde|Reece|Reecey|M|2010-11-23|2025|Exploited child (victim)|Child; Missing episodes
Brathay|Kelvin|Kel|M|1980-09-01|1998|Exploited adult (victim)|Vulnerable; Alcohol
Iqbal-Stone|Nadia|Nads|F|1996-12-07|0|Exploited adult (victim)|Vulnerable
Wharrels|Darren|Daz|M|1978-08-18|1996|Cuckooed (victim)|Vulnerable; Drug user
Pendragon-Fox|Luke|Foxy|M|2001-01-29|2019|Street dealer|
Crosthwaite-Lee|Amelia|Milly|F|1999-03-12|0|Associate|
Achebe-Thorne|Victor|Vic|M|1985-05-25|2003|Enforcer|Violent
Skelghyll|Neil|Nelly|M|1974-04-07|1992|Customer|Drug user
Bowfell-James|Tyrone|Ty|M|2000-10-15|2018|Street dealer|Conceals
Marrick|Joanne|Jo|F|1982-07-20|2001|Associate|
Osei-Grant|Emmanuel|Manny|M|1992-09-29|2011|Driver|
Lowther-Finch|Gareth|Gaz|M|1988-02-03|2006|Customer|Drug user
Haverigg|Tanya|Taz|F|1994-11-16|2013|Associate|Allergy (latex)
`;

/** The sixty people of the operation, in the order of their references N-001 to N-060. */
export const people: readonly Person[] = cast
  .trim()
  .split('\n')
  .map((line, index) => {
    const [surname = '', forenames = '', aka = '', sex = '', dob = '', year = '0', role = '', markers = ''] =
      line.split('|');
    const pncYear = Number(year);
    return {
      ref: `N-${String(index + 1).padStart(3, '0')}`,
      surname,
      forenames,
      aka,
      sex: sex === 'F' ? 'F' : 'M',
      dob: dob === '' ? null : dob,
      pncId: pncYear === 0 ? null : makePncId(pncYear, 30_417 + index * 7_919),
      croNumber:
        pncYear === 0 || index % 3 === 1 ? null : makeCroNumber(pncYear, 1_203 + ((index * 5_501) % 300_000)),
      role,
      markers,
      status:
        index === 19
          ? 'Wanted'
          : role.includes('victim')
            ? 'Safeguarding'
            : index % 7 === 3
              ? 'On bail'
              : 'Live',
    };
  });

/** The person with this surname (and forename where the surname is shared). */
export function findPerson(surname: string, forename?: string): Person {
  const found = people.find(
    (person) =>
      person.surname === surname && (forename === undefined || person.forenames.startsWith(forename)),
  );
  if (!found) throw new Error(`no such person in the cast: ${surname}`);
  return found;
}

/** True for a person under 18 on the day of the strike. */
export function isChild(person: Person): boolean {
  return person.dob !== null && person.dob > '2008-12-03';
}

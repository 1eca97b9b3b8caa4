/** The page that lies beside the demonstration files and says what they are. */
export const readme = `# Operation Fellgate: the demonstration operation

Everybody and everything in this folder is invented. The files are written by \`scripts/makeDemo.ts\`; change
the script, not the files. The same script gives the same bytes everywhere.

- Phones come from 07700 900000 to 900999, the range that Ofcom keeps for drama.
- Postcode areas AM (the city of Aldermoor) and FE (the county of Fellshire) do not exist; the postcodes are right in form.
- Vehicle marks begin with J, T or U, which are not issued as area letters.
- IMSI carry the network code 234 99 and IMEI the prefix 99001; nobody uses either. UPRN begin with 9901.
- PNC ID and CRO numbers are made up; their check letters are right, but for the one that is wrong on purpose.
- The photographs are drawings.

| File | What it holds | What is wrong with it |
|---|---|---|
| nominals.xlsx | 60 people in 62 rows | title rows, blank rows, a repeated header, a total row, a sheet of notes; mobiles without their zero; dates as dates and as text; trailing and no-break spaces; one person under two names, one entered twice |
| intelligence log.xlsx | 60 logs | 3x5x2 in several spellings, eight 5x5x5 grades, one grade missing, one text with source wording |
| subscribers.csv | 35 phones in 36 rows | Windows-1252, semicolons, six spellings of a number, a rounded IMEI, **one number lost to 4.47E+11 (rejected)** |
| call data.csv | 20,000 records | six lines of preamble, two networks' spellings, texts without cells, a repeated header, a blank line, **one impossible date (rejected)**; broadcasts, a handset swap, short codes and voicemail |
| premises.xlsx | 25 premises | a header of two lines; children, dogs and cuckooing in free words |
| vehicles.xlsx | 20 vehicles in 21 rows | spaces, lower case, a letter O for a zero, one mark twice |
| officers and duties.xlsx | 28 officers | two sheets; collar numbers as numbers and as text |
| warrants.xlsx | 14 warrants | powers in every spelling; one given three months instead of one, one that expires before the strike, a second entry on a single entry; **one row with nothing to hold on to (rejected)** |
| partner referrals.xlsx | 18 referrals | children and vulnerable adults, one adult who declined the NRM |
| custody.csv | 24 records | American dates, a column of births in both orders with **one date that cannot be decided**, one wrong PNC ID |

\`places/\` holds what the map is drawn by: the postcodes of the invented towns (which lie at sea, where nobody
lives) and the border of Fellshire. One premises has a postcode that is not in the file, another one that ended, and
two rows of the file give no place.

\`truth.json\` says what an importer must make of all this: the fate of every row, sampled cells before and
after cleaning, and how many people, phones, premises and vehicles are left after joining. \`plan.json\` is
what the demonstration plans afterwards, with the mistakes it leaves on purpose. \`photographs.csv\` says
whose photograph each file is. The strike is on 3 December 2026 at 05:30.
`;

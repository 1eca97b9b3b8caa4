/** Words for what a map cannot show, one set for the window and the command line. */

/** Why a row of a postcode file gives no place. */
export const refusedTitles: Readonly<Record<string, string>> = {
  'no-postcode': 'no postcode in the row',
  'not-a-postcode': 'not the shape of a postcode',
  'stand-in': 'a stand-in code (ZZ99), not a place',
  'no-location': 'the file gives no location for it',
  unreadable: 'the position cannot be read',
  outside: 'the position lies outside the United Kingdom',
  swapped: 'latitude and longitude look as if they were swapped',
  'irish-grid': 'metres of the Irish Grid without latitude and longitude',
  repeated: 'the same postcode again, in the same place',
  conflicting: 'the same postcode again, in another place; the first counts',
};

/** Why something of the workspace is not on the map. */
export const unplacedTitles: Readonly<Record<string, string>> = {
  nothing: 'no postcode and no position',
  'no-file': 'no postcodes are loaded',
  'not-in-file': 'the postcode is not in the loaded file',
  'stand-in': 'a stand-in code (ZZ99), not a place',
  outside: 'the position lies outside the United Kingdom',
};

/** How well something on the map is known. */
export const basisTitles: Readonly<Record<string, string>> = {
  position: 'position as a source gives it',
  grid: 'square of a grid reference',
  postcode: 'postcode, not the door',
  sector: 'postcode sector',
  district: 'postcode district',
};

import { encodeUtf8 } from './csv.ts';
import { buildCallDataTable, callDataFile, drawCallData } from './files/callData.ts';
import { buildCustodyTable, custodyFile, drawCustody } from './files/custody.ts';
import { buildIntelligenceTable, drawIntelligence, intelligenceFile } from './files/intelligence.ts';
import { buildNominalsTable, drawNominals, nominalsFile } from './files/nominals.ts';
import { buildDutiesTable, buildOfficersTable, drawOfficers, officersFile } from './files/officers.ts';
import { drawCounty, drawPostcodes, outlineFile, postcodesFile } from './files/places.ts';
import { buildPremisesTable, drawPremises, premisesFile } from './files/premises.ts';
import { buildReferralsTable, drawReferrals, referralsFile } from './files/referrals.ts';
import { buildSubscribersTable, drawSubscribers, subscribersFile } from './files/subscribers.ts';
import { buildVehiclesTable, drawVehicles, vehiclesFile } from './files/vehicles.ts';
import { buildWarrantsTable, drawWarrants, warrantsFile } from './files/warrants.ts';
import { drawPhotograph, drawPhotographList, photographs, writeInitials } from './photographs.ts';
import { makePlan } from './plan.ts';
import { readme } from './readme.ts';
import { makeTruth } from './truth.ts';

function encodeJson(value: unknown): Uint8Array {
  return encodeUtf8(`${JSON.stringify(value, null, 1)}\n`);
}

/** Every file of the demonstration operation by its path under `resources/demo`. Same bytes every time. */
export async function buildDemo(): Promise<Map<string, Uint8Array>> {
  const nominals = buildNominalsTable();
  const intelligence = buildIntelligenceTable();
  const subscribers = buildSubscribersTable();
  const callData = buildCallDataTable();
  const premises = buildPremisesTable();
  const vehicles = buildVehiclesTable();
  const officers = buildOfficersTable();
  const duties = buildDutiesTable();
  const warrants = buildWarrantsTable();
  const referrals = buildReferralsTable();
  const custody = buildCustodyTable();

  const files = new Map<string, Uint8Array>();
  files.set(nominalsFile, await drawNominals(nominals));
  files.set(intelligenceFile, await drawIntelligence(intelligence));
  files.set(subscribersFile, drawSubscribers(subscribers));
  files.set(callDataFile, drawCallData(callData));
  files.set(premisesFile, await drawPremises(premises));
  files.set(vehiclesFile, await drawVehicles(vehicles));
  files.set(officersFile, await drawOfficers(officers, duties));
  files.set(warrantsFile, await drawWarrants(warrants));
  files.set(referralsFile, await drawReferrals(referrals));
  files.set(custodyFile, drawCustody(custody));

  const tables = [
    nominals,
    intelligence,
    subscribers,
    callData,
    premises,
    vehicles,
    officers,
    duties,
    warrants,
    referrals,
    custody,
  ];
  files.set('truth.json', encodeJson(makeTruth(tables, files)));
  files.set('plan.json', encodeJson(makePlan()));
  photographs.forEach((photograph, index) => {
    files.set(photograph.file, drawPhotograph(writeInitials(photograph.person), index));
  });
  files.set(postcodesFile, drawPostcodes());
  files.set(outlineFile, drawCounty());
  files.set('photographs.csv', drawPhotographList());
  files.set('README.md', encodeUtf8(readme));
  // A checkout that changes line ends would change the bytes that truth.json names.
  files.set('.gitattributes', encodeUtf8('* -text\n'));
  return files;
}

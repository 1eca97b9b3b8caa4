export interface Particulars {
  name: string;
  home: string;
  phone: string;
  vehicle: string;
}

type Writer = (about: Particulars) => string;

const writers: readonly Writer[] = [
  ({ name, phone }) => `${name} is using ${phone}.\nThe number is shared with customers of the Marlo line.`,
  ({ name, home }) => `${name} is staying at ${home} from Thursday to Sunday.`,
  ({ name, vehicle }) => `${name} drives a ${vehicle} between Aldermoor and Fellshire twice a week.`,
  ({ home }) =>
    `Short visits at ${home} between 1000 and 2300 hours, up to forty a day.\nCallers leave within two minutes.`,
  ({ name }) =>
    `${name} collects cash for the Marlo line on Sunday evenings and takes it to Aldermoor by train.`,
  ({ name, home }) =>
    `Wraps are prepared at ${home}.\nScales and a vacuum packer are kept in the kitchen.\n${name} has the only key.`,
  ({ phone }) =>
    `Group text from 07700 900417 received on ${phone}: "marlo back on best of both 3 for 25 til late".`,
  ({ name }) => `${name} carries a lock knife in the waistband.`,
  ({ name, vehicle }) => `The ${vehicle} was at Hollinbeck station at 1905 hours and collected ${name}.`,
  ({ name }) =>
    `${name} threatened a tenant in Stangarth who wanted his keys back.\nThe tenant has not been seen in town since.`,
  ({ home }) =>
    `A child of about 15 was at ${home} late on a school night.\nSafeguarding: passed to Children’s Services the same day.`,
  ({ name }) => `${name} tells young people that they owe for a lost package. The debt goes up each week.`,
  ({ home }) => `Rear door of ${home} has been reinforced with a steel bar. Front door is timber.`,
  ({ name }) => `${name} has a new phone. The old handset went into the river at Ferry Steps.`,
  ({ name, vehicle }) => `${name} hides packages behind the glove box of the ${vehicle}.`,
  ({ home, name }) => `Restock expected at ${home} on Wednesday night.\n${name} to meet the car.`,
  ({ name }) =>
    `${name} recruits through a fast food shop near Aldermoor bus station, offering trainers and trips.`,
  ({ name, phone }) => `Top-up of £20 for ${phone} paid in cash; ${name} on the shop's camera.`,
];

/** Text of the log at a position. Facts only: nothing in it may point to where it came from. */
export function makeIntelligenceText(index: number, about: Particulars): string {
  const writer = writers[(index * 7) % writers.length];
  if (!writer) throw new Error('there are texts');
  return writer(about);
}

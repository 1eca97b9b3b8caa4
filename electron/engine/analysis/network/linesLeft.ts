/** Which deal lines somebody can still work when some people are taken out: by who is recorded with each. */
import type { NetworkComparison } from '../../../../shared/contract/areas/network.ts';
import { neighboursOf } from './graph.ts';
import { roleOf } from './readNetwork.ts';
import type { Teller } from './tell.ts';
import { count, some } from './tell.ts';

type LineLeft = NetworkComparison['lines'][number];

const mostNamed = 60;
const are = (value: number) => (value === 1 ? 'is' : 'are');

/** Every line, with who is left of those whom a record links with it. Nobody who is protected is named as left to work it. */
export function tellLines(teller: Teller, without: ReadonlySet<number>): LineLeft[] {
  return [...teller.network.refs.keys()]
    .filter((node) => teller.network.kinds[node] === 'lines')
    .map((node) => tellLine(teller, node, without));
}

function tellLine(teller: Teller, node: number, without: ReadonlySet<number>): LineLeft {
  const { network } = teller;
  const refOf = (other: number) => network.refs[other] ?? '';
  const others = [...neighboursOf(network.graph, node)];
  const people = others.filter((other) => network.kinds[other] === 'people');
  const left = people.filter((other) => !without.has(other));
  const isCustomer = (other: number) => roleOf(network, refOf(other)) === 'USER';
  const free = left.filter((other) => !network.protection.has(other));
  const working = free.filter((other) => !isCustomer(other));
  const name = teller.labelOf(refOf(node));
  const line = { ref: refOf(node), left: working.slice(0, mostNamed).map(refOf) };
  const words = [tellHolders(teller, node, without)];
  const customers = free.length - working.length;
  if (customers > 0)
    words.push(
      `${some(customers, 'person', 'people')} left with it ${are(customers)} recorded as ${customers === 1 ? 'a customer' : 'customers'}.`,
    );
  if (left.length > free.length)
    words.push(
      'Safeguarding first: somebody who is or may be a child, a victim or at risk is left with it, and may be used to keep it going.',
    );
  if (without.has(node)) {
    words.unshift(
      `${name} is taken out.`,
      working.length === 0
        ? 'Nobody else who could work another number is recorded with it.'
        : `${some(working.length, 'person', 'people')} linked with it could work another number.`,
    );
    return { ...line, state: 'out', words: words.join(' ') };
  }
  if (working.length > 0) {
    words.unshift(
      `${name} can go on: of ${some(people.length, 'person', 'people')} linked with it ${count(working.length)} ${are(working.length)} left.`,
    );
    return { ...line, state: 'linked', words: words.join(' ') };
  }
  const rest = others.filter((other) => !without.has(other) && network.kinds[other] !== 'people').length;
  words.unshift(
    people.length === 0
      ? `Nobody is recorded with ${name}: who works it is not known.`
      : `Nobody recorded with ${name} who could work it is left. Somebody who is not recorded may.`,
  );
  if (rest > 0) words.push(`${some(rest, 'other link')} of it ${are(rest)} left.`);
  return { ...line, state: 'alone', words: words.join(' ') };
}

/** What becomes of those whom the record of the line names as its holders. */
function tellHolders({ network }: Teller, node: number, without: ReadonlySet<number>): string {
  const { graph } = network;
  const holders: number[] = [];
  for (let at = graph.starts[node] ?? 0; at < (graph.starts[node + 1] ?? 0); at += 1) {
    const ties = network.ties[graph.pairs[at] ?? 0] ?? [];
    if (ties.some((tie) => tie.kind === 'plan' && tie.link.relation === 'holder of the line'))
      holders.push(graph.ends[at] ?? 0);
  }
  if (holders.length === 0) return 'No holder is recorded.';
  const left = holders.filter((holder) => !without.has(holder)).length;
  if (left === 0)
    return holders.length === 1
      ? 'Its recorded holder is taken out.'
      : 'All its recorded holders are taken out.';
  return left === holders.length
    ? `${holders.length === 1 ? 'Its recorded holder is' : 'All its recorded holders are'} left.`
    : `${count(left)} of ${count(holders.length)} recorded holders ${are(left)} left.`;
}

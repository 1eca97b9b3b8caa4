/** The links of one entity of the network, each with what it rests on. */
import type { NetworkLink, NetworkLinks, NetworkOptions } from '../../../../shared/contract/areas/network.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { makeRef } from '../../../../shared/grid/grids.ts';
import { readPlace } from '../../database/queries/evidence.ts';
import type { Moment } from '../../database/queries/expressions.ts';
import type { Session } from '../../session.ts';
import { chooseOptions, rowsOf, type Tie } from './buildNetwork.ts';
import { findGroups } from './groups.ts';
import { networkOf, type Work } from './networkOf.ts';
import { numberIn } from './readNetwork.ts';
import { tellEntity } from './report.ts';
import { createTeller, tellTie } from './tell.ts';

const mostOthers = 200;
const mostSources = 3;

/** @throws AppError `not-found` for what has no link in the network. */
export async function showLinks(
  session: Session,
  moment: Moment,
  request: { ref: string; options?: NetworkOptions | undefined },
  work: Work = {},
): Promise<NetworkLinks> {
  const teller = createTeller(
    session.reader,
    await networkOf(session, moment, chooseOptions(request.options), work),
  );
  const { network, measured } = teller;
  const { graph } = network;
  const node = numberIn(network, request.ref);
  if (node === undefined)
    throw new AppError('not-found', `${request.ref} has no link in the network with these settings.`);
  const groups = findGroups(teller);
  const { rank: _, ...entity } = tellEntity(teller, groups, node, true);
  const own = entity.ref;
  const others = [];
  for (let at = graph.starts[node] ?? 0; at < (graph.starts[node + 1] ?? 0); at += 1) {
    const other = graph.ends[at] ?? 0;
    others.push({
      other,
      ties: network.ties[graph.pairs[at] ?? 0] ?? [],
      community: groups[measured.community[other] ?? -1]?.id ?? null,
    });
  }
  const standsFor = network.standsFor.get(own) ?? [];
  const shown = others
    .sort((x, y) => sum(y.ties) - sum(x.ties) || x.other - y.other)
    .slice(0, mostOthers)
    .map(({ other, ties, community }) => ({
      ref: network.refs[other] ?? '',
      community,
      links: ties.map((tie) => tellLink(session, tie)),
    }));
  for (const { ref, links } of shown)
    for (const each of [ref, ...links.flatMap(({ from, to }) => [from, to])]) teller.labelOf(each);
  for (const ref of [own, ...standsFor, ...entity.targets, ...entity.refs]) teller.labelOf(ref);
  return { entity, standsFor, others: shown, total: others.length, labels: teller.labels };
}

const sum = (ties: readonly Tie[]): number => ties.reduce((total, tie) => total + rowsOf(tie), 0);

function tellLink(session: Session, tie: Tie): NetworkLink {
  const evidence = tie.kind === 'evidence' ? tie.link.evidence.slice(0, mostSources) : [];
  return {
    kind: tie.kind,
    from: tie.link.from,
    to: tie.link.to,
    words: tellTie(tie),
    count: rowsOf(tie),
    sources: evidence.flatMap((id) => {
      const place = readPlace(session.reader, id);
      return place
        ? [{ ref: makeRef('sources', place.sheetId), file: place.file, sheet: place.sheet, row: place.row }]
        : [];
    }),
    record: tie.kind === 'plan' ? tie.link.record : null,
  };
}

import { Icon } from '@blueprintjs/core';
import { useMemo } from 'react';
import type { ChartKind } from '../../../shared/contract/areas/chart.ts';
import { chartCopy, countWords, kindWords } from '../../copy/chart.ts';
import { showLabel } from '../../grid/format.ts';
import { choose, chooseLink, useChosen, useChosenLink } from './chartState.ts';
import { gradeWords, nameOf, periodWords, strengthWords } from './describe.ts';
import { LongTable } from './LongTable.tsx';
import type { Scene } from './scene.ts';

/** The same content as the picture, as two tables: the records and their links. */
export function ChartTable({ scene }: { scene: Scene }) {
  const chosen = useChosen();
  const link = useChosenLink();
  const links = useMemo(() => scene.bonds.flatMap((bond) => bond.links), [scene]);
  const nameAt = (ref: string) => showLabel(ref, { [ref]: scene.byRef.get(ref)?.node.label ?? ref });
  return (
    <div className="chart-tables">
      <LongTable
        title={chartCopy.nodesTable}
        headings={['Record', 'Kind', 'Known first', 'More', 'Links', 'Not shown', 'Grades', 'Rows']}
        count={scene.nodes.length}
        row={(index) => {
          const { ref, node, degree, pinned, faint } = scene.nodes[index] as Scene['nodes'][number];
          const hidden = Object.entries(node.hidden).map(([kind, count]) =>
            countWords(kind as ChartKind, count),
          );
          return {
            key: ref,
            chosen: chosen.has(ref),
            cells: [
              <button
                key="name"
                type="button"
                className="link"
                title={ref}
                data-ref={ref}
                onClick={() => choose([ref])}
              >
                {nameOf(node)}
              </button>,
              kindWords[node.kind][0],
              node.sign === null ? (
                ''
              ) : (
                <span key="sign" className="chart-sign">
                  <Icon icon="heart" size={11} /> {node.sign}
                </span>
              ),
              [
                ...(node.isTarget ? ['target'] : []),
                ...(pinned ? ['pinned'] : []),
                ...(faint ? ['outside of the filter of all views'] : []),
                ...(node.sub ? [node.sub] : []),
              ].join('; '),
              degree,
              hidden.join(', '),
              gradeWords(node.grades),
              node.rows,
            ],
          };
        }}
      />
      <LongTable
        title={chartCopy.linksTable}
        headings={['From', 'Link', 'To', 'Rows or calls', 'Grades', 'Dates', 'Filter']}
        count={links.length}
        row={(index) => {
          const each = links[index] as (typeof links)[number];
          const isLooked = link?.includes(each.from) === true && link.includes(each.to);
          return {
            key: each.id,
            chosen: isLooked,
            cells: [
              nameAt(each.from),
              <button
                key="link"
                type="button"
                className="link"
                onClick={() => chooseLink(each.from, each.to)}
              >
                {each.relation}
              </button>,
              nameAt(each.to),
              strengthWords(each),
              gradeWords(each.grades),
              periodWords(each.first, each.last),
              each.inside === 0 ? 'does not fit' : '',
            ],
          };
        }}
      />
    </div>
  );
}

import { Button, Icon } from '@blueprintjs/core';
import { type ChartKind, chartKinds } from '../../../shared/contract/areas/chart.ts';
import { setCrossFilter } from '../../app/crossFilter.ts';
import { openDossier, openRecord } from '../../app/navigation.ts';
import { chartCopy, countWords, kindWords } from '../../copy/chart.ts';
import { gridIcons } from '../../ui/gridIcons.ts';
import { ChartLegend } from './ChartLegend.tsx';
import { choose, chooseLink, pinRecords, useChosen, useChosenLink } from './chartState.ts';
import { nameOf } from './describe.ts';
import { LinkPanel } from './LinkPanel.tsx';
import type { Scene, SceneNode } from './scene.ts';
import { hide, mostExpandedAtOnce } from './useChartKeys.ts';

type Expand = (refs: string[], kinds?: ChartKind[]) => void;

/** Beside the chart: what is chosen and what can be done with it; with nothing chosen, what is drawn. */
export function ChartSide({ scene, onExpand }: { scene: Scene; onExpand: Expand }) {
  const chosen = useChosen();
  const link = useChosenLink();
  const nodes = [...chosen].flatMap((ref) => scene.byRef.get(ref) ?? []);
  const [first] = nodes;
  const bond =
    link === null ? undefined : scene.bonds.find(({ a, b }) => link.includes(a.ref) && link.includes(b.ref));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <aside className="chart-side" aria-label="Chosen in the chart" tabIndex={0}>
      {bond && link ? (
        <LinkPanel bond={bond} />
      ) : first === undefined ? (
        <ChartLegend />
      ) : nodes.length === 1 ? (
        <OneRecord node={first} scene={scene} onExpand={onExpand} />
      ) : (
        <Several nodes={nodes} onExpand={onExpand} />
      )}
    </aside>
  );
}

/** What stands behind a record, as buttons that show it: all of the chosen kinds, or one kind. */
function Hidden({ nodes, onExpand }: { nodes: readonly SceneNode[]; onExpand: Expand }) {
  const refs = nodes.map(({ ref }) => ref);
  const sums = chartKinds.flatMap((kind) => {
    const count = nodes.reduce((sum, { node }) => sum + (node.hidden[kind] ?? 0), 0);
    return count > 0 ? [{ kind, count }] : [];
  });
  return (
    <div className="chart-hidden">
      <Button
        size="small"
        intent="primary"
        icon="fullscreen"
        text={chartCopy.expandAll}
        onClick={() => onExpand(refs)}
      />
      {sums.map(({ kind, count }) => (
        <Button
          key={kind}
          size="small"
          icon={gridIcons[kind]}
          // Several may have the same neighbours: their sum would be too many.
          text={nodes.length === 1 ? `+${countWords(kind, count)}` : `+ ${kindWords[kind][1]}`}
          onClick={() => onExpand(refs, [kind])}
        />
      ))}
    </div>
  );
}

function Actions({ nodes }: { nodes: readonly SceneNode[] }) {
  const refs = nodes.map(({ ref }) => ref);
  const [first] = nodes;
  const allPinned = nodes.every(({ pinned }) => pinned);
  return (
    <div className="chart-actions">
      <Button
        size="small"
        icon="pin"
        text={allPinned ? chartCopy.unpin : chartCopy.pin}
        title="P"
        onClick={() => pinRecords(new Set(refs))}
      />
      <Button size="small" icon="eye-off" text={chartCopy.hide} title="Delete" onClick={() => hide(refs)} />
      {nodes.length === 1 && first && (
        <>
          <Button
            size="small"
            icon="panel-stats"
            text={chartCopy.record}
            onClick={() => openRecord(first.ref)}
          />
          <Button
            size="small"
            icon="id-number"
            text={chartCopy.dossier}
            title="F8"
            onClick={() => openDossier(first.ref)}
          />
        </>
      )}
      <Button
        size="small"
        icon="filter-list"
        text={chartCopy.filterAll}
        onClick={() =>
          setCrossFilter({
            what: `${nodes.length === 1 && first ? first.label : chartCopy.selected(nodes.length)}, ${chartCopy.title.toLowerCase()}`,
            refs,
            from: null,
            to: null,
          })
        }
      />
    </div>
  );
}

function OneRecord({ node, scene, onExpand }: { node: SceneNode; scene: Scene; onExpand: Expand }) {
  const { ref, node: record } = node;
  const bonds = scene.bonds.filter(({ a, b }) => a.ref === ref || b.ref === ref);
  return (
    <>
      <header className="chart-side-head">
        <Icon icon={gridIcons[record.kind]} size={16} />
        <div>
          <h3>{nameOf(record)}</h3>
          <p className="muted">
            {kindWords[record.kind][0]} {ref}
            {record.isTarget ? ', target' : ''}
          </p>
        </div>
      </header>
      {record.sign !== null && (
        <p className="chart-sign">
          <Icon icon="heart" size={13} /> {record.sign}. {chartCopy.safeguarding}.
        </p>
      )}
      {record.sub && <p>{record.sub}</p>}
      <Hidden nodes={[node]} onExpand={onExpand} />
      <Actions nodes={[node]} />
      <h4>
        {chartCopy.linksOf} <span className="finding-count">{bonds.length}</span>
      </h4>
      {bonds.length === 0 && <p className="muted">{chartCopy.noLinks}</p>}
      <ul className="chart-links">
        {bonds.slice(0, mostListed).map((bond) => {
          const other = bond.a.ref === ref ? bond.b : bond.a;
          return (
            <li key={other.ref}>
              <button type="button" className="chart-link" onClick={() => chooseLink(ref, other.ref)}>
                <Icon icon={gridIcons[other.kind]} size={12} />
                <span>
                  <span className="chart-link-name">{other.label}</span>
                  <span className="muted">{bond.words}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {bonds.length > mostListed && <p className="muted">{chartCopy.linksShown(mostListed, bonds.length)}</p>}
    </>
  );
}

/** More stand in the table. */
const mostListed = 100;

function Several({ nodes, onExpand }: { nodes: readonly SceneNode[]; onExpand: Expand }) {
  const signed = nodes.filter(({ node }) => node.sign !== null);
  return (
    <>
      <header className="chart-side-head">
        <Icon icon="multi-select" size={16} />
        <h3>{chartCopy.selected(nodes.length)}</h3>
      </header>
      {signed.length > 0 && (
        <p className="chart-sign">
          <Icon icon="heart" size={13} />{' '}
          {signed.map(({ label, node }) => `${label}: ${node.sign}`).join('; ')}
        </p>
      )}
      {nodes.length <= mostExpandedAtOnce && <Hidden nodes={nodes} onExpand={onExpand} />}
      <Actions nodes={nodes} />
      <ul className="chart-links">
        {nodes.slice(0, mostListed).map((node) => (
          <li key={node.ref}>
            <button type="button" className="chart-link" onClick={() => choose([node.ref])}>
              <Icon icon={gridIcons[node.kind]} size={12} />
              <span>
                <span className="chart-link-name">{node.label}</span>
                <span className="muted">
                  {kindWords[node.kind][0]} {node.ref}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

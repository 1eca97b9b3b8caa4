import { Icon, type IconName } from '@blueprintjs/core';
import { gridList } from '../../../shared/grid/grids.ts';
import type { Grid } from '../../../shared/grid/types.ts';
import { goTo, goToGrid, type View } from '../../app/navigation.ts';
import { useOverview } from '../../app/queries.ts';
import { useUnsaved } from '../../app/unsaved.ts';
import { shellCopy } from '../../copy/shell.ts';
import { gridIcons } from '../../ui/gridIcons.ts';

/** Views that put the material together. */
const pictures = [
  { icon: 'search', to: { kind: 'search' } },
  { icon: 'many-to-one', to: { kind: 'matches' } },
  { icon: 'phone', to: { kind: 'calls', ref: null } },
  { icon: 'graph', to: { kind: 'chart', from: [] } },
  { icon: 'timeline-line-chart', to: { kind: 'timeline', refs: [] } },
  { icon: 'map', to: { kind: 'map' } },
  { icon: 'layout-auto', to: { kind: 'network' } },
  { icon: 'sort-desc', to: { kind: 'priorities' } },
] as const satisfies readonly { icon: IconName; to: View }[];

const layers: readonly Grid['layer'][] = ['evidence', 'entities', 'plan', 'packs'];

/** The grids by layer of truth, with their counts. */
export function Rail({ view }: { view: View }) {
  const overview = useOverview();
  const counts = new Map(overview.data?.counts.map(({ grid, count }) => [grid, count]));
  const findings = overview.data?.findings;
  const unsaved = useUnsaved();
  return (
    <nav className="rail" aria-label="Views">
      <div className="rail-group">
        <RailItem
          icon="dashboard"
          title={shellCopy.overview}
          current={view.kind === 'overview'}
          onClick={() => goTo({ kind: 'overview' })}
        />
        <RailItem
          icon="endorsed"
          title={shellCopy.readiness}
          current={view.kind === 'readiness'}
          count={findings ? findings.blocker + findings.warning : undefined}
          tone={findings && findings.blocker > 0 ? 'danger' : undefined}
          onClick={() => goTo({ kind: 'readiness' })}
        />
        <RailItem
          icon="timeline-events"
          title={shellCopy.board}
          current={view.kind === 'board'}
          onClick={() => goTo({ kind: 'board' })}
        />
        <RailItem
          icon="time"
          title={shellCopy.clocks}
          current={view.kind === 'clocks'}
          onClick={() => goTo({ kind: 'clocks' })}
        />
        <RailItem
          icon="manual"
          title={unsaved ? shellCopy.briefingUnsaved : shellCopy.briefing}
          current={view.kind === 'briefing'}
          onClick={() => goTo({ kind: 'briefing', section: null })}
        />
        <RailItem
          icon="form"
          title={shellCopy.afterTheDay}
          current={view.kind === 'results'}
          onClick={() => goTo({ kind: 'results', premises: null })}
        />
        <RailItem
          icon="history"
          title={shellCopy.history}
          current={view.kind === 'history'}
          onClick={() => goTo({ kind: 'history' })}
        />
        <RailItem
          icon="shield"
          title={shellCopy.security}
          current={view.kind === 'security'}
          onClick={() => goTo({ kind: 'security', section: 'people' })}
        />
      </div>
      <div className="rail-group">
        <h2 className="rail-heading">{shellCopy.understand}</h2>
        {pictures.map(({ icon, to }) => (
          <RailItem
            key={to.kind}
            icon={icon}
            title={shellCopy.pictures[to.kind]}
            current={view.kind === to.kind}
            onClick={() => goTo(to)}
          />
        ))}
      </div>
      {layers.map((layer) => (
        <div className="rail-group" key={layer}>
          <h2 className="rail-heading">{shellCopy.layers[layer]}</h2>
          {gridList
            .filter((grid) => grid.layer === layer && grid.name !== 'operation')
            .map((grid) => (
              <RailItem
                key={grid.name}
                icon={gridIcons[grid.name]}
                title={grid.title}
                current={view.kind === 'grid' && view.grid === grid.name}
                count={counts.get(grid.name)}
                onClick={() => goToGrid(grid.name)}
              />
            ))}
        </div>
      ))}
    </nav>
  );
}

function RailItem(props: {
  icon: IconName;
  title: string;
  current: boolean;
  count?: number | undefined;
  tone?: 'danger' | undefined;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      className="rail-item"
      aria-current={props.current ? 'page' : undefined}
      onClick={props.onClick}
    >
      <Icon icon={props.icon} size={13} />
      <span className="rail-title">{props.title}</span>
      {props.count !== undefined && props.count > 0 && (
        <span className={`rail-count ${props.tone ?? ''}`}>{props.count.toLocaleString('en-GB')}</span>
      )}
    </button>
  );
}

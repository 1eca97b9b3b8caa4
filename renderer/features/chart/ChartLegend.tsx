import { Icon } from '@blueprintjs/core';
import { chartKinds } from '../../../shared/contract/areas/chart.ts';
import { chartCopy, kindWords } from '../../copy/chart.ts';
import { gridIcons } from '../../ui/gridIcons.ts';

/** What the shapes, lines and signs of the chart mean. */
export function ChartLegend() {
  return (
    <div className="chart-legend">
      <h3>{chartCopy.legend}</h3>
      <ul className="chart-legend-kinds">
        {chartKinds.map((kind) => (
          <li key={kind}>
            <span className={`legend-shape legend-${kind}`}>
              <Icon icon={gridIcons[kind]} size={11} />
            </span>
            {kindWords[kind][0]}
          </li>
        ))}
      </ul>
      <ul>
        <li>
          <span className="legend-line legend-evidence" /> {chartCopy.legendSolid}
        </li>
        <li>
          <span className="legend-line legend-plan" /> {chartCopy.legendDashed}
        </li>
        <li>
          <span className="legend-line legend-calls" /> {chartCopy.legendCalls}
        </li>
        <li className="muted">{chartCopy.legendWidth}.</li>
        <li>
          <Icon className="chart-heart" icon="heart" size={13} /> {chartCopy.legendSign}
        </li>
        <li>
          <Icon icon="locate" size={13} /> {chartCopy.legendTarget}
        </li>
        <li>
          <Icon icon="pin" size={13} /> {chartCopy.legendPinned}
        </li>
        <li>
          <span className="legend-count">+12</span> {chartCopy.legendHidden}
        </li>
      </ul>
      <p className="muted">{chartCopy.hint}</p>
    </div>
  );
}

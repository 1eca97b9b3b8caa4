import { Button, ButtonGroup, Checkbox, HTMLSelect, PopoverNext } from '@blueprintjs/core';
import type { ReactNode, RefObject } from 'react';
import { type ChartPicture, type ChartState, chartKinds } from '../../../shared/contract/areas/chart.ts';
import { chartCopy, kindWords } from '../../copy/chart.ts';
import type { CanvasHandle } from './ChartCanvas.tsx';
import { ChartFilters } from './ChartFilters.tsx';
import { askFor, changeChart, choose, useChartSteps } from './chartState.ts';
import { stepBack, stepForward } from './useChartKeys.ts';

const groupings = ['kind', 'line', 'group'] as const;

/** What the chart can do as a whole. */
export function ChartToolbar(props: {
  picture: ChartPicture | undefined;
  canvas: RefObject<CanvasHandle | null>;
  asTable: boolean;
  onTable: (asTable: boolean) => void;
  find: ReactNode;
}) {
  const { past, future, present } = useChartSteps();
  const hasNodes = present.nodes.length > 0;
  return (
    <div className="chart-toolbar">
      {props.find}
      {/* Without records there is nothing that the rest could do. */}
      {hasNodes && (
        <>
          <Kinds state={present} />
          <ChartFilters state={present} grades={props.picture?.grades ?? []} />
          <HTMLSelect
            aria-label={chartCopy.group}
            value={present.groupBy ?? ''}
            onChange={(event) => {
              const groupBy = groupings.find((each) => each === event.currentTarget.value) ?? null;
              changeChart({ groupBy });
              askFor({ arrange: 'all' });
            }}
          >
            <option value="">{chartCopy.groupNone}</option>
            {groupings.map((each) => (
              <option key={each} value={each}>
                {chartCopy.groups[each]}
              </option>
            ))}
          </HTMLSelect>
          <Button
            size="small"
            icon="layout"
            text={chartCopy.arrange}
            title={chartCopy.arrangeTitle}
            onClick={() => {
              changeChart({});
              askFor({ arrange: 'all' });
            }}
          />
          <Button
            size="small"
            icon="zoom-to-fit"
            text={chartCopy.fit}
            title={chartCopy.fitTitle}
            onClick={() => props.canvas.current?.fit()}
          />
        </>
      )}
      {(past.length > 0 || future.length > 0) && (
        <ButtonGroup>
          <Button
            size="small"
            icon="undo"
            aria-label={chartCopy.undo}
            title={`${chartCopy.undo} (Ctrl+Z)`}
            disabled={past.length === 0}
            onClick={stepBack}
          />
          <Button
            size="small"
            icon="redo"
            aria-label={chartCopy.redo}
            title={`${chartCopy.redo} (Ctrl+Y)`}
            disabled={future.length === 0}
            onClick={stepForward}
          />
        </ButtonGroup>
      )}
      {hasNodes && (
        <>
          <Button
            size="small"
            icon="clean"
            text={chartCopy.clear}
            onClick={() => {
              changeChart({ nodes: [] });
              choose([]);
            }}
          />
          <span className="status-gap" />
          <ButtonGroup>
            <Button
              size="small"
              text={chartCopy.picture}
              title={chartCopy.toggleTitle}
              active={!props.asTable}
              aria-pressed={!props.asTable}
              onClick={() => props.onTable(false)}
            />
            <Button
              size="small"
              text={chartCopy.table}
              title={chartCopy.toggleTitle}
              active={props.asTable}
              aria-pressed={props.asTable}
              onClick={() => props.onTable(true)}
            />
          </ButtonGroup>
        </>
      )}
    </div>
  );
}

function Kinds({ state }: { state: ChartState }) {
  const kinds = new Set(state.kinds);
  return (
    <PopoverNext
      placement="bottom-start"
      arrow={false}
      animation="minimal"
      inheritDarkTheme={false}
      content={
        <div className="chart-popover">
          <fieldset>
            <legend>{chartCopy.kindsTitle}</legend>
            {chartKinds.map((kind) => (
              <Checkbox
                key={kind}
                label={sentence(kindWords[kind][1])}
                checked={kinds.has(kind)}
                onChange={() =>
                  changeChart({
                    kinds: chartKinds.filter((each) => (each === kind ? !kinds.has(kind) : kinds.has(each))),
                  })
                }
              />
            ))}
          </fieldset>
        </div>
      }
    >
      <Button
        size="small"
        icon="eye-open"
        text={`${chartCopy.kinds}: ${kinds.size}`}
        title={chartCopy.kindsTitle}
      />
    </PopoverNext>
  );
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

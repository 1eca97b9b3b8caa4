import './map.css';
import { Button, ButtonGroup, Checkbox, Spinner } from '@blueprintjs/core';
import { useCallback, useMemo, useState } from 'react';
import { setCrossFilter } from '../../app/crossFilter.ts';
import { openRecord } from '../../app/navigation.ts';
import { describeError } from '../../app/reportError.ts';
import { useMay } from '../../app/role.ts';
import { mapCopy } from '../../copy/map.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ViewHead } from '../../ui/ViewHead.tsx';
import { NarrowedChip } from '../pictures/NarrowedChip.tsx';
import { KeepMap } from './KeepMap.tsx';
import { MapCanvas } from './MapCanvas.tsx';
import { MapSide } from './MapSide.tsx';
import { MapTables } from './MapTables.tsx';
import { PlacesDialog } from './PlacesDialog.tsx';
import { refsOfItems } from './spots.ts';
import { useMapScene } from './useMapScene.ts';

/** Premises, people, warrants, crimes and cells by postcode or position; as a picture and as a table. */
export function MapView() {
  const scene = useMapScene();
  const { status, items, map, view, chosen, area } = scene;
  const [asTable, setAsTable] = useState(false);
  const [isLoading, setLoading] = useState(false);
  const may = useMay();
  const file = status.data?.postcodes ?? null;
  const note = file ? `${mapCopy.source(file.file)}. ${mapCopy.shown(scene.shown.length)}.` : undefined;
  const listUnplaced = useCallback(() => setAsTable(true), []);
  const hasNothing =
    map !== undefined && map.placed.length === 0 && map.unplaced.length === 0 && file === null;

  return (
    <section className="view map" aria-label={mapCopy.title}>
      <ViewHead title={mapCopy.title} note={note}>
        {scene.items.hasFilters && (
          <Checkbox
            className="map-filtered"
            checked={items.asFiltered}
            label={mapCopy.asFiltered}
            title={mapCopy.asFilteredHint}
            onChange={(event) => items.setAsFiltered(event.currentTarget.checked)}
          />
        )}
        <ButtonGroup>
          <Button
            size="small"
            text={mapCopy.picture}
            active={!asTable}
            aria-pressed={!asTable}
            onClick={() => setAsTable(false)}
          />
          <Button
            size="small"
            text={mapCopy.table}
            active={asTable}
            aria-pressed={asTable}
            onClick={() => setAsTable(true)}
          />
        </ButtonGroup>
        <KeepMap scene={scene} />
        <Button size="small" icon="map-marker" text={mapCopy.files} onClick={() => setLoading(true)} />
      </ViewHead>
      <NarrowedChip />
      {map === undefined && items.query.isPending && (
        <div className="panel-loading">
          <Spinner size={20} aria-label={mapCopy.loading} />
        </div>
      )}
      {items.query.error && (
        <EmptyState
          icon="error"
          title={mapCopy.failed}
          description={describeError(items.query.error).words}
        />
      )}
      {hasNothing && (
        <EmptyState
          icon="map"
          title={mapCopy.noFileTitle}
          description={may ? mapCopy.noFile : mapCopy.noFileReader}
          {...(may
            ? {
                action: (
                  <Button
                    intent="primary"
                    icon="map-marker"
                    text={mapCopy.load}
                    onClick={() => setLoading(true)}
                  />
                ),
              }
            : {})}
        />
      )}
      {map !== undefined && !hasNothing && (
        <div className="map-area">
          <MapSide
            map={map}
            layers={scene.layers}
            counts={scene.counts}
            isNarrowed={items.isNarrowed}
            chosen={chosen}
            spots={scene.spots}
            onSpot={scene.goToSpot}
            onNearer={scene.nearer}
            onClear={scene.clear}
            onListUnplaced={listUnplaced}
          />
          {asTable ? (
            <MapTables
              items={scene.shown}
              unplaced={map.unplaced}
              unplacedTotal={Object.values(map.unplacedCounts).reduce((sum, count) => sum + count, 0)}
              chosen={chosen.length === 1 ? (chosen[0] ?? null) : null}
            />
          ) : (
            <MapPicture scene={scene} onLoad={may && file === null ? () => setLoading(true) : null} />
          )}
        </div>
      )}
      {isLoading && <PlacesDialog onClose={() => setLoading(false)} />}
      <p className="only-spoken" aria-live="polite">
        {view.spoken}
        {area ? mapCopy.area(scene.inArea.length) : ''}
      </p>
    </section>
  );
}

function MapPicture({
  scene,
  onLoad,
}: {
  scene: ReturnType<typeof useMapScene>;
  onLoad: (() => void) | null;
}) {
  const { area, inArea, view } = scene;
  const refs = useMemo(() => refsOfItems(inArea), [inArea]);
  const attributions = [scene.status.data?.postcodes?.attribution, scene.status.data?.outline?.attribution];
  return (
    <div className="map-picture">
      <MapCanvas
        camera={view.camera}
        size={view.size}
        scene={scene.drawn}
        words={`${mapCopy.shown(scene.shown.length)}.`}
        onSize={view.setSize}
        onCamera={view.move}
        onChoose={(cluster) => {
          scene.choose(cluster);
          const [item] = cluster?.spots[0]?.items ?? [];
          if (cluster?.count === 1 && item && item.kind !== 'cell') openRecord(item.ref);
        }}
        onStep={scene.step}
        onArea={scene.setArea}
        onAreaInView={scene.chooseView}
        onFit={view.showAll}
      />
      <div className="map-zoom">
        <Button
          icon="plus"
          aria-label={mapCopy.zoomIn}
          title={mapCopy.zoomIn}
          onClick={() => view.zoom(1.6)}
        />
        <Button
          icon="minus"
          aria-label={mapCopy.zoomOut}
          title={mapCopy.zoomOut}
          onClick={() => view.zoom(1 / 1.6)}
        />
        <Button icon="zoom-to-fit" aria-label={mapCopy.fit} title={mapCopy.fit} onClick={view.showAll} />
        <Button
          icon="select"
          aria-label={mapCopy.areaInView}
          title={mapCopy.areaInView}
          onClick={scene.chooseView}
        />
      </div>
      {area && (
        <div className="map-chosen-area" role="status">
          <span>{inArea.length === 0 ? mapCopy.areaNone : mapCopy.area(refs.length)}</span>
          <Button
            size="small"
            intent="primary"
            icon="filter"
            text={mapCopy.filterByArea}
            disabled={refs.length === 0}
            onClick={() => {
              setCrossFilter({
                what: mapCopy.areaOf(refs.length, scene.areaReference),
                refs,
                from: null,
                to: null,
              });
              scene.setArea(null, true);
            }}
          />
          <Button size="small" text={mapCopy.clear} onClick={() => scene.setArea(null, true)} />
        </div>
      )}
      {scene.shown.length === 0 && (
        <div className="map-empty">
          <EmptyState
            icon="map"
            title={onLoad ? mapCopy.noFileTitle : mapCopy.nothingHere}
            description={onLoad ? mapCopy.noFile : mapCopy.nothingHereWords}
            {...(onLoad
              ? { action: <Button intent="primary" icon="map-marker" text={mapCopy.load} onClick={onLoad} /> }
              : {})}
          />
        </div>
      )}
      <p className="map-foot muted">
        <span>{mapCopy.keysShort}</span>
        <span>{attributions.filter((words) => words).join(' ')}</span>
      </p>
    </div>
  );
}

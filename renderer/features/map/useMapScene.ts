import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useConnection } from '../../app/connection.ts';
import { mapCopy } from '../../copy/map.ts';
import { type Box, boundsOf, boxOf, type Camera, cameraOn, type Size, zoomAt } from './camera.ts';
import type { Scene } from './drawMap.ts';
import { squareOf } from './mapTable.ts';
import {
  type Cluster,
  inReadingOrder,
  itemsIn,
  levelOf,
  makeClusters,
  makeSpots,
  type Spot,
} from './spots.ts';
import {
  keepCamera,
  keptCamera,
  useGround,
  useLayers,
  useMapItems,
  useOutline,
  usePlacesStatus,
} from './useMap.ts';

/** The middle of the kingdom, from far away: until something is known to be nearer. */
const far: Camera = { easting: 400_000, northing: 500_000, scale: 1200 };

/** What the map shows and what is chosen on it: one place for the picture, the table and the kept picture. */
export function useMapScene() {
  const status = usePlacesStatus();
  const items = useMapItems();
  const layers = useLayers();
  const outline = useOutline(status.data?.outline?.sha256);
  const map = items.query.data;
  const { isNarrowed } = items;

  const counts = useMemo(() => {
    const found = new Map<Scene['clusters'][number]['spots'][number]['kind'], number>();
    for (const { kind } of map?.placed ?? []) found.set(kind, (found.get(kind) ?? 0) + 1);
    return found;
  }, [map]);
  const shown = useMemo(
    () => (map?.placed ?? []).filter(({ kind }) => layers[kind] && !(isNarrowed && kind === 'cell')),
    [map, layers, isNarrowed],
  );
  const spots = useMemo(() => makeSpots(shown), [shown]);

  const now = useConnection();
  const workspace = now.phase === 'connected' ? (now.open?.workspaceId ?? '') : '';
  const [camera, setCamera] = useState<Camera | null>(() => keptCamera(workspace));
  useEffect(() => keepCamera(workspace, camera), [workspace, camera]);
  const [size, setSize] = useState<Size>({ width: 900, height: 600 });
  const [chosenKeys, setChosen] = useState<readonly string[]>([]);
  const [focused, setFocused] = useState<string | null>(null);
  const [area, setAreaBox] = useState<Box | null>(null);

  // Until the user moves it, the map follows what there is to see.
  const extent = status.data?.extent ?? null;
  const everything = useMemo(() => boundsOf(spots) ?? extent, [spots, extent]);
  const shownCamera = useMemo(
    () => camera ?? (everything ? cameraOn(everything, size) : far),
    [camera, everything, size],
  );

  const ground = useGround(shownCamera, size, status.data?.postcodes?.sha256);
  const level = levelOf(shownCamera.scale);
  const clusters = useMemo(() => makeClusters(spots, level), [spots, level]);
  const byKey = useMemo(() => new Map(spots.map((spot) => [spot.key, spot])), [spots]);
  const chosen = useMemo(() => chosenKeys.flatMap((key) => byKey.get(key) ?? []), [chosenKeys, byKey]);
  const ringed = useMemo(() => {
    const keys = new Set(chosenKeys);
    const isChosen = (cluster: Cluster) => cluster.spots.some((spot) => keys.has(spot.key));
    return new Set(keys.size === 0 ? [] : clusters.filter(isChosen).map(({ key }) => key));
  }, [clusters, chosenKeys]);

  const drawn = useMemo(
    (): Scene => ({
      ground: layers.ground && status.data?.postcodes ? (ground.data ?? null) : null,
      outline: outline.data?.shapes ?? [],
      clusters,
      chosen: ringed,
      focused,
      area,
      numbers: null,
    }),
    [layers.ground, status.data, ground.data, outline.data, clusters, ringed, focused, area],
  );

  // Held beside the state, so that what only moves the map is the same function all the time.
  const standing = useRef(shownCamera);
  useLayoutEffect(() => {
    standing.current = shownCamera;
  }, [shownCamera]);
  const move = useCallback(
    (change: (camera: Camera) => Camera) => setCamera((now) => change(now ?? standing.current)),
    [],
  );
  const showAll = useCallback(() => setCamera(null), []);
  const zoom = useCallback(
    (factor: number) => move((now) => zoomAt(now, size, size.width / 2, size.height / 2, factor)),
    [move, size],
  );
  const choose = useCallback((cluster: Cluster | null) => {
    setChosen(cluster?.spots.map(({ key }) => key) ?? []);
    setFocused(null);
  }, []);
  const goToSpot = useCallback(
    (spot: Spot) => {
      setChosen([spot.key]);
      move((now) => ({ ...now, easting: spot.easting, northing: spot.northing }));
    },
    [move],
  );
  const nearer = useCallback(() => {
    const box = boundsOf(chosen);
    if (box) setCamera(cameraOn(box, size));
  }, [chosen, size]);
  const clear = useCallback(() => setChosen([]), []);
  const step = useCallback(
    (by: 1 | -1 | 0) => {
      const list = inReadingOrder(clusters, boxOf(shownCamera, size));
      const at = list.findIndex(({ key }) => key === focused);
      if (by === 0) {
        const reached = list[at];
        if (reached) setChosen(reached.spots.map(({ key }) => key));
        return;
      }
      const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : (at + by + list.length) % list.length];
      setFocused(next?.key ?? null);
    },
    [clusters, shownCamera, size, focused],
  );
  const setArea = useCallback((box: Box | null) => setAreaBox(box), []);
  const chooseView = useCallback(() => setAreaBox(boxOf(shownCamera, size)), [shownCamera, size]);
  const inArea = useMemo(() => (area ? itemsIn(spots, area) : []), [area, spots]);

  // What was reached by key is gone when clusters are made anew.
  useEffect(() => {
    setFocused((now) => (now !== null && clusters.some(({ key }) => key === now) ? now : null));
  }, [clusters]);

  const reached = focused === null ? undefined : clusters.find(({ key }) => key === focused);
  return {
    status,
    items,
    layers,
    map,
    counts,
    shown,
    spots,
    chosen,
    choose,
    goToSpot,
    nearer,
    clear,
    step,
    area,
    setArea: setArea as (box: Box | null, isDone: boolean) => void,
    chooseView,
    inArea,
    areaReference: area
      ? squareOf({ easting: (area.west + area.east) / 2, northing: (area.south + area.north) / 2 }) || 'here'
      : '',
    drawn,
    view: {
      camera: shownCamera,
      size,
      setSize,
      move,
      zoom,
      showAll,
      spoken: reached ? spokenOf(reached) : '',
    },
  };
}

/** A cluster in words, for those who go through the map by key. */
function spokenOf(cluster: Cluster): string {
  const [spot] = cluster.spots;
  const guard = cluster.isProtected ? ` ${mapCopy.safeguarding}.` : '';
  if (cluster.spots.length > 1 || !spot)
    return `${mapCopy.places(cluster.spots.length, cluster.count)}.${guard}`;
  const [item] = spot.items;
  return `${item?.label ?? ''}, ${spot.by}.${guard} `;
}

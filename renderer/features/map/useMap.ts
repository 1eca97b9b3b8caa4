import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Placed, PlacesMap } from '../../../shared/contract/areas/places.ts';
import { grids } from '../../../shared/grid/grids.ts';
import { narrowWhere } from '../../../shared/grid/narrowing.ts';
import type { Where } from '../../../shared/grid/query.ts';
import { useClient } from '../../app/connection.ts';
import { useCrossFilter } from '../../app/crossFilter.ts';
import { useFilters } from '../../app/navigation.ts';
import { createStore, useStore } from '../../app/store.ts';
import { boxOf, type Camera, type Size, squareMetres } from './camera.ts';

/** What the user chose to see, kept over going to other views. */
export interface Layers extends Record<Placed['kind'], boolean> {
  ground: boolean;
}

const layers = createStore<Layers>({
  premises: true,
  warrant: true,
  person: true,
  crime: true,
  cell: true,
  ground: true,
});
export const useLayers = (): Layers => useStore(layers);
export const toggleLayer = (name: keyof Layers): void =>
  layers.set((now) => ({ ...now, [name]: !now[name] }));

/** Where the map of a workspace was left; null where it follows what there is to see. */
const lastCamera = createStore<{ workspace: string; camera: Camera | null }>({ workspace: '', camera: null });

export function keptCamera(workspace: string): Camera | null {
  const kept = lastCamera.get();
  return kept.workspace === workspace ? kept.camera : null;
}

export const keepCamera = (workspace: string, camera: Camera | null): void =>
  lastCamera.set({ workspace, camera });

/** Which files are loaded. */
export function usePlacesStatus() {
  const client = useClient();
  return useQuery({
    queryKey: ['places', 'status'],
    queryFn: () => client.places.status(),
    placeholderData: keepPreviousData,
  });
}

/** The outline as it is drawn; asked for again only when another one was loaded. */
export function useOutline(sha256: string | undefined) {
  const client = useClient();
  return useQuery({
    queryKey: ['places', 'outline', sha256],
    queryFn: () => client.places.outline(),
    enabled: sha256 !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Everything that has a place, narrowed as everything is, and with `asFiltered` as the grids are filtered. */
export function useMapItems() {
  const client = useClient();
  const narrowing = useCrossFilter();
  const [asFiltered, setAsFiltered] = useState(false);
  const filters = {
    premises: useFilters('premises'),
    people: useFilters('people'),
    crimes: useFilters('crimes'),
    warrants: useFilters('warrants'),
  };
  const hasFilters = Object.values(filters).some((where) => Object.keys(where).length > 0);
  const whereOf = (name: keyof typeof filters): Where => ({
    ...(asFiltered ? filters[name] : {}),
    ...narrowWhere(grids[name], narrowing),
  });
  const parts = (['premises', 'people', 'crimes', 'warrants'] as const)
    .map((name) => [name, whereOf(name)] as const)
    .filter(([, where]) => Object.keys(where).length > 0);
  const where = parts.length > 0 ? Object.fromEntries(parts) : null;
  const query = useQuery({
    queryKey: ['places', 'map', where],
    queryFn: ({ signal }): Promise<PlacesMap> => client.places.map(where ? { where } : {}, { signal }),
    placeholderData: keepPreviousData,
  });
  return { query, isNarrowed: narrowing !== null, hasFilters, asFiltered, setAsFiltered };
}

/** What is drawn below: fetched for more ground than is seen, so that a little panning asks for nothing. */
export function useGround(camera: Camera | null, size: Size, sha256: string | undefined) {
  const client = useClient();
  const asked = useMemo(() => (camera ? groundOf(camera, size) : null), [camera, size]);
  const key = asked ? JSON.stringify(asked) : '';
  return useQuery({
    queryKey: ['places', 'ground', key, sha256],
    queryFn: ({ signal }) => client.places.ground(asked ?? emptyGround, { signal }),
    enabled: asked !== null && sha256 !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

const emptyGround = { box: { west: 0, south: 0, east: 0, north: 0 }, metres: 100_000 };

function groundOf(camera: Camera, size: Size) {
  const scale = 2 ** Math.ceil(Math.log2(camera.scale));
  const box = boxOf(camera, size);
  const step = (length: number) => Math.max(1000, Math.round((length * scale) / 2));
  const [wide, high] = [step(size.width), step(size.height)];
  const limit = (metres: number) => Math.max(-900_000, Math.min(2_900_000, metres));
  return {
    box: {
      west: limit(Math.floor(box.west / wide) * wide),
      south: limit(Math.floor(box.south / high) * high),
      east: limit(Math.ceil(box.east / wide) * wide),
      north: limit(Math.ceil(box.north / high) * high),
    },
    metres: squareMetres(camera.scale),
  };
}

import { useConnection } from '../../app/connection.ts';
import { mapCopy } from '../../copy/map.ts';
import { KeepPicture } from '../pictures/KeepPicture.tsx';
import { makeMapPng, pictureView } from './mapPicture.ts';
import { pictureTable } from './mapTable.ts';
import { refsOfItems } from './spots.ts';
import type { useMapScene } from './useMapScene.ts';

/** Keeps or saves what is in view: the picture, and the table with the same content. */
export function KeepMap({ scene }: { scene: ReturnType<typeof useMapScene> }) {
  const now = useConnection();
  const marking = now.phase === 'connected' ? (now.open?.marking ?? '') : '';
  const { view, chosen, status } = scene;
  const picture = () => pictureView(view.camera, view.size, scene.drawn.clusters);
  const { postcodes, outline } = status.data ?? {};
  return (
    <KeepPicture
      kind="map"
      title={mapCopy.pictureTitle}
      makePng={() =>
        makeMapPng(picture(), scene.drawn, {
          title: mapCopy.pictureTitle,
          marking,
          legend: mapCopy.pictureLegend,
          notes: [
            mapCopy.pictureNote,
            postcodes ? mapCopy.source(postcodes.file) : '',
            postcodes?.attribution ?? '',
            outline?.attribution ?? '',
          ],
        })
      }
      table={() => pictureTable(picture().clusters, chosen.length === 1 ? (chosen[0] ?? null) : null)}
      refs={() => refsOfItems(picture().clusters.flatMap(({ spots }) => spots.flatMap(({ items }) => items)))}
    />
  );
}

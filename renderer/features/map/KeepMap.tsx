import { useConnection } from '../../app/connection.ts';
import { mapCopy } from '../../copy/map.ts';
import { KeepPicture } from '../pictures/KeepPicture.tsx';
import { boxOf } from './camera.ts';
import { makeMapPng } from './mapPicture.ts';
import { mapTable } from './mapTable.ts';
import { itemsIn, refsOfItems } from './spots.ts';
import type { useMapScene } from './useMapScene.ts';

/** Keeps or saves what is in view: the picture, and the table with the same content. */
export function KeepMap({ scene }: { scene: ReturnType<typeof useMapScene> }) {
  const now = useConnection();
  const marking = now.phase === 'connected' ? (now.open?.marking ?? '') : '';
  const { view, spots, chosen, status } = scene;
  const inView = () => itemsIn(spots, boxOf(view.camera, view.size));
  const { postcodes, outline } = status.data ?? {};
  return (
    <KeepPicture
      kind="map"
      title={mapCopy.pictureTitle}
      makePng={() =>
        makeMapPng(view.camera, view.size.width, scene.drawn, {
          title: mapCopy.pictureTitle,
          marking,
          notes: [
            mapCopy.pictureNote,
            postcodes ? mapCopy.source(postcodes.file) : '',
            postcodes?.attribution ?? '',
            outline?.attribution ?? '',
          ],
        })
      }
      table={() => mapTable(inView(), chosen.length === 1 ? (chosen[0] ?? null) : null)}
      refs={() => refsOfItems(inView())}
    />
  );
}

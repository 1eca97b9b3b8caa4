/** The map as a picture to keep: ink on white, with its title, the marking and what the licence of the data asks for. */
import { boxOf, type Camera, type Size } from './camera.ts';
import { drawMap, type Scene } from './drawMap.ts';
import { inkColours } from './mapColours.ts';
import { type Cluster, inReadingOrder } from './spots.ts';

const width = 1600;
const height = 1000;
const head = 34;
const foot = 48;
/** The map within the picture. */
const size = { width, height: height - head - foot };
/** Pixels of the file to one of the drawing, so that it is sharp on paper. */
const ratio = 1.5;

export interface PictureWords {
  title: string;
  marking: string;
  /** What the signs mean. */
  legend: string;
  /** One after another at the foot. */
  notes: readonly string[];
}

/** What a kept picture shows. */
export interface PictureView {
  camera: Camera;
  /** Those whose middle is in the picture, in the order of the numbers by which the table tells of them. */
  clusters: Cluster[];
}

/** Everything that is seen on a screen of that size is on the paper, which is wider or higher. */
export function pictureView(camera: Camera, screen: Size, clusters: readonly Cluster[]): PictureView {
  const smaller = Math.max(screen.width / size.width, screen.height / size.height);
  const view = { ...camera, scale: camera.scale * smaller };
  return { camera: view, clusters: inReadingOrder(clusters, boxOf(view, size)) };
}

export async function makeMapPng(view: PictureView, scene: Scene, words: PictureWords): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const paper = inkColours();
  context.fillStyle = paper.surface;
  context.fillRect(0, 0, width, height);
  context.save();
  context.translate(0, head);
  context.beginPath();
  context.rect(0, 0, width, height - head - foot);
  context.clip();
  drawMap(
    { context, camera: view.camera, size, colours: paper },
    {
      ...scene,
      clusters: view.clusters,
      numbers: new Map(view.clusters.map(({ key }, index) => [key, index + 1])),
      // Of one place that was chosen the table gives distances: it is the one with a ring.
      chosen: scene.chosen.size === 1 ? scene.chosen : new Set(),
      focused: null,
      area: null,
    },
  );
  context.restore();
  context.fillStyle = paper.text;
  context.textBaseline = 'middle';
  context.font = '700 17px "Source Sans 3", "Segoe UI", sans-serif';
  context.fillText(words.title, 12, head / 2);
  context.textAlign = 'right';
  context.fillText(words.marking, width - 12, head / 2);
  context.textAlign = 'left';
  context.font = '13px "Source Sans 3", "Segoe UI", sans-serif';
  context.fillStyle = paper.muted;
  context.fillText(words.legend, 12, height - foot + 15, width - 24);
  const notes = words.notes.filter((note) => note !== '').join('  ·  ');
  context.fillText(notes, 12, height - 15, width - 24);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png');
  });
}

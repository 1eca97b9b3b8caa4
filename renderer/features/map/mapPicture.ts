/** The map as a picture to keep: ink on white, with its title, the marking and what the licence of the data asks for. */
import type { Camera } from './camera.ts';
import { drawMap, type Scene } from './drawMap.ts';
import { paper } from './mapColours.ts';

const width = 1600;
const height = 1000;
const head = 34;
const foot = 30;
/** Pixels of the file to one of the drawing, so that it is sharp on paper. */
const ratio = 1.5;

export interface PictureWords {
  title: string;
  marking: string;
  /** One after another at the foot. */
  notes: readonly string[];
}

/** PNG of what the camera shows; `across` is how many pixels wide the picture on the screen is. */
export async function makeMapPng(
  camera: Camera,
  across: number,
  scene: Scene,
  words: PictureWords,
): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = paper.surface;
  context.fillRect(0, 0, width, height);
  context.save();
  context.translate(0, head);
  context.beginPath();
  context.rect(0, 0, width, height - head - foot);
  context.clip();
  const size = { width, height: height - head - foot };
  // The same ground across as on the screen.
  const scale = camera.scale * (across / width);
  drawMap(
    { context, camera: { ...camera, scale }, size, colours: paper },
    { ...scene, focused: null, area: null },
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
  context.fillText(
    words.notes.filter((note) => note !== '').join('  ·  '),
    12,
    height - foot / 2,
    width - 24,
  );
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png');
  });
}

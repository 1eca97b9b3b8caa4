/** The chart as a picture to keep: the whole of it, in light colours, with the table of what it shows. */

import { chartCopy, kindWords } from '../../copy/chart.ts';
import { gradeWords, nameOf, periodWords, strengthWords } from './describe.ts';
import { coverOf, showAll } from './draw/camera.ts';
import { drawScene } from './draw/drawScene.ts';
import { readPalette } from './draw/palette.ts';
import { makeSprites } from './draw/shapes.ts';
import type { Scene } from './scene.ts';

const longest = 4000;
/** Pixels of the picture for each of the chart, where it is small enough. */
const sharpness = 2;

/** @throws Error where the browser gives no picture. */
export function chartPng(scene: Scene): Promise<Blob> {
  const cover = coverOf(scene.nodes) ?? { left: 0, top: 0, right: 100, bottom: 100 };
  const [width, height] = [cover.right - cover.left + 80, cover.bottom - cover.top + 80];
  const scale = Math.min(1, longest / sharpness / Math.max(width, height));
  const size = { width: Math.ceil(width * scale), height: Math.ceil(height * scale) };
  const canvas = document.createElement('canvas');
  canvas.width = size.width * sharpness;
  canvas.height = size.height * sharpness;
  const context = canvas.getContext('2d');
  // Printed on white, whatever the theme of the window is.
  const light = document.createElement('div');
  light.className = 'chart chart-light';
  document.body.append(light);
  const palette = readPalette(light);
  light.remove();
  if (context) {
    context.setTransform(sharpness, 0, 0, sharpness, 0, 0);
    drawScene(context, scene, {
      camera: showAll(cover, size),
      size,
      palette,
      sprites: makeSprites(palette),
      ratio: sharpness,
      chosen: new Set(),
      chosenLink: null,
      focused: null,
      hovered: null,
      isMoving: false,
    });
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(chartCopy.failed))), 'image/png');
  });
}

/** Links with both ends; records without a link stand alone. */
export function chartTable(scene: Scene): { headings: string[]; rows: string[][] } {
  const ends = (ref: string) => {
    const node = scene.byRef.get(ref)?.node;
    return node ? [`${nameOf(node)} (${ref})`, kindWords[node.kind][0], node.sign ?? ''] : [ref, '', ''];
  };
  const rows = scene.bonds.flatMap(({ links }) =>
    links.map((link) => [
      ...ends(link.from),
      link.relation,
      ...ends(link.to),
      strengthWords(link),
      gradeWords(link.grades),
      periodWords(link.first, link.last),
    ]),
  );
  const alone = scene.nodes
    .filter(({ degree }) => degree === 0)
    .map(({ ref }) => [...ends(ref), '', '', '', '', '', '', '']);
  return {
    headings: ['From', 'Kind', 'Sign', 'Link', 'To', 'Kind', 'Sign', 'Rows or calls', 'Grades', 'Dates'],
    rows: [...rows, ...alone],
  };
}

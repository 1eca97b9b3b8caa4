/** Where the user looks: a point of the chart in the middle of the picture, and how large it is drawn. */
export interface Camera {
  x: number;
  y: number;
  zoom: number;
}

export interface Size {
  width: number;
  height: number;
}

export const leastZoom = 0.03;
export const mostZoom = 3;

export const clampZoom = (zoom: number): number => Math.min(mostZoom, Math.max(leastZoom, zoom));

export const toScreen = (camera: Camera, size: Size, x: number, y: number): readonly [number, number] => [
  (x - camera.x) * camera.zoom + size.width / 2,
  (y - camera.y) * camera.zoom + size.height / 2,
];

export const toChart = (camera: Camera, size: Size, x: number, y: number): readonly [number, number] => [
  (x - size.width / 2) / camera.zoom + camera.x,
  (y - size.height / 2) / camera.zoom + camera.y,
];

/** Zooms so that the point of the screen stays where it is. */
export function zoomAt(camera: Camera, size: Size, by: number, x: number, y: number): Camera {
  const zoom = clampZoom(camera.zoom * by);
  const [atX, atY] = toChart(camera, size, x, y);
  return { zoom, x: atX - (x - size.width / 2) / zoom, y: atY - (y - size.height / 2) / zoom };
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Room around a record for its words. */
const roomX = 70;
const roomY = 55;

/** What records cover, with the room for their words; null for none. */
export function coverOf(nodes: Iterable<{ x: number; y: number }>): Box | null {
  const box: Box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y } of nodes) {
    box.left = Math.min(box.left, x - roomX);
    box.right = Math.max(box.right, x + roomX);
    box.top = Math.min(box.top, y - roomY);
    box.bottom = Math.max(box.bottom, y + roomY);
  }
  return box.left === Infinity ? null : box;
}

/** Shows all of a box, no larger than life. */
export function showAll(box: Box | null, size: Size): Camera {
  if (!box) return { x: 0, y: 0, zoom: 1 };
  const zoom = Math.min(
    1.1,
    (size.width - 110) / Math.max(1, box.right - box.left),
    (size.height - 40) / Math.max(1, box.bottom - box.top),
  );
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, zoom: clampZoom(zoom) };
}

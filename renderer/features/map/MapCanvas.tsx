import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTheme } from '../../app/theme.ts';
import { mapCopy } from '../../copy/map.ts';
import { type Box, type Camera, eastingAt, northingAt, pan, type Size, zoomAt } from './camera.ts';
import { drawMap, type Scene } from './drawMap.ts';
import { screenColours } from './mapColours.ts';
import { type Cluster, hitCluster } from './spots.ts';

interface Props {
  camera: Camera;
  size: Size;
  scene: Scene;
  words: string;
  onSize: (size: Size) => void;
  onCamera: (move: (camera: Camera) => Camera) => void;
  onChoose: (cluster: Cluster | null) => void;
  /** To the next place (1) or the one before (-1); 0 chooses the one that is reached. */
  onStep: (by: 1 | -1 | 0) => void;
  onArea: (area: Box | null, isDone: boolean) => void;
  onAreaInView: () => void;
  onFit: () => void;
}

interface Drag {
  x: number;
  y: number;
  startX: number;
  startY: number;
  /** From where an area is drawn; null where the map is moved. */
  corner: { easting: number; northing: number } | null;
  moved: boolean;
}

/** Right and down, in steps, by key. */
const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const zooms: Readonly<Record<string, number>> = { '+': 1.5, '=': 1.5, '-': 1 / 1.5, _: 1 / 1.5 };

/** The picture itself: drawn by hand, moved by pointer, wheel and keys. */
export function MapCanvas(props: Props) {
  const { camera, size, scene, onCamera, onSize } = props;
  const theme = useTheme();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const drag = useRef<Drag | null>(null);
  const [dragging, setDragging] = useState<'map' | 'area' | null>(null);

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = () => onSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [onSize]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const asked = requestAnimationFrame(() => {
      const ratio = window.devicePixelRatio || 1;
      const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
      if (element.width !== width || element.height !== height) {
        element.width = width;
        element.height = height;
      }
      const context = element.getContext('2d');
      if (!context) return;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      drawMap({ context, camera, size, colours: screenColours() }, scene);
    });
    return () => cancelAnimationFrame(asked);
  }, [camera, size, scene, theme]);

  // React listens passively to the wheel, and the page would scroll.
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      const [x, y] = [event.clientX - left, event.clientY - top];
      const pixels = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
      const factor = Math.exp(-Math.max(-300, Math.min(300, pixels)) * 0.0022);
      onCamera((now) => zoomAt(now, size, x, y, factor));
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [size, onCamera]);

  const placeOf = (event: PointerEvent) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const areaTo = (corner: { easting: number; northing: number }, x: number, y: number): Box => {
    const [easting, northing] = [eastingAt(camera, size, x), northingAt(camera, size, y)];
    return {
      west: Math.min(corner.easting, easting),
      east: Math.max(corner.easting, easting),
      south: Math.min(corner.northing, northing),
      north: Math.max(corner.northing, northing),
    };
  };

  function begin(event: PointerEvent<HTMLDivElement>): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const { x, y } = placeOf(event);
    const corner = event.shiftKey
      ? { easting: eastingAt(camera, size, x), northing: northingAt(camera, size, y) }
      : null;
    drag.current = { x, y, startX: x, startY: y, corner, moved: false };
    setDragging(corner ? 'area' : 'map');
  }

  function move(event: PointerEvent<HTMLDivElement>): void {
    const now = drag.current;
    if (!now) return;
    const { x, y } = placeOf(event);
    if (!now.moved && Math.hypot(x - now.startX, y - now.startY) < 4) return;
    const [dx, dy] = [x - now.x, y - now.y];
    drag.current = { ...now, x, y, moved: true };
    if (now.corner) props.onArea(areaTo(now.corner, x, y), false);
    else onCamera((camera) => pan(camera, dx, dy));
  }

  function end(event: PointerEvent<HTMLDivElement>): void {
    const now = drag.current;
    drag.current = null;
    setDragging(null);
    if (!now) return;
    const { x, y } = placeOf(event);
    if (now.corner && now.moved) props.onArea(areaTo(now.corner, x, y), true);
    else if (!now.moved) props.onChoose(hitCluster(scene.clusters, camera, size, x, y));
  }

  function press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!act(event.key, event.shiftKey ? 240 : 70)) return;
    event.preventDefault();
  }

  /** What a key does here; false where it means nothing. */
  function act(key: string, far: number): boolean {
    const [right = 0, down = 0] = directions[key] ?? [];
    const nearer = zooms[key];
    if (right !== 0 || down !== 0) onCamera((now) => pan(now, -right * far, -down * far));
    else if (nearer !== undefined)
      onCamera((now) => zoomAt(now, size, size.width / 2, size.height / 2, nearer));
    else if (key === '0') props.onFit();
    else if (/^n$/i.test(key)) props.onStep(1);
    else if (/^p$/i.test(key)) props.onStep(-1);
    else if (/^a$/i.test(key)) props.onAreaInView();
    else if (key === 'Enter') props.onStep(0);
    else if (key === 'Escape') {
      props.onArea(null, true);
      props.onChoose(null);
    } else return false;
    return true;
  }

  return (
    <div
      ref={frame}
      className={`map-frame ${dragging === 'area' ? 'is-area' : dragging === 'map' ? 'is-moving' : ''}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved and read by keys
      tabIndex={0}
      role="application"
      aria-label={`${mapCopy.keys} ${props.words}`}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={() => {
        drag.current = null;
        setDragging(null);
      }}
      onDoubleClick={(event) => {
        const { left, top } = event.currentTarget.getBoundingClientRect();
        onCamera((now) => zoomAt(now, size, event.clientX - left, event.clientY - top, 2));
      }}
      onKeyDown={press}
    >
      <canvas ref={canvas} className="map-canvas" />
    </div>
  );
}

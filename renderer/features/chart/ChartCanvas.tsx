import { type RefObject, useEffect, useId, useImperativeHandle, useRef, useState } from 'react';
import { useTheme } from '../../app/theme.ts';
import { chartCopy, countWords } from '../../copy/chart.ts';
import { askFor, choose, chooseLink, moveRecords, useChosen, useChosenLink, useWish } from './chartState.ts';
import { describeNode } from './describe.ts';
import { type Camera, coverOf, type Size, showAll, toChart, toScreen, zoomAt } from './draw/camera.ts';
import { drawScene, type Look } from './draw/drawScene.ts';
import { bondAt, nextIn, nodeAt } from './draw/hit.ts';
import { type Palette, readPalette } from './draw/palette.ts';
import { makeSprites } from './draw/shapes.ts';
import type { Scene, SceneNode } from './scene.ts';

export interface CanvasHandle {
  fit: () => void;
  zoom: (by: number) => void;
  focus: () => void;
}

const glideTime = 380;
const isStill = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Everything that changes from frame to frame, outside React. */
interface Stage {
  scene: Scene;
  camera: Camera;
  size: Size;
  palette: Palette | null;
  sprites: ReturnType<typeof makeSprites> | null;
  hovered: string | null;
  /** Records and camera on their way: where they come from, where they go, and since when. */
  glide: {
    from: Map<string, readonly [number, number]>;
    to: Map<string, readonly [number, number]>;
    since: number;
  } | null;
  cameraGlide: { from: Camera; to: Camera; since: number } | null;
  frame: number;
  /** Moved by hand just now, and the moment at which it comes to rest. */
  moved: boolean;
  rest: ReturnType<typeof setTimeout> | undefined;
}

/** So many that a frame with all their words takes longer than a movement may wait. */
const isMany = ({ nodes, bonds }: Scene): boolean => nodes.length > 400 || bonds.length > 800;

/** The chart drawn on a canvas. Everything that it shows can be reached with the keyboard, and stands in the table. */
export function ChartCanvas(props: {
  scene: Scene;
  handle: RefObject<CanvasHandle | null>;
  focused: string | null;
  onFocus: (ref: string | null) => void;
  onExpand: (refs: string[]) => void;
  /** True where the key was taken. */
  onKey: (event: React.KeyboardEvent) => boolean;
}) {
  const { scene, focused } = props;
  const theme = useTheme();
  const chosen = useChosen();
  const chosenLink = useChosenLink();
  const wish = useWish();
  const canvas = useRef<HTMLCanvasElement>(null);
  const area = useRef<HTMLDivElement>(null);
  const hintId = useId();
  const [hasFocus, setHasFocus] = useState(false);
  const [box, setBox] = useState<{ x: number; y: number; width: number; height: number } | null>(null);
  const stage = useRef<Stage>({
    scene,
    camera: { x: 0, y: 0, zoom: 1 },
    size: { width: 0, height: 0 },
    palette: null,
    sprites: null,
    hovered: null,
    glide: null,
    cameraGlide: null,
    frame: 0,
    moved: false,
    rest: undefined,
  });
  const selection = useRef({ chosen, chosenLink, focused: hasFocus ? focused : null });
  selection.current = { chosen, chosenLink, focused: hasFocus ? focused : null };

  const [paint] = useState(() => (): void => {
    const now = stage.current;
    if (now.frame !== 0) return;
    now.frame = requestAnimationFrame((time) => {
      now.frame = 0;
      const context = canvas.current?.getContext('2d');
      if (!context || !now.palette || !now.sprites || now.size.width === 0) return;
      const moving = step(now, time);
      const ratio = window.devicePixelRatio || 1;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      const look: Look = {
        camera: now.camera,
        size: now.size,
        palette: now.palette,
        sprites: now.sprites,
        ratio,
        hovered: now.hovered,
        isMoving: isMany(now.scene) && (moving || now.moved),
        ...selection.current,
      };
      drawScene(context, now.scene, look);
      if (moving) paint();
      else if (look.isMoving) {
        // The words follow when nothing has moved for a moment.
        clearTimeout(now.rest);
        now.rest = setTimeout(() => {
          now.moved = false;
          paint();
        }, 120);
      }
    });
  });

  const [glideCamera] = useState(() => (to: Camera): void => {
    const now = stage.current;
    if (isStill() || now.size.width === 0) now.camera = to;
    else now.cameraGlide = { from: now.camera, to, since: performance.now() };
    paint();
  });

  // Colours of the theme; they are in force once the theme's attribute is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme decides what the style sheet says
  useEffect(() => {
    if (!area.current) return;
    stage.current.palette = readPalette(area.current);
    stage.current.sprites = makeSprites(stage.current.palette);
    paint();
  }, [theme, paint]);

  // A new scene: records glide from where they were.
  useEffect(() => {
    const now = stage.current;
    const before = now.scene;
    const to = new Map<string, readonly [number, number]>();
    const from = new Map<string, readonly [number, number]>();
    for (const node of scene.nodes) {
      const old = before.byRef.get(node.ref);
      if (!old || (old.x === node.x && old.y === node.y)) continue;
      to.set(node.ref, [node.x, node.y]);
      from.set(node.ref, [old.x, old.y]);
    }
    now.scene = scene;
    now.glide = null;
    if (to.size > 0 && before !== scene && !isStill()) {
      now.glide = { from, to, since: performance.now() };
      for (const [ref, [x, y]] of from) {
        const node = scene.byRef.get(ref);
        if (node) [node.x, node.y] = [x, y];
      }
    }
    paint();
  }, [scene, paint]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is chosen is drawn
  useEffect(paint, [chosen, chosenLink, focused, hasFocus, paint]);

  const [fitAll] = useState(() => () => {
    const now = stage.current;
    const at = now.glide?.to;
    glideCamera(
      showAll(
        coverOf(
          now.scene.nodes.map(({ ref, x, y }) => {
            const goal = at?.get(ref);
            return goal ? { x: goal[0], y: goal[1] } : { x, y };
          }),
        ),
        now.size,
      ),
    );
  });

  useEffect(() => {
    if (!wish.fit || scene.nodes.length === 0) return;
    askFor({ fit: false });
    fitAll();
  }, [wish.fit, scene, fitAll]);

  useImperativeHandle(props.handle, () => ({
    fit: fitAll,
    zoom: (by) => {
      const { camera, size } = stage.current;
      glideCamera(zoomAt(camera, size, by, size.width / 2, size.height / 2));
    },
    focus: () => area.current?.focus(),
  }));

  useEffect(() => {
    const element = area.current;
    const surface = canvas.current;
    if (!element || !surface) return;
    const resize = () => {
      const { clientWidth: width, clientHeight: height } = element;
      const ratio = window.devicePixelRatio || 1;
      const isFirst = stage.current.size.width === 0;
      surface.width = Math.round(width * ratio);
      surface.height = Math.round(height * ratio);
      stage.current.size = { width, height };
      if (isFirst && stage.current.scene.nodes.length > 0)
        stage.current.camera = showAll(coverOf(stage.current.scene.nodes), stage.current.size);
      paint();
    };
    // Words that were drawn before their font was there.
    void document.fonts.ready.then(paint);
    const observer = new ResizeObserver(resize);
    observer.observe(element);
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const { camera, size } = stage.current;
      const { left, top } = element.getBoundingClientRect();
      stage.current.cameraGlide = null;
      stage.current.moved = true;
      stage.current.camera = zoomAt(
        camera,
        size,
        Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)),
        event.clientX - left,
        event.clientY - top,
      );
      paint();
    };
    // Not passive: the wheel zooms, and nothing scrolls.
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      observer.disconnect();
      element.removeEventListener('wheel', wheel);
      cancelAnimationFrame(stage.current.frame);
      clearTimeout(stage.current.rest);
      stage.current.frame = 0;
    };
  }, [paint]);

  const at = (event: { clientX: number; clientY: number }): readonly [number, number] => {
    const { left = 0, top = 0 } = area.current?.getBoundingClientRect() ?? {};
    const { camera, size } = stage.current;
    return toChart(camera, size, event.clientX - left, event.clientY - top);
  };

  function press(event: React.PointerEvent<HTMLDivElement>): void {
    if (event.button !== 0) return;
    const { current: now } = stage;
    const [x, y] = at(event);
    const node = nodeAt(now.scene, x, y, 4 / now.camera.zoom);
    const adds = event.shiftKey || event.ctrlKey || event.metaKey;
    const element = event.currentTarget;
    element.setPointerCapture(event.pointerId);
    const begin = { x: event.clientX, y: event.clientY, camera: now.camera };
    const group = node ? (chosen.has(node.ref) ? [...chosen] : [node.ref]) : [];
    const own = group.flatMap((ref) => now.scene.byRef.get(ref) ?? []);
    const homes = own.map((each) => [each.x, each.y] as const);
    let dragged = false;
    element.onpointermove = (move) => {
      const [dx, dy] = [move.clientX - begin.x, move.clientY - begin.y];
      if (!dragged && Math.hypot(dx, dy) < 4) return;
      dragged = true;
      now.moved = true;
      now.cameraGlide = null;
      if (node) {
        now.glide = null;
        own.forEach((each, index) => {
          const [homeX = 0, homeY = 0] = homes[index] ?? [];
          each.x = homeX + dx / now.camera.zoom;
          each.y = homeY + dy / now.camera.zoom;
        });
      } else if (event.shiftKey) {
        const { left = 0, top = 0 } = area.current?.getBoundingClientRect() ?? {};
        setBox({
          x: Math.min(begin.x, move.clientX) - left,
          y: Math.min(begin.y, move.clientY) - top,
          width: Math.abs(dx),
          height: Math.abs(dy),
        });
      } else {
        now.camera = {
          ...now.camera,
          x: begin.camera.x - dx / now.camera.zoom,
          y: begin.camera.y - dy / now.camera.zoom,
        };
      }
      paint();
    };
    element.onpointerup = (up) => {
      element.onpointermove = null;
      element.onpointerup = null;
      setBox(null);
      if (dragged && node) moveRecords(new Map(own.map((each) => [each.ref, { x: each.x, y: each.y }])));
      else if (dragged && event.shiftKey) {
        const [endX, endY] = at(up);
        const inside = now.scene.nodes.filter(
          (each) =>
            each.x >= Math.min(x, endX) &&
            each.x <= Math.max(x, endX) &&
            each.y >= Math.min(y, endY) &&
            each.y <= Math.max(y, endY),
        );
        choose([...chosen, ...inside.map(({ ref }) => ref)]);
      } else if (!dragged) click(node, adds, x, y);
    };
  }

  function click(node: SceneNode | null, adds: boolean, x: number, y: number): void {
    const { scene: drawn, camera } = stage.current;
    if (node) {
      props.onFocus(node.ref);
      if (!adds) choose([node.ref]);
      else
        choose(chosen.has(node.ref) ? [...chosen].filter((ref) => ref !== node.ref) : [...chosen, node.ref]);
      return;
    }
    const bond = bondAt(drawn, x, y, 6 / camera.zoom);
    if (bond) chooseLink(bond.a.ref, bond.b.ref);
    else if (!adds) choose([]);
  }

  function key(event: React.KeyboardEvent): void {
    const direction = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' }[
      event.key
    ] as 'left' | 'right' | 'up' | 'down' | undefined;
    const { scene: drawn } = stage.current;
    if (direction && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const from = (focused !== null && drawn.byRef.get(focused)) || null;
      const next = from ? nextIn(drawn, from, direction) : nearestToMiddle();
      if (!next) return;
      props.onFocus(next.ref);
      choose(event.shiftKey ? [...chosen, next.ref] : [next.ref]);
      bringIntoView(next);
      return;
    }
    if (props.onKey(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  function nearestToMiddle(): SceneNode | null {
    const { scene: drawn, camera } = stage.current;
    return nodeAt(drawn, camera.x, camera.y, Infinity);
  }

  function bringIntoView(node: SceneNode): void {
    const { camera, size } = stage.current;
    const [x, y] = toScreen(camera, size, node.x, node.y);
    if (x < 60 || y < 60 || x > size.width - 60 || y > size.height - 80)
      glideCamera({ ...camera, x: node.x, y: node.y });
  }

  const focusedNode = focused === null ? undefined : scene.byRef.get(focused);
  return (
    <div className="chart-stage">
      <div
        ref={area}
        className="chart-canvas"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the keys of the chart
        tabIndex={0}
        aria-label={chartCopy.area}
        aria-describedby={hintId}
        data-ref={focused ?? undefined}
        onPointerDown={press}
        onPointerMove={(event) => {
          const [x, y] = at(event);
          const { scene: drawn, camera, hovered } = stage.current;
          const node = nodeAt(drawn, x, y, 2 / camera.zoom);
          if ((node?.ref ?? null) === hovered) return;
          stage.current.hovered = node?.ref ?? null;
          event.currentTarget.classList.toggle('is-over', node !== null);
          paint();
        }}
        onPointerLeave={() => {
          stage.current.hovered = null;
          paint();
        }}
        onDoubleClick={(event) => {
          const [x, y] = at(event);
          const node = nodeAt(stage.current.scene, x, y, 4 / stage.current.camera.zoom);
          if (node) props.onExpand([node.ref]);
        }}
        onKeyDown={key}
        onFocus={() => setHasFocus(true)}
        onBlur={() => setHasFocus(false)}
      >
        <canvas ref={canvas} />
        {box && (
          <div
            className="chart-box"
            style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
          />
        )}
      </div>
      <p id={hintId} className="only-spoken">
        {chartCopy.hint}
      </p>
      <p className="only-spoken" aria-live="polite">
        {hasFocus && focusedNode ? `${describeNode(focusedNode.node)}. ${countLinks(focusedNode)}` : ''}
      </p>
    </div>
  );
}

const countLinks = ({ degree, node }: SceneNode): string => {
  const hidden = Object.entries(node.hidden).map(([kind, count]) =>
    countWords(kind as SceneNode['kind'], count),
  );
  return [
    degree === 1 ? '1 link' : `${degree} links`,
    ...(hidden.length > 0 ? [chartCopy.notShown(hidden.join(', '))] : []),
  ].join('; ');
};

/** Moves what glides to where it is at this time. Says whether something goes on. */
function step(now: Stage, time: number): boolean {
  const ease = (since: number) => {
    const share = Math.min(1, Math.max(0, (time - since) / glideTime));
    return 1 - (1 - share) ** 3;
  };
  let moving = false;
  if (now.glide) {
    const { from, to, since } = now.glide;
    const share = ease(since);
    for (const [ref, [toX, toY]] of to) {
      const node = now.scene.byRef.get(ref);
      const [fromX, fromY] = from.get(ref) ?? [toX, toY];
      if (!node) continue;
      node.x = fromX + (toX - fromX) * share;
      node.y = fromY + (toY - fromY) * share;
    }
    if (share < 1) moving = true;
    else now.glide = null;
  }
  if (now.cameraGlide) {
    const { from, to, since } = now.cameraGlide;
    const share = ease(since);
    now.camera = {
      x: from.x + (to.x - from.x) * share,
      y: from.y + (to.y - from.y) * share,
      zoom: from.zoom * (to.zoom / from.zoom) ** share,
    };
    if (share < 1) moving = true;
    else now.cameraGlide = null;
  }
  return moving;
}

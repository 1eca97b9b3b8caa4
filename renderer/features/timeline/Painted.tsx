import { useLayoutEffect, useRef } from 'react';

/** A canvas as sharp as the screen, painted anew with every change of what it is given. */
export function Painted(props: {
  width: number;
  height: number;
  paint: (context: CanvasRenderingContext2D) => void;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height, paint } = props;
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const ratio = window.devicePixelRatio || 1;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (element.width !== wide) element.width = wide;
    if (element.height !== high) element.height = high;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    paint(context);
  }, [width, height, paint]);
  return <canvas ref={canvas} style={{ width, height }} />;
}

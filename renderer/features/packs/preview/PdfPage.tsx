import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState } from 'react';

/** One page of the preview. It is drawn when it comes near the sight, and forgotten when it goes far. */
export function PdfPage(props: {
  document: PDFDocumentProxy;
  number: number;
  count: number;
  width: number;
  height: number;
}) {
  const { document, number, width, height } = props;
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [near, setNear] = useState(false);
  const [drawn, setDrawn] = useState(false);

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new IntersectionObserver(
      ([entry]) => setNear(entry?.isIntersecting ?? false),
      // One screen above and below, so that a page is there when it is scrolled to.
      { root: element.closest('.pages-scroll'), rootMargin: '100% 0px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const target = canvas.current;
    if (!near || !target) return;
    let stopped = false;
    let stop: (() => void) | undefined;
    const draw = async () => {
      const page = await document.getPage(number);
      if (stopped) return;
      const scale = (width / page.getViewport({ scale: 1 }).width) * window.devicePixelRatio;
      const viewport = page.getViewport({ scale });
      target.width = Math.round(viewport.width);
      target.height = Math.round(viewport.height);
      const task = page.render({ canvas: target, viewport });
      stop = () => task.cancel();
      await task.promise;
      if (!stopped) setDrawn(true);
    };
    // A drawing that is cancelled by scrolling on or by zooming rejects: the next one draws.
    draw().catch(() => undefined);
    return () => {
      stopped = true;
      stop?.();
      setDrawn(false);
    };
  }, [document, number, near, width]);

  return (
    <div ref={frame} className="pdf-page" data-page={number} style={{ width, height }}>
      {near && (
        <canvas
          ref={canvas}
          role="img"
          data-drawn={drawn}
          aria-label={`Page ${number} of ${props.count}`}
          style={{ width, height }}
        />
      )}
    </div>
  );
}

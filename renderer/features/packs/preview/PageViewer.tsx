import { Button, ButtonGroup } from '@blueprintjs/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { packCopy } from '../../../copy/packs.ts';
import { PdfPage } from './PdfPage.tsx';
import type { OpenPdf } from './pdfDocument.ts';

type Zoom = 'width' | 'page' | number;

/** Pixels at 100 per cent for each point: 96 to the inch against 72. */
const pixelsPerPoint = 96 / 72;
const gap = 12;
const steps = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];

/** The pages one below the other; Page Up and Page Down go by pages, Home and End to the ends. */
export function PageViewer({ pdf }: { pdf: OpenPdf }) {
  const scroll = useRef<HTMLElement>(null);
  const [room, setRoom] = useState({ width: 0, height: 0 });
  const [zoom, setZoom] = useState<Zoom>('width');
  const [current, setCurrent] = useState(1);
  const count = pdf.sizes.length;

  useEffect(() => {
    const element = scroll.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setRoom({ width: element.clientWidth - 2 * gap, height: element.clientHeight - 2 * gap }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const scaleOf = (size: { width: number; height: number }) => {
    if (zoom === 'width') return room.width / size.width;
    if (zoom === 'page') return Math.min(room.width / size.width, room.height / size.height);
    return zoom * pixelsPerPoint;
  };
  const pageAt = (number: number) => scroll.current?.querySelector<HTMLElement>(`[data-page="${number}"]`);
  const show = (number: number) => {
    const wanted = Math.min(count, Math.max(1, number));
    const page = pageAt(wanted);
    if (scroll.current && page) scroll.current.scrollTop = page.offsetTop - gap;
    setCurrent(wanted);
  };
  const follow = () => {
    const element = scroll.current;
    if (!element) return;
    // The page that fills the middle of what is in sight.
    const middle = element.scrollTop + element.clientHeight / 2;
    let number = 1;
    while (number < count && (pageAt(number + 1)?.offsetTop ?? Number.POSITIVE_INFINITY) <= middle)
      number += 1;
    setCurrent(number);
  };
  const zoomBy = (direction: 1 | -1) => {
    const size = pdf.sizes[current - 1];
    if (!size) return;
    const now = scaleOf(size) / pixelsPerPoint;
    const next =
      direction === 1 ? steps.find((step) => step > now + 0.01) : steps.findLast((step) => step < now - 0.01);
    if (next !== undefined) setZoom(next);
  };
  // What was in sight stays in sight when the pages grow or shrink.
  const kept = useRef(current);
  kept.current = current;
  // biome-ignore lint/correctness/useExhaustiveDependencies: after a change of the size alone
  useEffect(() => {
    const page = pageAt(kept.current);
    if (scroll.current && page && kept.current > 1) scroll.current.scrollTop = page.offsetTop - gap;
  }, [zoom, room.width]);

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    switch (event.key) {
      case 'PageDown':
        show(current + 1);
        break;
      case 'PageUp':
        show(current - 1);
        break;
      case 'Home':
        show(1);
        break;
      case 'End':
        show(count);
        break;
      case '+':
      case '=':
        zoomBy(1);
        break;
      case '-':
        zoomBy(-1);
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  const size = pdf.sizes[current - 1];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys serve the buttons and the pages alike
    <div className="pages" onKeyDown={press}>
      <div className="pages-bar" role="toolbar" aria-label="Pages of the preview">
        <ButtonGroup>
          <Button
            size="small"
            icon="arrow-up"
            aria-label="Page before"
            title="Page Up"
            disabled={current === 1}
            onClick={() => show(current - 1)}
          />
          <Button
            size="small"
            icon="arrow-down"
            aria-label="Next page"
            title="Page Down"
            disabled={current === count}
            onClick={() => show(current + 1)}
          />
        </ButtonGroup>
        <span className="pages-number" role="status">
          Page {current} of {count}
        </span>
        <span className="status-gap" />
        <Button size="small" text="Width" active={zoom === 'width'} onClick={() => setZoom('width')} />
        <Button size="small" text="Whole page" active={zoom === 'page'} onClick={() => setZoom('page')} />
        <ButtonGroup>
          <Button size="small" icon="minus" aria-label="Smaller" title="-" onClick={() => zoomBy(-1)} />
          <Button size="small" icon="plus" aria-label="Larger" title="+" onClick={() => zoomBy(1)} />
        </ButtonGroup>
        <span className="pages-zoom muted">
          {size && room.width > 0 ? `${Math.round((scaleOf(size) / pixelsPerPoint) * 100)} %` : ''}
        </span>
      </div>
      <p className="pages-note">{packCopy.notIssued}</p>
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
      <section
        ref={scroll}
        className="pages-scroll"
        tabIndex={0}
        aria-label={`Pages, not issued, ${count} in all`}
        onScroll={follow}
      >
        {room.width > 0 &&
          pdf.sizes.map((page, index) => (
            <PdfPage
              // biome-ignore lint/suspicious/noArrayIndexKey: a page is its number
              key={index}
              document={pdf.document}
              number={index + 1}
              count={count}
              width={Math.floor(page.width * scaleOf(page))}
              height={Math.floor(page.height * scaleOf(page))}
            />
          ))}
      </section>
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: see above */}
    </div>
  );
}

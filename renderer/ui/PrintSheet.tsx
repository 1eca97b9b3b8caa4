import { type ReactNode, useEffect } from 'react';
import { createPortal } from 'react-dom';
import './print.css';

/**
 * A page for the printer alone: on screen there is nothing to see. It is printed once, as soon as it stands, and
 * `onPrinted` is told when the printer's own window has closed.
 */
export function PrintSheet({
  marking,
  children,
  onPrinted,
}: {
  marking: string;
  children: ReactNode;
  onPrinted: () => void;
}) {
  useEffect(() => {
    const done = () => onPrinted();
    window.addEventListener('afterprint', done, { once: true });
    const soon = setTimeout(() => window.print(), 50);
    return () => {
      clearTimeout(soon);
      window.removeEventListener('afterprint', done);
    };
  }, [onPrinted]);
  return createPortal(
    <div className="print-sheet">
      <p className="print-marking">{marking}</p>
      <div className="print-body">{children}</div>
      <p className="print-marking">{marking}</p>
    </div>,
    document.body,
  );
}

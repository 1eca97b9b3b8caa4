import {
  GlobalWorkerOptions,
  getDocument,
  type PDFDocumentLoadingTask,
  type PDFDocumentProxy,
} from 'pdfjs-dist';
import PdfWorker from 'pdfjs-dist/build/pdf.worker.min.mjs?worker';

/** A document that is read, and how to let go of it. */
export interface OpenPdf {
  document: PDFDocumentProxy;
  /** Width and height of each page in points. */
  sizes: readonly { width: number; height: number }[];
  close: () => void;
}

/**
 * Reads a PDF in a worker that comes from the page's own files. Nothing is fetched: packs embed their fonts,
 * and the policy of the page allows neither code made from text nor WebAssembly.
 */
export async function openPdf(base64: string): Promise<OpenPdf> {
  GlobalWorkerOptions.workerPort ??= new PdfWorker();
  const task: PDFDocumentLoadingTask = getDocument({
    data: Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)),
    useWasm: false,
    useSystemFonts: false,
    disableWorkerRendering: true,
    enableXfa: false,
  });
  const document = await task.promise;
  const sizes = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { width, height } = (await document.getPage(number)).getViewport({ scale: 1 });
    sizes.push({ width, height });
  }
  return { document, sizes, close: () => void task.destroy() };
}

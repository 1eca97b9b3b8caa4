/** Height of a bar with the marking, and its letters, as shares of the width of the picture. */
const bar = { share: 0.03, least: 28 };

/** The picture with its protective marking above and below, as it must leave. @throws Error where it cannot be drawn. */
export async function markPng(png: Blob, marking: string): Promise<Blob> {
  const image = await createImageBitmap(png);
  const height = Math.max(bar.least, Math.round(image.width * bar.share));
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height + 2 * height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, height);
  image.close();
  context.fillStyle = '#14202b';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = `bold ${Math.round(height * 0.55)}px sans-serif`;
  for (const middle of [height / 2, canvas.height - height / 2])
    context.fillText(marking.toUpperCase(), canvas.width / 2, middle, canvas.width - 8);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png');
  });
}

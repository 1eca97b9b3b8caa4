import { PNG } from 'pngjs';

/** The pixels of a PNG over white, encoded anew: nothing beside them survives. @throws Error for what cannot be decoded. */
export function recodePng(bytes: Uint8Array): { bytes: Buffer; width: number; height: number } {
  const png = PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  layOnWhite(png.data);
  const { width, height } = png;
  return { bytes: PNG.sync.write(png, { colorType: 2, inputHasAlpha: true }), width, height };
}

/** As paper shows it. */
function layOnWhite(data: Buffer): void {
  for (let at = 0; at < data.length; at += 4) {
    const opacity = data[at + 3] ?? 255;
    if (opacity === 255) continue;
    for (let channel = at; channel < at + 3; channel += 1)
      data[channel] = Math.round(((data[channel] ?? 0) * opacity + 255 * (255 - opacity)) / 255);
    data[at + 3] = 255;
  }
}

/** Makes of a photo what may leave the device: turned, at most 2048 pixels wide or high, JPEG, without metadata. */
import { readDay } from "./exif.js";

const LARGEST = 2048;
const QUALITY = 0.82;
const MOST_BYTES = 80_000_000;

const isHeic = async (file) => {
  const head = new TextDecoder("latin1").decode(await file.slice(4, 12).arrayBuffer());
  return /^ftyp(hei[csfx]|hev[cx]|mif1|msf1)/.test(head);
};

/**
 * @param {Blob} file anything that was chosen as a photo
 * @param {{canvas: (width: number, height: number) => any, encode: (canvas: any, quality: number) => Promise<Blob|null>}} tools
 * @returns {Promise<{bytes: ArrayBuffer, width: number, height: number, taken: string|null}>}
 * @throws {Error} whose `name` is "heic" or "unreadable"
 */
export const makePicture = async (file, tools) => {
  const fail = (name) => Object.assign(new Error(name), { name });
  if (!file.size || file.size > MOST_BYTES) throw fail("unreadable");
  const taken = await readDay(file);
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw fail((await isHeic(file)) ? "heic" : "unreadable");
  }
  const scale = Math.min(1, LARGEST / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = tools.canvas(width, height);
  const context = canvas.getContext("2d", { alpha: false });
  context.fillStyle = "#fff"; // where a picture is transparent
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const blob = await tools.encode(canvas, QUALITY);
  if (blob?.type !== "image/jpeg") throw fail("unreadable");
  return { bytes: await blob.arrayBuffer(), width, height, taken };
};

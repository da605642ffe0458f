/**
 * Reads when a photo was taken: EXIF's DateTimeOriginal, else DateTimeDigitized (CIPA DC-008, tags 0x9003 and 0x9004).
 *
 * The block is looked for by its signature, which finds it in JPEG, HEIC and WebP alike. No length or offset in it is
 * believed: DataView throws beyond the bytes at hand, and a directory has a bounded number of entries.
 */

const REACH = 1_000_000; // bytes of the file; cameras put the block in front
const SIGNATURE = [0x45, 0x78, 0x69, 0x66, 0, 0]; // "Exif", 0, 0
const EXIF_DIRECTORY = 0x8769;
const MOMENTS = [0x9003, 0x9004];
const MOST_ENTRIES = 500;

const findBlock = (bytes) => {
  for (let at = bytes.indexOf(SIGNATURE[0]); at >= 0 && at < bytes.length - 14; at = bytes.indexOf(SIGNATURE[0], at + 1)) {
    if (SIGNATURE.every((byte, place) => bytes[at + place] === byte)) return at + SIGNATURE.length;
  }
  return -1;
};

/** @returns {number} where the value of a tag stands in the block, or -1; long values, and directories, stand elsewhere */
const findTag = (view, little, directory, tag) => {
  const entries = Math.min(view.getUint16(directory, little), MOST_ENTRIES);
  for (let entry = directory + 2, number = 0; number < entries; entry += 12, number += 1) {
    if (view.getUint16(entry, little) === tag) return view.getUint32(entry + 8, little);
  }
  return -1;
};

/** @param {Blob} file @returns {Promise<string|null>} the day, 2020-05-14, as the camera's clock said it */
export const readDay = async (file) => {
  const bytes = new Uint8Array(await file.slice(0, REACH).arrayBuffer());
  const start = findBlock(bytes);
  if (start < 0) return null;
  try {
    const view = new DataView(bytes.buffer, start);
    const little = view.getUint16(0) === 0x4949;
    if (view.getUint16(2, little) !== 42) return null;
    const directory = findTag(view, little, view.getUint32(4, little), EXIF_DIRECTORY);
    for (const tag of directory < 0 ? [] : MOMENTS) {
      const at = findTag(view, little, directory, tag);
      const words = at < 0 ? "" : String.fromCharCode(...bytes.subarray(start + at, start + at + 10));
      const match = /^(\d{4}):(\d\d):(\d\d)$/.exec(words);
      const day = match && `${match[1]}-${match[2]}-${match[3]}`;
      if (day && day > "1990" && new Date(`${day}T12:00:00Z`).toJSON()?.startsWith(day)) return day;
    }
    return null;
  } catch {
    return null; // a broken block: the photo is as good without
  }
};

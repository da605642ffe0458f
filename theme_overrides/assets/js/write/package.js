/** What is handed in without a forge: the archive package (档案包), texts and pictures to share, files to save. */
import { stamp } from "./days.js";
import { text } from "./strings.js";

/**
 * @param {{path: string, bytes: Uint8Array}[]} files
 * @param {{school: string, kept_back: number}} facts kept_back: how many photos stay on the device
 * @returns {Promise<Blob>} a zip of the files under their paths in the archive, and a note of what it is
 */
export const makePackage = async (files, facts) => {
  const { downloadZip } = await import("../../vendor/client-zip-2.5.1/client-zip.js");
  const now = new Date();
  const note = { format: 1, school: facts.school, made: stamp(now), kept_back: facts.kept_back };
  // Bytes, not a text: of a text the library makes a stream, which Firefox 153 aborts.
  const entries = [{ name: text.packageNote, input: new TextEncoder().encode(`${JSON.stringify(note)}\n`) }, ...files.map(({ path, bytes }) => ({ name: path, input: bytes }))];
  return new Blob([await downloadZip(entries.map((entry) => ({ ...entry, lastModified: now }))).arrayBuffer()], { type: "application/zip" });
};

/** @param {Blob} blob @param {string} name */
export const saveFile = (blob, name) => {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

/** @param {File[]} files @returns {boolean} */
export const canShare = (files) => {
  try {
    return Boolean(navigator.share && navigator.canShare?.({ files }));
  } catch {
    return false;
  }
};

/** @returns {boolean} whether a zip can be shared here, judged by an empty one */
export const canSharePackages = () => canShare([new File([new Uint8Array(22)], "1.zip", { type: "application/zip" })]);

/** @returns {boolean} whether texts and pictures can be shared here */
export const canShareParts = () => canShare([new File(["1"], "1.txt", { type: "text/plain" }), new File([new Uint8Array(4)], "1.jpg", { type: "image/jpeg" })]);

/**
 * @param {File[]} files
 * @param {string} title
 * @returns {Promise<boolean>} false where the user changed his mind
 */
export const share = async (files, title) => {
  try {
    await navigator.share({ files, title });
    return true;
  } catch (error) {
    if (error.name === "AbortError") return false;
    throw error;
  }
};

/** @param {{path: string, bytes: Uint8Array}[]} files @returns {File[]} the record as a text, and its pictures, for chat */
export const partsToShare = (files) =>
  files.map(({ path, bytes }) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    return name.endsWith(".md") ? new File([bytes], "activity.txt", { type: "text/plain" }) : new File([bytes], name, { type: "image/jpeg" });
  });

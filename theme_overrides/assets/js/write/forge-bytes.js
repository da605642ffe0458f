/** Bytes of files as git names them and as forges take them. */

/** @param {Uint8Array} bytes @returns {Promise<string>} base64 */
export const toBase64 = (bytes) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(/** @type {string} */ (reader.result).slice(/** @type {string} */ (reader.result).indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([/** @type {BlobPart} */ (bytes)]));
  });

/** @param {Uint8Array} bytes @returns {Promise<string>} the id of git's blob with this content (SHA-1, as forges use it) */
export const blobId = async (bytes) => {
  const head = new TextEncoder().encode(`blob ${bytes.length}\0`);
  const whole = new Uint8Array(head.length + bytes.length);
  whole.set(head);
  whole.set(bytes, head.length);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-1", whole));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
};

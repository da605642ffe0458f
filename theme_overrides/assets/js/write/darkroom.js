/** Has pictures made of photos: by the worker, or, where a worker has no canvas, on the page. */

let worker;
let asked = 0;
/** @type {Map<number, {resolve: (made: any) => void, reject: (error: Error) => void}>} */
const waiting = new Map();

const fault = (name) => Object.assign(new Error(name), { name });

const startWorker = () => {
  if (typeof OffscreenCanvas === "undefined" || !OffscreenCanvas.prototype.convertToBlob) return null;
  const made = new Worker(new URL("photo-worker.js", import.meta.url), { type: "module" });
  made.onmessage = ({ data }) => {
    const { resolve, reject } = waiting.get(data.number);
    waiting.delete(data.number);
    data.made ? resolve(data.made) : reject(fault(data.fault));
  };
  made.onerror = () => {
    worker = null; // a browser whose workers know no modules: then on the page
    for (const [number, { reject }] of waiting) {
      waiting.delete(number);
      reject(fault("no-worker"));
    }
  };
  return made;
};

const onPage = async (file) => {
  const { makePicture } = await import("./pictures.js");
  return makePicture(file, {
    canvas: (width, height) => Object.assign(document.createElement("canvas"), { width, height }),
    encode: (canvas, quality) => new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality)),
  });
};

/** @param {Blob} file @returns {Promise<{bytes: ArrayBuffer, width: number, height: number, taken: string|null}>} as `makePicture` */
export const develop = async (file) => {
  if (worker === undefined) worker = startWorker();
  if (!worker) return onPage(file);
  asked += 1;
  const number = asked;
  try {
    return await new Promise((resolve, reject) => {
      waiting.set(number, { resolve, reject });
      worker.postMessage({ number, file });
    });
  } catch (error) {
    if (error.name !== "no-worker") throw error;
    return onPage(file);
  }
};

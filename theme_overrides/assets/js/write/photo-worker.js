/** The worker that makes pictures of photos, so that the page stays quick under the thumb. */
import { makePicture } from "./pictures.js";

const tools = {
  canvas: (width, height) => new OffscreenCanvas(width, height),
  encode: (canvas, quality) => canvas.convertToBlob({ type: "image/jpeg", quality }),
};

addEventListener("message", async ({ data: { number, file } }) => {
  try {
    const made = await makePicture(file, tools);
    postMessage({ number, made }, { transfer: [made.bytes] });
  } catch (error) {
    postMessage({ number, fault: error.name === "heic" ? "heic" : "unreadable" });
  }
});

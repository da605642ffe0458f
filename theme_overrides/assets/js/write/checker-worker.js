/**
 * Runs the archive's Python (generator/cli/check_drafts.py) by Pyodide. Its protocol is checker.js's alone.
 *
 * The runtime, the code and the public part of the archive come from write/checker/manifest.json. After its first
 * check Python's bytecode is kept, so that the next start compiles nothing.
 */
import { clearOthers, getKept, getManifest, getPiece, putKept, unpack } from "./checker-cache.js";

const HOUSE = "/house";
const ARCHIVE = "/archive";
const DRAFT = /^(?:records|content)\/(?!.*(?:^|\/)\.{0,2}(?:\/|$))/s;
const NO_PACKAGES = JSON.stringify({
  info: { abi_version: "2026_0", arch: "wasm32", platform: "emscripten", python: "3.14", version: "0" },
  packages: {},
});

let python, drafts, site, address, bytecode;
/** How many files of bytecode are kept. */
let compiled = 0;

/** Yields [path, bytes] of each file of a tar (POSIX.1-1988 ustar, as publish.py writes it). */
function* untar(tar) {
  const read = (start, length) => new TextDecoder().decode(tar.subarray(start, start + length)).replace(/\0.*$/s, "");
  for (let at = 0; at < tar.length && tar[at]; ) {
    const [name, size, folder] = [read(at, 100), parseInt(read(at + 124, 12), 8), read(at + 345, 155)];
    yield [folder ? `${folder}/${name}` : name, tar.subarray(at + 512, at + 512 + size)];
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

const write = (path, bytes) => {
  python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
  python.FS.writeFile(path, bytes);
  python.FS.utime(path, 0, 0); // bytecode names the time of its source
};

const lay = async (packed, folder) => {
  const tar = new Uint8Array(await new Response(unpack(packed)).arrayBuffer());
  const files = [...untar(tar)];
  for (const [path, bytes] of files) write(`${folder}/${path}`, bytes);
  return files.length;
};

/** Starts Pyodide with its program and library from memory, whatever it would fetch itself. */
const startPyodide = async (scripts, program, library) => {
  const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all(scripts.map((url) => import(url)));
  const home = new URL("./", scripts[0]).href;
  const fetched = globalThis.fetch;
  globalThis.fetch = async (url, options) => {
    const name = String(url);
    if (name === `${home}pyodide.asm.wasm`) return new Response(unpack(await program), { headers: { "Content-Type": "application/wasm" } });
    if (name === `${home}python_stdlib.zip`) return new Response(await library);
    return fetched(url, options);
  };
  // Pyodide would wait for ever for a program that this browser, or a policy, does not let run.
  const instantiate = WebAssembly.instantiateStreaming;
  const failed = new Promise((_, reject) => {
    WebAssembly.instantiateStreaming = (...given) =>
      instantiate(...given).catch((error) => {
        reject(error);
        throw error;
      });
  });
  try {
    const started = loadPyodide({
      indexURL: home,
      createPyodideModule,
      lockFileContents: NO_PACKAGES,
      packageBaseUrl: home,
      env: { HOME: "/home", PYDANTIC_DISABLE_PLUGINS: "__all__", PYTHONTZPATH: `${HOUSE}/zoneinfo` },
    });
    return await Promise.race([started, failed]);
  } finally {
    globalThis.fetch = fetched;
    WebAssembly.instantiateStreaming = instantiate;
  }
};

const start = async (base) => {
  const manifest = await getManifest(base);
  const pieces = Object.entries(manifest.files);
  const total = pieces.reduce((sum, [, piece]) => sum + piece.bytes, 0);
  let loaded = 0;
  const count = (bytes) => {
    loaded += bytes;
    postMessage({ progress: [Math.min(loaded, total), total, "fetch"] });
  };
  const got = Object.fromEntries(pieces.map(([name, piece]) => [name, getPiece(base, piece, count)]));
  const scripts = manifest.scripts.map((path) => new URL(path, base).href);
  const all = Promise.all(Object.values(got)).then(() => postMessage({ progress: [total, total, "start"] }));
  [python] = await Promise.all([startPyodide(scripts, got.program, got.library), all]);
  bytecode = new URL(`write/checker/bytecode-${manifest.pyodide}-${manifest.files.code.sha256.slice(0, 16)}`, base).href;
  await lay(await got.code, HOUSE);
  const kept = await getKept(bytecode);
  if (kept) compiled = await lay(kept, HOUSE);
  await lay(await got.archive, ARCHIVE);
  python.FS.writeFile("/core.whl", await got.core);
  drafts = python.runPython(`
import sys, zipfile
with zipfile.ZipFile("/core.whl") as wheel:
    wheel.extractall("${HOUSE}", [name for name in wheel.namelist() if name.endswith((".py", ".so"))])
sys.path.insert(0, "${HOUSE}")
sys.dont_write_bytecode = False
from generator.cli.check_drafts import DraftChecker
DraftChecker("${ARCHIVE}")
`);
  python.FS.unlink("/core.whl");
  [site, address] = [manifest.site, base];
  const files = ["write/checker/manifest.json", ...pieces.map(([, piece]) => piece.path)];
  await clearOthers([...scripts, bytecode, ...files.map((path) => new URL(path, base).href)]);
  return manifest.undecided;
};

/** Lays the drafts beside the archive for as long as `ask` takes. */
const withDrafts = (files, ask) => {
  const wrong = files.find(({ path }) => !DRAFT.test(path));
  if (wrong) throw new RangeError(`not a place of the archive: ${wrong.path}`);
  const old = files.map(({ path }) => (exists(path) ? python.FS.readFile(`${ARCHIVE}/${path}`) : null));
  const paths = python.toPy(files.map(({ path }) => path));
  try {
    for (const { path, bytes } of files) write(`${ARCHIVE}/${path}`, bytes);
    return ask(paths);
  } finally {
    files.forEach(({ path }, at) => (old[at] ? write(`${ARCHIVE}/${path}`, old[at]) : remove(path)));
    paths.destroy();
  }
};

const exists = (path) => python.FS.analyzePath(`${ARCHIVE}/${path}`).exists;

/** Removes a file, and the folders that are empty without it. */
const remove = (path) => {
  python.FS.unlink(`${ARCHIVE}/${path}`);
  for (let folder = path; (folder = folder.slice(0, folder.lastIndexOf("/"))).includes("/"); ) {
    if (python.FS.readdir(`${ARCHIVE}/${folder}`).length > 2) return;
    python.FS.rmdir(`${ARCHIVE}/${folder}`);
  }
};

const check = ({ files, asOf, preview }) =>
  withDrafts(files, (paths) => ({
    problems: JSON.parse(drafts.check.callKwargs(paths, { as_of: asOf, site })),
    previews: preview ? JSON.parse(drafts.preview.callKwargs(paths, { as_of: asOf, address })) : [],
  }));

/** Keeps the bytecode that Python made of its sources until now, if it is more than what is kept. */
const keepBytecode = async () => {
  const paths = python.runPython(`import pathlib; "\\n".join(map(str, sorted(pathlib.Path("${HOUSE}").rglob("*.pyc"))))`).split("\n");
  if (paths.length <= compiled) return;
  compiled = paths.length;
  const tar = new Blob(paths.flatMap((path) => tarParts(path.slice(HOUSE.length + 1), python.FS.readFile(path))));
  const packed = tar.stream().pipeThrough(new CompressionStream("gzip"));
  await putKept(bytecode, new Uint8Array(await new Response(packed).arrayBuffer()));
};

/** The parts of a tar that hold one file, with no more in its header than `untar` reads. */
const tarParts = (path, bytes) => {
  const header = new Uint8Array(512);
  const cut = path.length > 100 ? path.indexOf("/", path.length - 101) : -1;
  const put = (text, start) => header.set(new TextEncoder().encode(text), start);
  put(path.slice(cut + 1), 0);
  put(bytes.length.toString(8).padStart(11, "0"), 124);
  if (cut > 0) put(path.slice(0, cut), 345);
  return [header, bytes, new Uint8Array(-bytes.length & 511)];
};

const METHODS = { start, check };

globalThis.addEventListener("message", async ({ data: { id, method, argument } }) => {
  try {
    postMessage({ id, answer: await METHODS[method](argument) });
  } catch (error) {
    postMessage({ id, error: error instanceof Error ? error.message : String(error), network: error instanceof TypeError });
  }
  if (method === "check") await keepBytecode().catch(() => {});
});

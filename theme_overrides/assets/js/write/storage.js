/**
 * Drafts and their photos in this browser. A draft is written at every change, a photo once.
 *
 * @typedef {{id: string, caption: string, people: "none"|"adults"|"consented"|"refused"|null, taken: string|null,
 *   bytes: ArrayBuffer, width: number, height: number}} Photo  a photo as it would be sent: JPEG, no metadata
 * @typedef {{way: "request"|"package"|"sharePackage"|"share"|"page", at: string, reported: string, folder: string, paths: string[],
 *   url?: string, number?: number, branch?: string, head?: string, state?: string, name?: string, size?: number}} Sent
 * @typedef {{title: string, date: string|null, measure: string|null, partners: string[],
 *   direction: "host"|"visit"|"online"|null, staff: {sent: number|null, received: number|null}, grades: string[],
 *   place: string, attendance: number|null, lead: string, plan: string|null}} Fields
 * @typedef {{id: string, school: string, year: number, month: string|null, created: string, changed: string,
 *   step: string, fields: Fields, sections: Record<string, string>, photos: Photo[], sent: Sent|null}} Draft
 */

const NAME = "pairing-write";

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const finished = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(undefined);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });

const open = () => {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("drafts", { keyPath: "id" });
    request.result.createObjectStore("photos", { keyPath: "id" });
  };
  return settled(request);
};

/** @param {Draft} draft @returns {object} the draft with its photos' facts and not their bytes */
const withoutBytes = (draft) => ({ ...draft, photos: draft.photos.map(({ bytes, ...facts }) => facts) });

/** Drafts in IndexedDB; where there is none, in this page's memory, and `lasting` is false. */
export class Storage {
  /** @returns {Promise<Storage>} */
  static async open() {
    try {
      return new Storage(await open());
    } catch {
      return new Storage(null);
    }
  }

  /** @param {IDBDatabase|null} database */
  constructor(database) {
    this.database = database;
    this.memory = new Map();
    this.lasting = database !== null;
  }

  /** @returns {Promise<Draft[]>} all drafts without their photos' bytes, the latest change first */
  async list() {
    const found = this.database ? await settled(this.database.transaction("drafts").objectStore("drafts").getAll()) : [...this.memory.values()];
    return found.sort((one, other) => (one.changed < other.changed ? 1 : -1));
  }

  /** @param {string} id @returns {Promise<Draft|null>} a whole draft */
  async load(id) {
    if (!this.database) return this.memory.get(id) ?? null;
    const reading = this.database.transaction(["drafts", "photos"]);
    const draft = await settled(reading.objectStore("drafts").get(id));
    if (!draft) return null;
    const kept = await Promise.all(draft.photos.map((photo) => settled(reading.objectStore("photos").get(photo.id))));
    draft.photos = draft.photos.flatMap((photo, at) => (kept[at] ? [{ ...photo, bytes: kept[at].bytes }] : []));
    return draft;
  }

  /** Writes a draft, and the photos that are new. @param {Draft} draft @param {Photo[]} photos @returns {Promise<void>} */
  save(draft, photos = []) {
    if (!this.database) {
      this.memory.set(draft.id, draft);
      return Promise.resolve();
    }
    return this.#write((stores) => {
      stores.drafts.put(withoutBytes(draft));
      for (const { id, bytes } of photos) stores.photos.put({ id, bytes });
    });
  }

  /** @param {Draft} draft @param {string} id of a photo that the draft has no more @returns {Promise<void>} */
  removePhoto(draft, id) {
    if (!this.database) return this.save(draft);
    return this.#write((stores) => {
      stores.drafts.put(withoutBytes(draft));
      stores.photos.delete(id);
    });
  }

  /** @param {Draft} draft @returns {Promise<void>} */
  remove(draft) {
    this.memory.delete(draft.id);
    if (!this.database) return Promise.resolve();
    return this.#write((stores) => {
      stores.drafts.delete(draft.id);
      for (const photo of draft.photos) stores.photos.delete(photo.id);
    });
  }

  /** @param {(stores: {drafts: IDBObjectStore, photos: IDBObjectStore}) => void} change @returns {Promise<void>} */
  #write(change) {
    const transaction = /** @type {IDBDatabase} */ (this.database).transaction(["drafts", "photos"], "readwrite");
    change({ drafts: transaction.objectStore("drafts"), photos: transaction.objectStore("photos") });
    return finished(transaction);
  }
}

/**
 * Drafts and their photos in this browser. A draft is written at every change, a photo once.
 *
 * Each write gives a draft a new revision, and is refused where the stored one is none that this tab has read or written:
 * then another tab was here meanwhile. What could not be written is tried again with every later write.
 *
 * @typedef {{id: string, caption: string, people: "none"|"adults"|"consented"|"refused"|null, taken: string|null,
 *   bytes: ArrayBuffer|null, width: number, height: number}} Photo  a photo as it would be sent: JPEG, no metadata; its bytes
 *   are null where they could not be stored
 * @typedef {{way: "request"|"package"|"sharePackage"|"share"|"page", at: string, reported: string, folder: string, paths: string[],
 *   photos?: string[], url?: string, number?: number, branch?: string, head?: string, state?: string,
 *   name?: string, size?: number}} Sent  photos: ids of all that ever left with it
 * @typedef {{number: number|null, branch: string, withdrawn?: boolean, dropped?: boolean}} Earlier  an earlier request of the
 *   same draft; dropped: its branch was deleted
 * @typedef {{title: string, date: string|null, measure: string|null, partners: string[],
 *   direction: "host"|"visit"|"online"|null, staff: {sent: number|null, received: number|null}, grades: string[],
 *   place: string, attendance: number|null, lead: string, plan: string|null}} Fields
 * @typedef {{id: string, school: string, year: number, month: string|null, created: string, changed: string,
 *   step: string, fields: Fields, sections: Record<string, string>, photos: Photo[], sent: Sent|null, branch?: string|null,
 *   tried?: string[], before?: Earlier[], gone?: string[], revision?: string}} Draft  branch: of a try to hand in that is not finished, with the
 *   ids of its photos in `tried`; gone: of those that were in requests which were withdrawn
 */

import { newId } from "./drafts.js";

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

/** A draft's revision as it is stored; null where there is no such draft. */
const revisionOf = (stored) => (stored ? (stored.revision ?? "") : null);

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
    /** Drafts of which not all is stored, each with the photos that are not. @type {Map<Draft, Set<Photo>>} */
    this.unsaved = new Map();
    /** Drafts that another tab has changed or deleted: nothing is written over that. @type {Set<Draft>} */
    this.stale = new Set();
    /** Drafts that were deleted or given up: what still comes for them is not kept. @type {WeakSet<Draft>} */
    this.dropped = new WeakSet();
    /** Revisions that this tab has read or written. @type {WeakMap<Draft, Set<string|null>>} */
    this.known = new WeakMap();
    /** Drafts of this tab by their ids: photos may still be coming for one that is not shown. @type {Map<string, WeakRef<Draft>>} */
    this.opened = new Map();
    this.others = database && typeof BroadcastChannel === "function" ? new BroadcastChannel(NAME) : null;
  }

  /** @param {(id: string) => void} told of a draft that another tab has changed or deleted */
  onChange(told) {
    if (this.others) this.others.onmessage = ({ data }) => told(data);
  }

  /** @returns {Promise<Draft[]>} all drafts without their photos' bytes, the latest change first */
  async list() {
    const found = this.database ? await settled(this.database.transaction("drafts").objectStore("drafts").getAll()) : [...this.memory.values()];
    return found.sort((one, other) => (one.changed < other.changed ? 1 : -1));
  }

  /** @param {string} id @returns {Promise<Draft|null>} a whole draft; the one that this tab has, unless another has changed it */
  async load(id) {
    if (!this.database) return this.memory.get(id) ?? null;
    const reading = this.database.transaction(["drafts", "photos"]);
    const draft = await settled(reading.objectStore("drafts").get(id));
    const mine = this.opened.get(id)?.deref();
    if (mine && (this.unsaved.has(mine) || this.stale.has(mine) || this.known.get(mine).has(revisionOf(draft)))) return mine;
    if (!draft) return null;
    const kept = await Promise.all(draft.photos.map((photo) => settled(reading.objectStore("photos").get(photo.id))));
    draft.photos = draft.photos.map((photo, at) => ({ ...photo, bytes: kept[at]?.bytes ?? null }));
    this.#open(draft, revisionOf(draft));
    return draft;
  }

  /** Writes a draft, and the photos that are new. @param {Draft} draft @param {Photo[]} photos @returns {Promise<void>} */
  async save(draft, photos = []) {
    if (this.dropped.has(draft)) return;
    if (!this.known.has(draft)) this.#open(draft, null);
    if (!this.database) return void this.memory.set(draft.id, draft);
    try {
      await this.#put(draft, photos);
    } catch (error) {
      if (this.stale.has(draft)) throw error;
      const owed = this.unsaved.get(draft) ?? new Set();
      photos.forEach((photo) => owed.add(photo));
      this.unsaved.set(draft, owed);
      if (!photos.length) throw error;
      await this.#put(draft); // where only the photos find no room
    }
    const owed = this.unsaved.get(draft);
    if (!owed) return;
    for (const photo of owed) {
      if (draft.photos.includes(photo)) await this.#put(draft, [photo]);
      owed.delete(photo);
    }
    this.unsaved.delete(draft);
  }

  /** Tries again to write what could not be written. @returns {Promise<void>} */
  async retry() {
    for (const draft of [...this.unsaved.keys()]) await this.save(draft).catch(() => {});
  }

  /**
   * Notes facts that any tab may set without telling the others; or some that hold whatever another tab has written.
   *
   * @param {Draft} draft @param {Partial<Draft>} facts @param {{always?: boolean}} [how] always: also where the draft is stale
   * @returns {Promise<void>}
   */
  async note(draft, facts, { always = false } = {}) {
    Object.assign(draft, facts);
    if (!this.database) return;
    const write = this.#write(({ drafts }) => {
      const asked = drafts.get(draft.id);
      asked.onsuccess = () => {
        const there = asked.result;
        const known = this.known.get(draft);
        const isMine = known?.has(revisionOf(there));
        if (!there || !(isMine || always)) return;
        const revision = always ? newId() : there.revision;
        if (isMine) known.add(revision);
        drafts.put({ ...there, ...facts, revision });
      };
    });
    await write.catch(() => {}); // they are written with the next change
  }

  /** @param {Draft} draft @param {string} id of a photo that the draft has no more @returns {Promise<void>} */
  async removePhoto(draft, id) {
    await this.save(draft);
    if (this.database) await this.#write(({ photos }) => photos.delete(id));
  }

  /** Deletes a draft, and all photos that no draft has. @param {Draft} draft @returns {Promise<void>} */
  async remove(draft) {
    this.memory.delete(draft.id);
    this.drop(draft.id);
    if (!this.database) return;
    await this.#write(({ drafts, photos }) => {
      drafts.delete(draft.id);
      const [left, kept] = [drafts.getAll(), photos.getAllKeys()];
      kept.onsuccess = () => {
        const used = new Set(left.result.flatMap((each) => each.photos.map(({ id }) => id)));
        kept.result.filter((id) => !used.has(id)).forEach((id) => photos.delete(id));
      };
    });
    this.others?.postMessage(draft.id);
  }

  /** Gives up what this tab has of a draft. @param {string} id */
  drop(id) {
    const mine = this.opened.get(id)?.deref();
    this.opened.delete(id);
    if (!mine) return;
    this.unsaved.delete(mine);
    this.stale.delete(mine);
    this.dropped.add(mine);
  }

  /** Makes another draft of one that another tab has changed, and writes it. @param {Draft} draft @returns {Promise<void>} */
  async part(draft) {
    this.opened.delete(draft.id);
    this.stale.delete(draft);
    this.known.delete(draft);
    Object.assign(draft, { id: newId(), sent: null, branch: null, tried: [], before: [], gone: [] });
    draft.photos.forEach((photo) => Object.assign(photo, { id: newId() }));
    await this.save(draft, draft.photos.filter(({ bytes }) => bytes));
  }

  /** @param {Draft} draft @param {string|null} revision */
  #open(draft, revision) {
    this.opened.set(draft.id, new WeakRef(draft));
    this.known.set(draft, new Set([revision]));
  }

  /** Writes a draft and photos as its next revision, unless another tab was there. @param {Draft} draft @param {Photo[]} [photos] */
  async #put(draft, photos = []) {
    const known = this.known.get(draft);
    const revision = newId();
    await this.#write((stores, transaction) => {
      const asked = stores.drafts.get(draft.id);
      asked.onsuccess = () => {
        if (!known.has(revisionOf(asked.result))) {
          this.stale.add(draft);
          this.unsaved.delete(draft);
          return transaction.abort();
        }
        known.add(revision);
        stores.drafts.put({ ...withoutBytes(draft), revision });
        for (const { id, bytes } of photos) stores.photos.put({ id, bytes });
      };
    });
    known.delete(null);
    this.others?.postMessage(draft.id);
  }

  /**
   * @param {(stores: {drafts: IDBObjectStore, photos: IDBObjectStore}, transaction: IDBTransaction) => void} change
   * @returns {Promise<void>}
   */
  #write(change) {
    const transaction = /** @type {IDBDatabase} */ (this.database).transaction(["drafts", "photos"], "readwrite");
    change({ drafts: transaction.objectStore("drafts"), photos: transaction.objectStore("photos") }, transaction);
    return finished(transaction);
  }
}

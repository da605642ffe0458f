/** The school's key to the forge: taken out of its link, kept in this browser, and sent to the forge's API alone. */

export const SHAPE = /^[A-Za-z0-9_.~+/=-]{8,400}$/;

/** Keys of other archives on the same host have other names. */
const nameOf = ({ api, repository }) => `pairing-write-key ${api} ${repository}`;

/** @param {any} forge of the index, or null @returns {string|null} */
export const readKey = (forge) => {
  try {
    return forge && localStorage.getItem(nameOf(forge));
  } catch {
    return null;
  }
};

/** @param {any} forge @param {string} key @returns {boolean} whether this browser keeps it */
export const keepKey = (forge, key) => {
  try {
    localStorage.setItem(nameOf(forge), key);
    return true;
  } catch {
    return false;
  }
};

/** Where a key waits until the index has come and says which forge it is for. */
const GIVEN = `pairing-write-key-given ${location.pathname}`;

/** Takes a key out of the address, before anything else can see it there, and puts it where it waits. */
export const takeKeyFromAddress = () => {
  const asked = new URLSearchParams(location.hash.slice(1));
  const key = asked.get("key");
  if (key === null) return;
  asked.delete("key");
  history.replaceState(null, "", [...asked].length ? `#${asked}` : location.pathname);
  try {
    if (SHAPE.test(key)) localStorage.setItem(GIVEN, key);
  } catch {
    // Then no key can be kept here.
  }
};

/** Keeps the key that waits, also one of a visit on which the index did not come. @param {any} forge */
export const keepGivenKey = (forge) => {
  try {
    const key = localStorage.getItem(GIVEN);
    localStorage.removeItem(GIVEN);
    if (forge && key) keepKey(forge, key);
  } catch {
    // As above.
  }
};

/** @param {any} forge */
export const removeKey = (forge) => localStorage.removeItem(nameOf(forge));

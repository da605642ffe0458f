/** What can go wrong between this page and a forge, in sentences that say what to do. */

const clock = (moment) =>
  new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(moment);

const WORDS = {
  offline: "网络断了，或档案所在的网站没有回应。连上网后再按一次：会接着交，不会交成两份。",
  key: "这把钥匙不能用了：可能过期了，也可能被收回了。请向教育局要一把新的，放进“钥匙”里，再按一次。",
  forbidden: "这把钥匙没有交材料的权限。请把这句话转告教育局，换一把能建分支、能提合并请求的钥匙。",
  missing: "找不到档案的仓库，或者这把钥匙看不到它。请把这句话转告教育局，核对仓库的名称和钥匙能用在哪个仓库。",
  exists: "档案里刚刚有了同名的文件夹。请回到第一步刷新本页，再交一次，本页会换一个名称。",
  conflict: "这一份刚刚在别处改过。请再按一次。",
  gone: "原来那一份已经收下或关闭，不能再改。请另交一份。",
  refused: "档案所在的网站不收这一份。请把下面这句话转告教育局：",
  large: "一次交的太大，档案所在的网站不收。请去掉几张照片，分两次交。",
  busy: "交得太勤，档案所在的网站请您等一等。",
  broken: "档案所在的网站出了故障。过几分钟再按一次：会接着交，不会交成两份。",
  strange: "档案所在的网站答的话看不懂，可能网站的地址填错了。请把这句话转告教育局。",
};

/** A fault of a call. code: a name of `WORDS`; status: of HTTP, 0 without an answer; until: when to try again, or null. */
export class ForgeError extends Error {
  /** @param {keyof typeof WORDS} code @param {{status?: number, until?: Date|null, said?: string}} [more] said: the forge's own words */
  constructor(code, { status = 0, until = null, said = "" } = {}) {
    const wait = until ? `${clock(until)}以后再按一次。` : "过几分钟再按一次。";
    super(WORDS[code] + (code === "busy" ? wait : "") + (code === "refused" ? `“${said.slice(0, 200)}”（${status}）` : ""));
    this.name = "ForgeError";
    this.code = code;
    this.status = status;
    this.until = until;
    this.said = said;
  }
}

const CODES = { 401: "key", 403: "forbidden", 404: "missing", 409: "conflict", 413: "large", 429: "busy" };

/**
 * The words of an answer that is no success, whatever the forge calls them.
 *
 * @param {any} data
 * @returns {string}
 */
const wordsOf = (data) => {
  if (typeof data !== "object" || data === null) return "";
  const { message, errors, error } = data;
  const details = Array.isArray(errors) ? errors.map((each) => each?.message ?? each?.code ?? each) : [];
  const said = [message ?? error, ...details].flat().filter((each) => typeof each === "string");
  return said.join("; ") || JSON.stringify(message ?? "");
};

/** @param {(name: string) => string|null} header @returns {Date|null} when a forge that limits calls takes them again */
const untilOf = (header) => {
  const after = Number(header("Retry-After"));
  if (after > 0) return new Date(Date.now() + after * 1000);
  const reset = Number(header("X-RateLimit-Reset") ?? header("RateLimit-Reset"));
  return reset > 0 ? new Date(reset * 1000) : null;
};

/**
 * The fault that an answer tells of.
 *
 * @param {number} status
 * @param {any} data its JSON, or null
 * @param {(name: string) => string|null} header
 * @returns {ForgeError}
 */
export const faultOf = (status, data, header) => {
  const said = wordsOf(data);
  // GitHub answers 403 where it means 429: docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
  const limited = status === 429 || (status === 403 && (header("Retry-After") || header("X-RateLimit-Remaining") === "0"));
  if (limited) return new ForgeError("busy", { status, until: untilOf(header), said });
  if (status >= 500) return new ForgeError("broken", { status, said });
  // GitLab and Gitee answer 400 for a branch, a file or a request that is there already, GitHub and Gitea 422.
  if ((status === 400 || status === 422) && /exist|已存在|fast.forward|sha does not match/i.test(said)) {
    return new ForgeError("conflict", { status, said });
  }
  return new ForgeError(CODES[status] ?? "refused", { status, said });
};

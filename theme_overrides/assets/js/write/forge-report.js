/** The gate's report on a request, found in its comments. */

// At the end alone: what stands before it quotes the request.
const MARK = /<!-- pairing-check:1 ([A-Za-z0-9+/=]+) -->\s*$/;

/** @param {string} body @returns {any} the report of a comment, or null */
const readReport = (body) => {
  const found = body.match(MARK);
  if (!found) return null;
  try {
    const bytes = Uint8Array.from(atob(found[1]), (sign) => sign.charCodeAt(0));
    const report = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    const isWhole = typeof report.head === "string" && ["red", "green"].includes(report.verdict) && Array.isArray(report.problems);
    return isWhole ? report : null;
  } catch {
    return null;
  }
};

/**
 * The last report on a request's newest commit. Whoever made the request does not report on it.
 *
 * @param {{body: string, author: string}[]} comments the oldest first
 * @param {{head: string, author: string}} request
 * @returns {any} `{head, verdict, problems, receipt}`, or null
 */
export const findReport = (comments, { head, author }) => {
  const reports = comments.filter((comment) => comment.author !== author).map(({ body }) => readReport(body ?? ""));
  return reports.filter((report) => report?.head === head).pop() ?? null;
};

/** Days as texts, `2020-05-14`, and months, `2020-05`; today's is Asia/Shanghai's. */

const SHANGHAI = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai", year: "numeric", month: "2-digit", day: "2-digit" });
const WEEK = "日一二三四五六";

/** @returns {string} today */
export const today = () => {
  const part = Object.fromEntries(SHANGHAI.formatToParts(new Date()).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}`;
};

/** @param {string} day @returns {Date} noon of the day, so that no zone moves it */
const noon = (day) => new Date(`${day}T12:00:00Z`);

/** @param {string} day @returns {string} 5月14日 */
export const dayName = (day) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;

/** @param {string} day @returns {string} 5月14日 星期四 */
export const longDayName = (day) => `${dayName(day)} 星期${WEEK[noon(day).getUTCDay()]}`;

/** @param {string} month @returns {string} 2020年5月 */
export const monthName = (month) => `${month.slice(0, 4)}年${Number(month.slice(5))}月`;

/** @param {string} from @param {string} to @returns {number} days between */
export const daysBetween = (from, to) => Math.round((noon(to).getTime() - noon(from).getTime()) / 86_400_000);

/** @param {string} month @param {number} by @returns {string} a month later or earlier */
export const turnMonth = (month, by) => {
  const at = noon(`${month}-15`);
  at.setUTCMonth(at.getUTCMonth() + by);
  return at.toISOString().slice(0, 7);
};

/** @param {string} month @returns {(string|null)[]} its days, after as many nulls as its first week lacks; Monday first */
export const daysOfMonth = (month) => {
  const first = noon(`${month}-01`);
  const count = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
  const days = Array.from({ length: count }, (_, at) => `${month}-${String(at + 1).padStart(2, "0")}`);
  return [...Array((first.getUTCDay() + 6) % 7).fill(null), ...days];
};

/** @param {Date} moment @returns {string} 2020-05-29T20:10:00+08:00 */
export const stamp = (moment) => `${new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;

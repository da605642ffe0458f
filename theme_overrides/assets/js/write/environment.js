/** What the browser at hand is, where that decides what can be offered. */

const agent = navigator.userAgent;

/** @returns {"wechat"|"dingtalk"|null} the chat programme whose own browser this is; it keeps no files */
export const inApp = () => (/MicroMessenger/i.test(agent) ? "wechat" : /DingTalk|AliApp\(DingTalk/i.test(agent) ? "dingtalk" : null);

/** @returns {boolean} whether drafts are cleared after seven days without a visit, as Safari's engine does */
export const forgetsInAWeek = () => /AppleWebKit/.test(agent) && !/Chrome|Chromium|Android/.test(agent);

/** Asks that drafts be kept; some browsers ask the user. @returns {Promise<boolean>} */
export const askToKeep = async () => {
  try {
    return (await navigator.storage?.persisted?.()) || (await navigator.storage?.persist?.()) || false;
  } catch {
    return false;
  }
};

/** @returns {Promise<boolean>} whether the browser has promised to keep drafts */
export const isKept = async () => {
  try {
    return (await navigator.storage?.persisted?.()) ?? false;
  } catch {
    return false;
  }
};

/** Every Chinese text that is not in the page's template. */

const count = (bytes) => `${Math.max(0.1, bytes / 1_000_000).toFixed(1)}兆`;

const numbered = (number) => (number ? `第${number}号` : "没有交成的那一份");

export const text = {
  size: count,
  title: (screen, site) => `${screen} - 填报 - ${site}`,
  step: (at, of) => `第${at}步，共${of}步`,
  schoolOf: (name) => ` · ${name}`,
  noProgramme: "还没有帮扶工作实施方案，还不能填报。",

  // What is owed
  owes: (name, quota, done, owed) => (owed ? `${name}还差${owed}项` : `${name}已完成`) + (quota ? `（应${quota}项，已报${done}项）` : ""),
  until: (day, left) => (left ? `${day}截止，还有${left}天。` : `${day}截止，就是今天。`),
  next: (name, day) => `下一个帮扶月是${name}，材料${day}前上报。`,
  over: "本年度的帮扶月已经过完，可以补报。",
  missed: (months) => `${months.join("、")}到期没有报够；补报的按逾期登记。`,
  rowsOf: (name) => `${name}计划表里的任务`,
  noRows: (name) => `${name}的计划表里没有任务，请点“计划以外的活动”。`,
  done: "已交",
  drafted: "有草稿",
  handedIn: "已交出",
  undated: "日期未定",
  untitled: "还没有写名称",
  draftFacts: (day, photos, at) => [day, photos ? `照片${photos}张` : "", `${at}改过`].filter(Boolean).join(" · "),
  kept: {
    persisted: "草稿存在这台设备的这个浏览器里，浏览器答应长期保存。",
    apple: "草稿存在这台设备的这个浏览器里。七天不打开本页，系统会清除；要久放，在“核对”一步存成文件。",
    other: "草稿存在这台设备的这个浏览器里。清除浏览数据、空间不够时会没有；要久放，在“核对”一步存成文件。",
  },
  sentAs: { request: (number) => `已交到档案，第${number}号`, closed: (number) => `第${number}号已经关闭，可以重新交`, package: () => "已存成档案包", sharePackage: () => "已分享档案包", share: () => "已分享", page: () => "已到网站上填" },
  removeOf: (title) => `删去“${title || "没有名称的"}”`,
  elsewhere: {
    changed: ["这份草稿在别的窗口里改过", "打开那边的，这里没存下的就没有了；拿不准，就两份都留着。", "打开那边的", "两份都留着"],
    deleted: ["这份草稿在别的窗口里删去了", "这里还有一份，没有存下。", "也不要了", "把这里的留下"],
  },
  notADraft: "这不是本页存下的草稿文件。",
  otherSchool: "这份草稿是别的园的，不在本县的名单里。",

  // Days
  planned: (day) => `计划是${day}。`,
  shot: (days) => `照片拍于${days.join("、")}。`,
  notInPlanMonth: (month) => `计划任务是${month}的；选了别的月份，就不再对应这一项。`,
  notPlanMeasure: (name) => `计划任务是“${name}”；选了别的内容，就不再对应这一项。`,
  marks: { planned: "计划日", shot: "照片的日子", chosen: "已选" },

  // Fields, as messages name them
  fields: {
    title: "活动名称", date: "日期", measure: "帮扶内容", partners: "参加的园", direction: "方式", sent: "派出人数",
    received: "接待人数", grades: "年级", attendance: "参加的总人数", place: "地点", lead: "负责人", reported: "上报日期",
    plan: "计划任务", photos: "照片", people: "图中人物", caption: "图片说明", taken: "拍摄日期", file: "文件名",
  },
  directions: { host: "请进来", visit: "走出去", online: "线上" },
  people: { none: "无人", adults: "成人", consented: "幼儿·已同意", refused: "幼儿·未同意" },
  faults: {
    missing: (name) => `${name}还没有填`,
    unchosen: (name) => `${name}还没有选`,
    long: (name, most, now) => `${name}太长：最多${most}字，现在${now}字`,
    range: (name, least, most) => `${name}应在${least}到${most}之间`,
    form: (name) => `${name}不合格式，请重新填`,
    future: (day) => `${day}还没有到，活动过后再报`,
    term: (day, terms) => `${day}不在学期之内（${terms}）`,
    planMonth: (month) => `计划任务是${month}的，与日期不在同一个月`,
    grades: (measure) => `${measure}按年级计算，请选年级`,
    empty: (part) => `“${part}”还没有写`,
    number: (name) => `${name}里有像电话或身份证号的数字，请删去`,
    making: "照片还在处理，请等一等",
    lost: "没有存下，请去掉它，再选一次",
    noPhoto: "至少要有一张可以交的照片",
    photo: (at, what) => `第${at}张：${what}`,
    later: "先空着，以后再填",
    title: (many) => `这里还有${many}处要填`,
    titleOfAll: (many) => `还有${many}处要填好才能交`,
  },

  // Parts
  written: (length) => (length ? `已写${length}字` : ""),
  split: (parts) => `按标题分成了${parts.map((part) => `“${part}”`).join("")}。`,
  clause: (id) => `方案里怎么说（${id}）`,

  // Photos
  photoAlt: (at) => `第${at}张照片`,
  photoLost: "这张没有存下，不在了。请去掉它，再从相册选一次。",
  photoWho: (at) => `第${at}张，图中有谁`,
  takenOn: (day) => `拍于${day}`,
  working: (at, of) => (of > 1 ? `正在处理第${at}张，共${of}张……` : "正在处理照片……"),
  added: (all, kept) => (kept ? `共${all}张，其中${kept}张未同意，不交。` : `共${all}张。`),
  tooMany: (most) => `一次活动最多${most}张`,
  heic: "是苹果手机的专用格式，这个浏览器打不开。请从“照片”里选（不要从“文件”里选），或在“设置”“相机”“格式”里改成“兼容性最佳”再拍",
  unreadable: "打不开，可能不是照片，或已经损坏",
  otherDay: (shot, day) => `照片拍于${shot}，活动日期填的是${day}。`,
  takeDay: (shot) => `活动日期改成${shot}`,

  // Review
  edit: "改",
  editOf: (name) => `改${name}`,
  staff: (sent, received) => `派出${sent}名，接待${received}名`,
  people_: (count) => `共${count}人`,
  photosReady: (ready, kept) => `${ready}张` + (kept ? `，另有${kept}张未同意，不交` : ""),
  labels: { what: "活动", when: "日期", way: "方式", numbers: "人数", place: "地点", lead: "负责人", photos: "照片", partners: "参加的园" },
  blank: "没有填",
  partLength: (length) => `${length}字`,
  deleteTitle: "删去这份草稿？",
  deleteText: (photos) => (photos ? `文字和${photos}张照片都会从这台设备上删去，找不回来。` : "写的字会从这台设备上删去，找不回来。"),
  staysHere: "只留在这台设备上，不交。",
  sentBefore: "以前交出去过，现在不交。",
  sentAlready: (sent, where = "在“交上去”一步") =>
    !sent
      ? `上一次没有交成，它可能已经传上去了。请${where}撤回，另交一份。`
      : sent.way !== "request"
        ? "它在交出去的那一份里。请告诉收到的人删去那一份，再把新的一份发去。"
        : sent.state === "merged"
          ? "它已经收进档案了。请马上告诉教育局撤下。"
          : `它已经交出去了，在第${sent.number}号里，去掉以后历史里还有。请${where}撤回第${sent.number}号，另交一份。`,
  deletePhotoTitle: "去掉这张照片？",
  deletePhotoText: "相册里的原图不受影响。",
  downloading: (done, all, stage) => (all ? `${stage}：${count(done)}，共${count(all)}` : `${stage}……`),
  preparing: "正在准备检查……",
  checking: "正在检查……",
  preview: "预览",
  checkFailed: "检查程序没有取到，请检查网络再试；不检查也可以交。",
  checkedFine: "检查过了，没有问题。",
  checkedWell: (warnings) => `检查过了，没有错误，有${warnings}个提醒；提醒不影响通过。`,
  checkedBad: (errors) => `检查出${errors}个错误，改好再交。`,
  severity: { error: "错误", warning: "提醒" },
  fix: (advice) => `怎么改：${advice}`,
  mendHere: "去改",

  // Handing in
  keptBack: (kept) => `有${kept}张照片未同意，只留在这台设备上，不在要交的东西里。`,
  takenBack: (count, sent) => `有${count}张照片交出去过，现在不交。${text.sentAlready(sent, "")}`,
  ways: {
    withdraw: { title: "撤回原来的，另交一份", note: "关闭原来那一份，删去它的分支，再交一份没有那几张照片的。", act: "撤回，另交一份" },
    request: { title: "直接交到档案", note: "交上去就开始检查，一两分钟有结果。", act: "交上去" },
    mend: { title: "改好的再交一次", note: "交到原来那一份里，重新检查。", act: "再交一次" },
    key: { title: "直接交到档案", note: "要先放好教育局发的钥匙，以后不用再放。", act: "放钥匙" },
    sharePackage: { title: "档案包", note: "一个文件，文字和照片都在里面，发给档案员或教育局。", act: "分享档案包" },
    savePackage: { title: "档案包", note: "一个文件，文字和照片都在里面。存好以后，在微信或钉钉里选“文件”，发给档案员或教育局。", act: "存档案包" },
    share: { title: "分享文字和照片", note: "用微信、钉钉发出去，由档案员放进档案。", act: "分享" },
    page: { title: "到档案所在的网站上填", note: "要有那里的账号。文字已经填好，照片要另传。", act: "打开" },
    longPage: { title: "到档案所在的网站上填", note: "要有那里的账号。文字太长，先复制，再粘贴到打开的页面里；照片另传。", act: "复制文字，再打开" },
    guide: { title: "照指南交", note: "不用本页，一步一步怎么点。", act: "看指南" },
  },
  sending: (done, all) => (all ? `正在交，${count(done)}，共${count(all)}……` : "正在交……"),
  packing: "正在打包……",
  failed: {
    network: "网络断了，或档案所在的网站没有回应。草稿还在，过一会儿再按一次。",
    other: "草稿还在，过一会儿再试；还不行，就用别的办法。",
    share: "没有分享成，可以改用“存档案包”。",
    withdraw: ({ number, branch }) => `${numbered(number)}没有撤回，照片还在里面。一直不成，请转告教育局：关闭它，删去分支${branch}。`,
  },
  requestTitle: (school, month, title) => `${school}${month}：${title}`,
  requestBody: (facts, vows) => [...facts.map(([name, value]) => `- ${name}：${value}`), "", ...vows.map((vow) => `- [x] ${vow}`), "", "由网站的“填报”页交来。", ""].join("\n"),
  requestFacts: { school: "园名", month: "月份", activity: "活动", photos: "照片", instead: "代替" },
  instead: (numbers) => numbers.map(numbered).join("、"),
  mendMessage: (title) => `改正：${title}`,
  packageName: (school, day, measure) => `${school}-${day.replaceAll("-", "")}-${measure}.zip`,
  draftName: (school, day) => `填报草稿-${school}-${(day ?? "未定日期").replaceAll("-", "")}.json`,
  packageNote: "档案包.json",
  shareTitle: (school, title) => `${school}：${title}`,

  // Result
  results: {
    waiting: ["正在检查", "通常一两分钟。可以关掉本页，回头再看。"],
    red: ["有要改的地方", "照下面改好，再交一次；不用另外交一份。"],
    green: ["检查通过", "等教育局收下，收下以后几分钟就在网站上。"],
    merged: ["已经收下", "几分钟后，网站上就有这次活动了。"],
    closed: ["已经关闭", "教育局没有收这一份，请问一问原因，改好再交。"],
    package: ["档案包存好了", "请用微信、钉钉或邮件发给档案员或教育局。收到以后，档案员把它放进档案。"],
    sharePackage: ["档案包交给您选的应用了", "收到以后，档案员把它放进档案。"],
    share: ["文字和照片交给您选的应用了", "收到以后，档案员把它放进档案。"],
    page: ["网站已经打开", "在那里点提交，再上传照片，才算交上。"],
    unknown: ["已经交上", "现在问不到检查的结果，过一会儿再看。"],
  },
  request: (number) => `第${number}号，在档案所在的网站上看`,
  handInAgain: "重新交一份",
  left: ({ number, branch, dropped }) =>
    `${numbered(number)}已经关闭，${dropped ? "分支也删去了。在档案所在的网站上可能还找得到照片" : `分支${branch}没能删去，照片还在里面`}。涉及幼儿的，请转告教育局：${dropped ? "" : "删去这个分支，"}清除它的历史。`,
  mendAgain: "改好再交一次",
  otherWay: "改一改，或换个办法",
  savedAs: (name, size) => `文件名：${name.replace(/\.zip$/, "")}（${size}）。`,
  resultTitles: { request: "交上去了", package: "存好了，还要发出去", sharePackage: "看一看发出去没有", share: "看一看发出去没有", page: "还要在那里提交" },

  // Key
  keyHint: (key) => `${"•".repeat(8)}${key.slice(-4)}`,
  keyBad: "这不像钥匙：请整段复制，不要多字、少字",
  keyMissing: "钥匙还没有粘贴",

  apps: { wechat: "微信", dingtalk: "钉钉" },
  copied: "网址已复制，粘贴到浏览器里打开。",
  notCopied: "没有复制成，请点右上角的“···”。",
};

/** A month's days as buttons: one tap chooses the day. */
import { daysOfMonth, longDayName, monthName, turnMonth } from "./days.js";
import { text } from "./strings.js";

/**
 * @param {HTMLElement} root of the template
 * @param {{month: string, least: string, most: string, chosen: string|null, planned: string|null, shot: string[],
 *   choose: (day: string) => void}} wanted least and most: the first and last day that can be chosen
 */
export const showCalendar = (root, wanted) => {
  const [earlier, later] = [root.querySelector("[data-earlier]"), root.querySelector("[data-later]")];
  let { month } = wanted;
  const draw = () => {
    root.querySelector(".calendar__month").textContent = monthName(month);
    earlier.disabled = month <= wanted.least.slice(0, 7);
    later.disabled = month >= wanted.most.slice(0, 7);
    root.querySelector(".calendar__days").replaceChildren(...daysOfMonth(month).map((day) => (day ? button(day, wanted) : document.createElement("span"))));
  };
  const turn = (by) => {
    month = turnMonth(month, by);
    draw();
  };
  earlier.onclick = () => turn(-1);
  later.onclick = () => turn(1);
  draw();
};

const button = (day, { least, most, chosen, planned, shot, choose }) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "calendar__day num";
  made.textContent = String(Number(day.slice(8)));
  made.disabled = day < least || day > most;
  made.setAttribute("aria-pressed", String(day === chosen));
  const marks = [day === planned && text.marks.planned, shot.includes(day) && text.marks.shot].filter(Boolean);
  made.setAttribute("aria-label", [longDayName(day), ...marks].join("，"));
  if (marks.length) made.dataset.marked = "";
  made.onclick = () => choose(day);
  return made;
};

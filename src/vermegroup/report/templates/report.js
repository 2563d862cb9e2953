"use strict";
// Typing a name leaves the groups of whoever has it. Without a script all of them are there.
const box = document.querySelector("#find");
const told = document.querySelector("#found");
const others = document.querySelector("#elsewhere");
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
// Of a line of people, each is told as "Aino Aalto (Turku, 12 y)".
const named = (text) => (text.trim().endsWith(")") ? text.slice(0, text.lastIndexOf(" (")) : text);
const people = (group) => {
  if (group.localName === "tr") return group.querySelector("td").firstChild.data.split(" · ").map(named);
  return [...group.querySelectorAll("tbody th")].map((name) => name.textContent);
};
const folds = [...document.querySelectorAll("details.fold")];
const opened = folds.map((fold) => fold.open);
let groups = null;
let elsewhere = null;
const show = () => {
  groups ??= [...document.querySelectorAll(".searched")].filter((each) => !each.closest(".queue"))
    .map((group) => [group, people(group).map(plain)]);
  elsewhere ??= others ? [...others.children].map((line) => [line, plain(line.firstChild.textContent)]) : [];
  const words = plain(box.value).split(/\s+/).filter(Boolean);
  const sought = (name) => words.every((word) => name.includes(word));
  const found = groups.filter(([group, names]) => {
    group.hidden = words.length > 0 && !names.some(sought);
    return !group.hidden;
  });
  folds.forEach((fold, place) => {
    fold.hidden = !fold.querySelector(".searched:not([hidden])");
    fold.open = words.length ? !fold.hidden : opened[place];
  });
  elsewhere.forEach(([line, name]) => { line.hidden = !sought(name); });
  if (others) others.hidden = !words.length || elsewhere.every(([line]) => line.hidden);
  told.textContent = words.length ? `${told.dataset.found}: ${found.length}` : "";
};
box.parentElement.hidden = false;
box.addEventListener("input", show);
// What is folded would not be printed.
window.addEventListener("beforeprint", () => folds.forEach((fold) => { fold.open = true; }));

"use strict";
// Typing a name leaves the groups that have it. Without a script all of them are there.
const box = document.querySelector("#find");
const told = document.querySelector("#found");
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const folds = [...document.querySelectorAll("details.fold")];
const opened = folds.map((fold) => fold.open);
let groups = null;
const show = () => {
  groups ??= [...document.querySelectorAll(".searched")].map((group) => [group, plain(group.textContent)]);
  const words = plain(box.value).split(/\s+/).filter(Boolean);
  const found = groups.filter(([group, text]) => {
    group.hidden = !words.every((word) => text.includes(word));
    return !group.hidden;
  });
  folds.forEach((fold, place) => {
    fold.hidden = !fold.querySelector(".searched:not([hidden])");
    fold.open = words.length ? !fold.hidden : opened[place];
  });
  told.textContent = words.length ? `${told.dataset.found}: ${found.length}` : "";
};
box.parentElement.hidden = false;
box.addEventListener("input", show);
// What is folded would not be printed.
window.addEventListener("beforeprint", () => folds.forEach((fold) => { fold.open = true; }));

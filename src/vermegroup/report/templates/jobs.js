"use strict";
// A click on a heading sorts the rows by its column, another one the other way round.
const body = document.querySelector("tbody");
const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
document.querySelectorAll("thead button").forEach((button, column) => {
  const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent;
  button.addEventListener("click", () => {
    const heading = button.parentElement;
    const back = heading.ariaSort === "ascending";
    document.querySelectorAll("thead th").forEach((other) => { other.ariaSort = null; });
    heading.ariaSort = back ? "descending" : "ascending";
    const rows = [...body.rows].sort((a, b) => compare(value(a), value(b)));
    body.append(...(back ? rows.reverse() : rows));
  });
});

"use strict";
// A click on a heading sorts the rows by its column, another one the other way round. The headings
// become buttons here, since without scripts there is nothing to press.
const body = document.querySelector("tbody");
const headings = document.querySelectorAll("thead th");
const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
headings.forEach((heading, column) => {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...heading.childNodes);
  heading.append(button);
  const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent;
  button.addEventListener("click", () => {
    const back = heading.ariaSort === "ascending";
    headings.forEach((other) => { other.ariaSort = null; });
    heading.ariaSort = back ? "descending" : "ascending";
    const rows = [...body.rows].sort((a, b) => compare(value(a), value(b)));
    body.append(...(back ? rows.reverse() : rows));
  });
});

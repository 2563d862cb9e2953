/* What was typed into a panel is there again after the language was changed. */
"use strict";
(() => {
  const panel = document.getElementById("panel");
  if (!panel) return;
  const KEPT = "vermegroup panel";
  const fields = () => [...panel.querySelectorAll("input, textarea, select")];
  const ticked = (field) => field.type === "checkbox" || field.type === "radio";
  const valueOf = (field) => (field.type === "file" ? "" : ticked(field) ? field.checked : field.value);
  const opener = (path) => document.querySelector(`[data-action="panel"][data-panel="${CSS.escape(path)}"]`);

  document.addEventListener("submit", (event) => {
    sessionStorage.removeItem(KEPT);
    if (event.target.getAttribute("action") !== "/language" || panel.hidden) return;
    const file = panel.querySelector("input[type=file]");
    if (file?.value && !confirm(file.dataset.lost)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    const path = panel.querySelector("[data-path]")?.dataset.path;
    if (!path || !opener(path)) return;
    const folds = [...panel.querySelectorAll("details")].map((fold) => fold.open);
    const told = fields().map((field) => [field.name, valueOf(field)]);
    sessionStorage.setItem(KEPT, JSON.stringify({ path, folds, told }));
  }, true);

  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  sessionStorage.removeItem(KEPT);
  const button = kept && opener(kept.path);
  if (!button || button.disabled) return;
  const fill = () => {
    if (!panel.querySelector("[data-path]")) return;
    document.removeEventListener("edit:applied", fill);
    [...panel.querySelectorAll("details")].forEach((fold, at) => { fold.open = kept.folds[at] ?? fold.open; });
    fields().forEach((field, at) => {
      const [name, value] = kept.told[at] ?? [];
      if (name !== field.name || field.type === "file" || field.type === "hidden") return;
      if (ticked(field)) field.checked = value; else field.value = value;
    });
  };
  document.addEventListener("edit:applied", fill);
  button.click();
})();

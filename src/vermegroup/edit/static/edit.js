/* The groups page: takes people in hand, asks the server, and puts what it answers into the page.
   What holds of a move is never judged here: the server says it. */
"use strict";
(() => {
  const one = (id) => document.getElementById(id);
  const cards = one("cards");
  if (!cards) return;
  const body = document.body, hand = one("hand"), live = one("live"), said = one("said").dataset;
  const language = document.documentElement.lang;
  const rowsOf = (within) => [...within.querySelectorAll(".person")];
  const groupOf = (element) => element.closest("[data-group]").dataset.group;
  const buttonOf = (row) => row.querySelector('[data-action="hold"]');
  const nameOf = (row) => row.querySelector("bdi").textContent;
  const state = () => one("state").dataset;
  const escape = CSS.escape;
  const cardOf = (group) => cards.querySelector(`[data-group="${escape(group)}"]`);
  const rowOf = (person, group) =>
    (group === undefined ? cards : cardOf(group))?.querySelector(`[data-person="${escape(person)}"]`);

  /* ---- what the server says, put into the page ---- */

  const received = new Map();
  const announce = (text) => { live.textContent = ""; live.textContent = text.replace(/\s+/g, " ").trim(); };

  const tell = (element) => {
    const told = one("told");
    told.replaceChildren(...element.childNodes);
    if (!told.querySelector('[data-action="dismiss"]')) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "icon", textContent: "×", ariaLabel: said.dismiss });
      button.dataset.action = "dismiss";
      told.append(button);
    }
    told.hidden = false;
    announce([...told.querySelectorAll("p")].map((line) => line.textContent).join(" "));
  };

  const put = (element) => {
    const old = one(element.id), text = element.outerHTML;
    if (!old || received.get(element.id) === text) return;
    received.set(element.id, text);
    const folds = [...old.querySelectorAll("details")];
    [...element.querySelectorAll("details")].forEach((fold, at) => { if (folds[at]) fold.open = folds[at].open; });
    old.replaceWith(element);
    window.htmx?.process(element);
  };

  const arrange = (order) => {
    const kept = new Set(order.filter((name) => !name.startsWith("\t")));
    for (const card of cards.querySelectorAll("[data-group]")) if (!kept.has(card.dataset.group)) card.remove();
    for (const head of cards.querySelectorAll(".part")) head.remove();
    let next = cards.firstElementChild;
    for (const name of order) {
      let element;
      if (name.startsWith("\t")) {
        element = document.createElement("h2");
        element.className = "part";
        element.textContent = element.dataset.part = name.slice(1);
      } else element = cardOf(name);
      if (element === next) next = next.nextElementSibling;
      else cards.insertBefore(element, next);
    }
  };

  const whereFocusIs = () => {
    const at = document.activeElement;
    const row = at?.closest?.(".person");
    if (row) return () => rowOf(row.dataset.person) && buttonOf(rowOf(row.dataset.person));
    const { action, panel, place } = at?.dataset ?? {};
    if (!action) return () => null;
    const group = at.closest("[data-group]")?.dataset.group;
    const told = `[data-action="${action}"]` + (panel ? `[data-panel="${panel}"]` : "") + (place ? `[data-place="${place}"]` : "");
    return () => (group === undefined ? document : cardOf(group) ?? document).querySelector(told);
  };

  /* Where the focus goes when what had it is gone: to the first of these that can have it. */
  let outside = () => null;
  const focusAgain = (...places) => {
    const stop = () => one("search").querySelector('[data-action="stop"]');
    const told = () => (one("told").hidden ? null : one("told"));
    for (const find of [...places, stop, reopened, outside, told, () => document.querySelector("main")]) {
      const target = find();
      if (!target || target.disabled || !target.checkVisibility()) continue;
      target.focus({ preventScroll: true });
      if (document.activeElement === target) return;
    }
  };
  const isLost = () => !document.activeElement || document.activeElement === body;

  const apply = (html, focus) => {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const version = state().version, again = focus ?? whereFocusIs(), before = document.activeElement;
    const parts = [...holder.content.children], changed = parts.filter((part) => part.matches("article[data-group]"));
    for (const card of changed) {
      const old = cardOf(card.dataset.group);
      if (changed.length <= 20) card.classList.add("changed");
      old ? old.replaceWith(card) : cards.insertBefore(card, one("new-group"));
    }
    let panel = null;
    for (const part of parts) {
      if (part.matches(".fault")) tell(part);
      else if (part.id === "told") tell(part);
      else if (part.id === "panel") {
        panel = part;
        openPanel(part.innerHTML);
        opened = one("panel").querySelector('[action="/proposal"]') ? "/proposal" : "";
      }
      else if (part.id) put(part);
    }
    if (state().order) arrange(JSON.parse(state().order));
    if (focus) again()?.focus();
    if (isLost() && before !== body) focusAgain(again);
    look();
    if (held.length && version !== state().version) hold(held.filter((each) => rowOf(each.person, each.group)));
    if (version !== state().version && !panel && one("panel").querySelector("[data-once]")) openPanel("", true);
    if (isLost() && before !== body) focusAgain();
    const refresh = one("panel").querySelector("[data-refresh]");
    if (refresh && !panel) show(refresh.dataset.refresh, true);
    if (state().searching === "yes") follow();
    document.dispatchEvent(new CustomEvent("edit:applied"));
  };

  /* ---- asking the server ---- */

  const lost = () => {
    const part = document.createElement("section");
    part.innerHTML = "<p class='bad'></p>";
    part.firstChild.textContent = said.lost;
    tell(part);
  };

  const ask = async (path, options = {}) => {
    const answer = await fetch(path, { ...options, headers: { "HX-Request": "true" } });
    if (answer.headers.get("HX-Refresh")) { leaving = true; location.reload(); }
    return answer;
  };

  let leaving = false;
  let line = Promise.resolve();
  const send = (path, fields, focus) => {
    line = line.then(async () => {
      const multipart = fields instanceof FormData && [...fields.values()].some((each) => each instanceof File);
      const sent = multipart ? fields : new URLSearchParams(fields instanceof FormData ? [...fields] : fields);
      sent.append("version", state().version);
      sent.append("language", language);
      body.classList.add("asking");
      try {
        const answer = await ask(path, { method: "POST", body: sent });
        apply(await answer.text(), answer.ok ? focus : undefined);
        return answer.ok;
      } catch (fault) {
        if (fault instanceof TypeError) lost(); else throw fault;
        return false;
      } finally {
        body.classList.remove("asking");
      }
    });
    return line;
  };

  let following = 0;
  const follow = () => {
    clearTimeout(following);
    following = setTimeout(async () => {
      try {
        const answer = await ask("/search/progress");
        apply(await answer.text());
        if (!answer.ok) follow();
      } catch { lost(); follow(); }
    }, 600);
  };

  /* ---- the panel beside the groups ---- */

  let opener = null, opened = "";
  const reopened = () => (opener?.isConnected ? opener : opener && document.querySelector(`#toolbar [data-panel="${opener.dataset.panel}"]`));
  const openPanel = (html, quietly) => {
    const panel = one("panel"), was = panel.hidden;
    panel.innerHTML = html;
    panel.hidden = !panel.firstElementChild;
    window.htmx?.process(panel);
    if (panel.hidden) {
      opened = "";
      if (!was && isLost()) focusAgain();
    } else if (!quietly) {
      one("told").hidden = true;
      panel.scrollTop = 0;
      panel.querySelector("h2")?.focus({ preventScroll: true });
      panel.scrollIntoView({ block: "nearest" });
    }
  };

  const show = async (path, quietly) => {
    if (!quietly) opener = document.activeElement;
    try {
      const answer = await ask(path);
      const html = await answer.text();
      if (answer.ok) { openPanel(html, quietly); opened = path; } else apply(html);
      document.dispatchEvent(new CustomEvent("edit:applied"));
    } catch { lost(); }
  };

  const withHeld = (path) => {
    const fields = new URLSearchParams();
    for (const each of held) { fields.append("person", each.person); fields.append("from", each.group); }
    return `${path}?${fields}`;
  };

  /* ---- people in hand ---- */

  let held = [], outlooks = null, asking = null;
  const ICONS = { keeps: "✓", mends: "✓", leaves: "≈", breaks: "✗" };
  const same = (a, b) => a.person === b.person && a.group === b.group;
  const place = (row) => ({ person: row.dataset.person, group: groupOf(row) });
  const isHeld = (row) => held.some((each) => same(each, place(row)));

  const forget = () => {
    outlooks = null;
    for (const element of document.querySelectorAll("[data-outlook]")) {
      if (element.dataset.action) { element.dataset.outlook = ""; element.removeAttribute("title"); }
      else delete element.dataset.outlook;
    }
    for (const element of cards.querySelectorAll(".outlook")) element.remove();
    for (const button of cards.querySelectorAll("[data-action=hold][aria-label]")) button.removeAttribute("aria-label");
    one("outlook").textContent = "";
  };

  const hold = (people) => {
    asking?.abort();
    forget();
    held = people;
    for (const row of cards.querySelectorAll(".person.held")) { row.classList.remove("held"); buttonOf(row).removeAttribute("aria-pressed"); }
    const rows = held.map((each) => rowOf(each.person, each.group)).filter(Boolean);
    for (const row of rows) { row.classList.add("held"); buttonOf(row).setAttribute("aria-pressed", "true"); }
    body.classList.toggle("holding", held.length > 0);
    hand.hidden = !held.length;
    if (!held.length) { more(false); return Promise.resolve(null); }
    one("told").hidden = true;
    const names = rows.map((row) => `${nameOf(row)}${groupOf(row) ? ` (${groupOf(row)})` : ""}`);
    one("held").textContent = names.length > 4 ? `${names.slice(0, 4).join(", ")} … ${names.length}` : names.join(", ");
    const spared = rows.flatMap((row) => [...row.querySelectorAll(".needed")].map((mark) => [nameOf(row), mark.getAttribute("aria-label")]));
    one("spared").hidden = !spared.length;
    one("spared").textContent = spared.map(([name, why]) => `◆ ${rows.length > 1 ? `${name}: ` : ""}${why}`).join(" ");
    hand.querySelector('[data-action="suggest"]').disabled = held.length !== 1;
    const pins = hand.querySelector('[data-action="pin-held"]'), fixed = rows.every((row) => row.classList.contains("fixed"));
    pins.textContent = fixed ? pins.dataset.unpin : pins.dataset.pin;
    announce(`${hand.querySelector(".who").textContent}. ${one("spared").textContent}`);
    return consider();
  };

  const consider = async () => {
    asking = new AbortController();
    const path = withHeld("/held") + `&version=${state().version}&language=${language}`;
    try {
      const answer = await ask(path, { signal: asking.signal });
      if (answer.status === 409) { hold([]); await send("/look", []); return null; }
      if (!answer.ok) { apply(await answer.text()); return hold([]); }
      outlooks = await answer.json();
      colour();
      return outlooks;
    } catch (fault) {
      if (fault.name !== "AbortError") lost();
      return null;
    }
  };

  const inWords = (told) => `${told.told}${told.details ? `. ${told.details}` : ""}`;

  const outlookOf = (told) => {
    const block = document.createElement("div"), text = document.createElement("p"), button = document.createElement("button");
    block.className = "outlook";
    text.textContent = `${ICONS[told.outlook]} ${told.told}${told.details ? "." : ""}`;
    if (told.details) {
      const small = document.createElement("small");
      small.textContent = told.details;
      text.append(" ", small);
    }
    text.title = inWords(told);
    Object.assign(button, { type: "button", textContent: said.put });
    button.dataset.action = "put";
    block.append(text, button);
    return [block, button];
  };

  const colour = () => {
    const told = outlooks.outlooks, seated = new Map(rowsOf(cards).map((row) => [row.dataset.seat, row]));
    for (const card of cards.querySelectorAll(".group")) {
      const at = outlooks.groups[card.id === "new-group" ? outlooks.new : card.dataset.group];
      if (at === undefined) continue;
      card.dataset.outlook = told[at].outlook;
      const [block, button] = outlookOf(told[at]);
      const title = card.querySelector("h3").textContent;
      button.setAttribute("aria-label", `${said.put}: ${title}. ${inWords(told[at])}`);
      card.querySelector(".about").append(block);
    }
    for (const [seat, at] of Object.entries(outlooks.swaps)) {
      const row = seated.get(seat);
      if (!row) continue;
      row.dataset.outlook = told[at].outlook;
      buttonOf(row).setAttribute("aria-label", `${said.swap} ${nameOf(row)}: ${inWords(told[at])}`);
    }
    for (const [action, group] of [["put-queue", ""], ["put-new", outlooks.new]]) {
      const button = hand.querySelector(`[data-action="${action}"]`), at = outlooks.groups[group];
      button.disabled = at === undefined;
      button.dataset.outlook = at === undefined ? "" : told[at].outlook;
      button.title = at === undefined ? "" : inWords(told[at]);
    }
    document.dispatchEvent(new CustomEvent("edit:coloured"));
  };


  /* What would come of the group or the swap that is looked at, in full. */
  const hint = (element) => {
    if (!outlooks) return;
    const row = element.closest(".person:not(.held)"), button = element.closest("#hand [data-outlook]");
    const group = element.closest(".group");
    let at, before = "";
    if (button) at = outlooks.groups[button.dataset.action === "put-new" ? outlooks.new : ""];
    else if (row && outlooks.swaps[row.dataset.seat] !== undefined && !body.classList.contains("dragging")) {
      at = outlooks.swaps[row.dataset.seat];
      before = `${said.swap} ${nameOf(row)}: `;
    } else if (group) {
      at = outlooks.groups[group.id === "new-group" ? outlooks.new : group.dataset.group];
      before = `${group.querySelector("h3").textContent}: `;
    }
    const told = at === undefined ? null : outlooks.outlooks[at];
    one("outlook").textContent = told ? `${before}${ICONS[told.outlook]} ${inWords(told)}` : "";
    one("outlook").dataset.kind = told ? told.outlook : "";
  };

  const go = async (group) => {
    const people = held, first = people[0];
    if (group === null) group = (outlooks ?? await consider())?.new;
    if (group === undefined || !people.length) return;
    const fields = [];
    for (const each of people) fields.push(["person", each.person], ["from", each.group]);
    fields.push(["to", group]);
    finish("/move", fields, first.person, group);
  };

  const swap = (row) => {
    const [own] = held, other = place(row);
    finish("/move", [
      ["person", own.person], ["from", own.group], ["to", other.group],
      ["person", other.person], ["from", other.group], ["to", own.group],
    ], own.person, other.group);
  };

  const finish = (path, fields, person, group) => {
    hold([]);
    send(path, fields, () => {
      const row = rowOf(person, group) ?? rowOf(person);
      return row && buttonOf(row);
    });
  };

  const more = (on) => hand.querySelector('[data-action="more"]').setAttribute("aria-pressed", String(on));
  const holdsMore = () => hand.querySelector('[data-action="more"]').getAttribute("aria-pressed") === "true";

  const toggle = (row) => hold(isHeld(row) ? held.filter((each) => !same(each, place(row))) : [...held, place(row)]);

  const take = (row, several) => {
    if (state().searching === "yes") { announce(one("search").textContent); return; }
    if (several || (held.length && holdsMore()) || held.length > 1) toggle(row);
    else if (!held.length) hold([place(row)]);
    else if (isHeld(row)) hold([]);
    else if (held[0].group === groupOf(row)) hold([place(row)]);
    else swap(row);
  };

  const putBack = () => {
    const first = held[0] && rowOf(held[0].person, held[0].group);
    hold([]);
    if (first) buttonOf(first).focus({ preventScroll: true });
  };

  const pinPeople = (people, fixed) => {
    const fields = people.map((person) => ["person", person]);
    send("/pin", [...fields, ["pinned", fixed ? "no" : "yes"]]);
  };

  /* ---- the mouse, and fingers ---- */

  let dragging = null, ended = 0;
  const targetAt = (x, y) => {
    const element = document.elementFromPoint(x, y);
    return element?.closest('[data-group], #new-group, [data-action="put-queue"], [data-action="put-new"]') ?? null;
  };

  const over = (event) => {
    if (!dragging) return;
    const point = event.touches?.[0] ?? event;
    Object.assign(dragging, { x: point.clientX, y: point.clientY });
    const target = targetAt(dragging.x, dragging.y);
    if (target === dragging.target) return;
    dragging.target?.classList.remove("under");
    dragging.target = target;
    if (target) { target.classList.add("under"); hint(target); }
  };

  const begin = (event) => {
    const row = event.item;
    dragging = { target: null, x: 0, y: 0, cancelled: false };
    body.classList.add("dragging");
    if (!isHeld(row)) hold([place(row)]);
  };

  const end = () => {
    const { target, cancelled } = dragging;
    dragging = null;
    ended = performance.now();
    body.classList.remove("dragging");
    target?.classList.remove("under");
    const group = target?.dataset.group ?? (target?.dataset.action === "put-queue" ? "" : target ? null : undefined);
    if (cancelled || group === undefined || held.every((each) => each.group === group)) { putBack(); return; }
    go(group);
  };

  const ready = new WeakSet();
  cards.addEventListener("pointerdown", (event) => {
    const list = event.target.closest?.(".people");
    if (!list || ready.has(list) || state().searching === "yes") return;
    ready.add(list);
    new Sortable(list, {
      group: { name: "people", pull: false, put: false },
      sort: false, draggable: ".person", animation: 0,
      forceFallback: true, fallbackOnBody: true, fallbackTolerance: 5, fallbackClass: "carried", ghostClass: "lifted",
      delay: 200, delayOnTouchOnly: true, touchStartThreshold: 6, scrollSensitivity: 70, scrollSpeed: 14,
      onStart: begin, onEnd: end,
    });
  }, true);
  for (const name of ["pointermove", "touchmove"]) document.addEventListener(name, over, { passive: true });
  document.addEventListener("mouseover", (event) => { if (!dragging) hint(event.target); });
  document.addEventListener("focusin", (event) => {
    hint(event.target);
    if (event.target.closest("#cards, #toolbar")) outside = whereFocusIs();
  });

  /* ---- clicks ---- */

  const ACTIONS = {
    undo: () => send("/undo", []),
    redo: () => send("/redo", []),
    save: () => send("/save", []),
    stop: () => send("/search/stop", []),
    help: () => one("help").showModal(),
    panel: (button) => show(button.dataset.panel === "/year" ? withHeld("/year") : button.dataset.panel),
    "close-panel": () => openPanel(""),
    dismiss: () => { one("told").hidden = true; if (isLost()) focusAgain(outside); },
    why: (button) => {
      const part = document.createElement("section"), line = document.createElement("p");
      line.textContent = `◆ ${button.closest(".group").querySelector("h3").textContent}: ${button.getAttribute("aria-label")}`;
      part.append(line);
      tell(part);
    },
    go: (button) => send("/go", [["place", button.dataset.place]]),
    put: (button) => {
      const card = button.closest(".group");
      go(card.id === "new-group" ? null : card.dataset.group);
    },
    "put-queue": () => go(""),
    "put-new": () => go(null),
    "put-back": putBack,
    more: () => more(!holdsMore()),
    suggest: () => { const path = withHeld("/suggest"); putBack(); show(path); },
    "pin-held": () => {
      const rows = held.map((each) => rowOf(each.person, each.group));
      const fixed = rows.every((row) => row.classList.contains("fixed"));
      const people = held.map((each) => each.person);
      putBack();
      pinPeople(people, fixed);
    },
    "pin-group": (button) => {
      const fixed = button.getAttribute("aria-pressed") === "true";
      send("/pin", [["group", groupOf(button)], ["pinned", fixed ? "no" : "yes"]]);
    },
  };

  document.addEventListener("click", (event) => {
    // A drop ends with a click on what is below; one on a button elsewhere is meant.
    if (performance.now() - ended < 80 && event.target.closest("#cards")) return;
    const button = event.target.closest("[data-action]");
    const row = event.target.closest("#cards .person");
    if (row && (!button || button.dataset.action === "hold")) take(row, event.ctrlKey || event.metaKey || event.shiftKey);
    else if (button && button.tagName === "BUTTON") ACTIONS[button.dataset.action]?.(button);
    else if (event.target.closest(".outlook")) hint(event.target);
  });

  const download = async (form, submitter) => {
    const fields = new URLSearchParams([...new FormData(form, submitter)]);
    if (submitter?.value === "folder") { send(form.getAttribute("action"), new FormData(form, submitter)); return; }
    try {
      const answer = await ask(form.getAttribute("action"), { method: "POST", body: fields });
      if (!answer.ok) { apply(await answer.text()); return; }
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = decodeURIComponent((answer.headers.get("content-disposition") ?? "").split("''")[1] ?? "export");
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      send("/look", []);  // what is to be told of it
    } catch { lost(); }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("action") === "/language") {
      const file = one("panel").querySelector("input[type=file]");
      if (file?.value && !confirm(file.dataset.lost)) { event.preventDefault(); return; }
      leaving = true;
      keepForAfter();
    }
    if (!form.dataset.action) return;
    event.preventDefault();
    if (form.dataset.action === "export") download(form, event.submitter);
    else send(form.getAttribute("action"), new FormData(form, event.submitter));
  });

  /* ---- keys ---- */

  const step = (row, key) => {
    const card = row.closest(".group"), rows = rowsOf(card), at = rows.indexOf(row);
    if (key === "ArrowDown") return buttonOf(rows[at + 1] ?? row);
    if (key === "ArrowUp") return at ? buttonOf(rows[at - 1]) : card.querySelector('[data-action="put"]') ?? buttonOf(row);
    return beside(card, key, (other) => {
      const others = rowsOf(other);
      return others.length ? buttonOf(others[Math.min(at, others.length - 1)]) : other.querySelector('[data-action="put"]');
    });
  };

  const beside = (card, key, find) => {
    const all = [...cards.querySelectorAll(".group")].filter((each) => each.checkVisibility());
    const way = key === "ArrowRight" ? 1 : -1;
    for (let at = all.indexOf(card) + way; all[at]; at += way) {
      const found = find(all[at]);
      if (found) return found;
    }
    return null;
  };

  const fromPut = (button, key) => {
    const card = button.closest(".group");
    if (key === "ArrowDown") { const [row] = rowsOf(card); return row && buttonOf(row); }
    if (key === "ArrowUp") return null;
    return beside(card, key, (other) => other.querySelector('[data-action="put"]'));
  };

  const onPerson = (event, row) => {
    if (event.key === "s" || event.key === "S") toggle(row);
    else if (event.key === "p" || event.key === "P") pinPeople([row.dataset.person], row.classList.contains("fixed"));
    else if (event.key === "/") one("find").focus();
    else return false;
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !one("help").open) { escaped(event); return; }
    const typing = event.target.matches?.("input, textarea, select");
    if ((event.ctrlKey || event.metaKey) && !typing && /^[zy]$/i.test(event.key)) {
      event.preventDefault();
      const again = event.shiftKey || event.key.toLowerCase() === "y";
      send(again ? "/redo" : "/undo", []);
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      document.querySelector('[data-action="save"]:not(:disabled)')?.click();
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = event.target.closest?.("#cards .person"), putter = event.target.closest?.('[data-action="put"]');
    if (!row && !putter) return;
    if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      (row ? step(row, event.key) : fromPut(putter, event.key))?.focus();
    } else if (row && onPerson(event, row)) event.preventDefault();
  });

  const escaped = (event) => {
    if (dragging) { dragging.cancelled = true; document.dispatchEvent(new PointerEvent("pointerup", { bubbles: true })); }
    else if (held.length) putBack();
    else if (!one("panel").hidden) openPanel("");
    else if (event.target === one("find")) { one("find").value = ""; look(); }
    else one("told").hidden = true;
  };

  /* ---- looking for people ---- */

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  let matching = null;
  function look() {
    const wanted = plain(one("find").value.trim()), found = one("found");
    const on = wanted !== "" || matching !== null;
    if (!on && !cards.classList.contains("filtered")) return;
    cards.classList.toggle("filtered", on);
    let people = 0;
    for (const card of cards.querySelectorAll("[data-group]")) {
      let any = false;
      for (const row of rowsOf(card)) {
        const fits = (!wanted || plain(nameOf(row)).includes(wanted) || plain(row.dataset.person).includes(wanted))
          && (matching === null || matching.has(row.dataset.seat));
        row.classList.toggle("other", on && !fits);
        if (fits) { any = true; people += 1; }
      }
      card.classList.toggle("none", on && !any);
    }
    found.textContent = on ? `${found.dataset.told}: ${people}` : "";
  }
  one("find").addEventListener("input", look);
  one("find").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const row = rowsOf(cards).find((each) => !each.classList.contains("other"));
    if (row) buttonOf(row).focus();
  });
  one("filter")?.addEventListener("change", async (event) => {
    const option = event.target.selectedOptions[0], trait = option.dataset.trait;
    matching = null;
    if (trait !== undefined) {
      try {
        const answer = await ask(`/matching?${new URLSearchParams({ trait, value: option.value })}`);
        matching = new Set((await answer.json()).seats.map(String));
      } catch { lost(); }
    }
    look();
  });

  /* ---- the same page in another language: whoever is held stays so, and so does the panel ---- */

  const KEPT = "vermegroup-in-hand";
  const typedIn = (panel) => [...panel.querySelectorAll("input:not([type=hidden], [type=file]), textarea, select")];
  const keepForAfter = () => {
    const fields = typedIn(one("panel")).map((field) => [field.value, Boolean(field.checked)]);
    const folds = [...one("panel").querySelectorAll("details")].map((fold) => fold.open);
    sessionStorage.setItem(KEPT, JSON.stringify({ version: state().version, held, opened, fields, folds }));
  };
  const takeUpKept = async () => {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    sessionStorage.removeItem(KEPT);
    if (!kept || kept.version !== state().version) return;
    const rows = kept.held.filter((each) => cardOf(each.group) && rowOf(each.person, each.group));
    if (kept.opened) {
      await show(kept.opened);
      const fields = typedIn(one("panel"));
      [...one("panel").querySelectorAll("details")].forEach((fold, at) => { fold.open = kept.folds[at] ?? fold.open; });
      if (fields.length === kept.fields.length) fields.forEach((field, at) => {
        const [value, checked] = kept.fields[at];
        if (/^(radio|checkbox)$/.test(field.type)) field.checked = checked; else field.value = value;
      });
    }
    if (rows.length) { hold(rows); buttonOf(rowOf(rows[0].person, rows[0].group)).focus({ preventScroll: true }); }
  };

  /* ---- other tabs, and leaving ---- */

  const tab = cards.dataset.tab;
  const alive = async () => {
    try {
      const answer = await fetch(`/alive?tab=${tab}`, { method: "POST" });
      if (answer.ok) one("others").hidden = (await answer.text()) === "0";
    } catch { /* the next thing that somebody does tells it */ }
  };
  alive();
  setInterval(alive, 5_000);
  addEventListener("pagehide", () => navigator.sendBeacon(`/gone?tab=${tab}`));
  addEventListener("beforeunload", (event) => { if (!leaving && state().unsaved === "yes") event.preventDefault(); });

  if (matchMedia("(max-width: 40rem)").matches) document.querySelector(".values")?.removeAttribute("open");
  for (const id of ["toolbar", "standing", "search", "file"]) received.set(id, one(id).outerHTML);
  if (!one("told").hidden) announce(one("told").textContent);
  if (state().searching === "yes") follow();
  takeUpKept();
  body.classList.add("scripted");
})();

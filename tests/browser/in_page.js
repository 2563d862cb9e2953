// What is measured in a page, as people have it before them: a function each.
({
  openAll() {
    document.querySelectorAll("details").forEach((each) => { each.open = true; });
  },

  // Whatever lies outside of the window, or outside of a box that shows but a part of it. What is
  // for screen readers only is clipped on purpose, and a picture may be moved within its box, which
  // WCAG 1.4.10 allows: where the keyboard reaches it, and it says what it is.
  cutOff() {
    const wide = document.scrollingElement.scrollWidth;
    const found = wide > innerWidth ? [`the page is ${wide} pixels wide`] : [];
    for (const each of document.body.querySelectorAll("*")) {
      const style = getComputedStyle(each);
      if (style.clipPath !== "none" || style.overflowX === "visible" || !each.clientWidth) continue;
      if (each.tabIndex === 0 && each.ariaLabel && each.querySelector("svg") && !each.querySelector("table")) continue;
      if (each.scrollWidth > each.clientWidth + 1) {
        found.push(`${this.name(each)}: ${each.scrollWidth} in ${each.clientWidth} pixels`);
      }
    }
    return found;
  },

  // Levels of the headings, in their order.
  headings() {
    return [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((each) => +each.localName[1]);
  },

  // Texts that nobody sees though all that is folded is open.
  unseen() {
    return this.texts().filter((each) => !each.checkVisibility({ visibilityProperty: true }))
      .map((each) => this.name(each));
  },

  // Texts that do not stand out from what lies behind them as WCAG 1.4.3 has it.
  pale() {
    const found = [];
    for (const each of new Set(this.texts().filter((text) => text.checkVisibility()))) {
      const style = getComputedStyle(each);
      const size = parseFloat(style.fontSize);
      const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
      const behind = this.behind(each);
      const ratio = this.contrast(this.over(this.colour(style.color), behind), behind);
      if (ratio < least) found.push(`${this.name(each)}: ${ratio.toFixed(2)}`);
    }
    return found;
  },

  // What can be used, and is to be reached with the Tab key; of radio buttons only one is.
  usable() {
    const all = document.querySelectorAll("a[href], button, summary, input, select, textarea, [tabindex='0']");
    return [...all].filter((each) => each.checkVisibility() && !each.disabled && each.type !== "radio")
      .map((each) => this.name(each));
  },

  // Where the keyboard is, and whether that is seen.
  focused() {
    const each = document.activeElement;
    if (each === document.body) return null;
    const style = getComputedStyle(each);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    return { name: this.name(each), seen: outlined || style.boxShadow !== "none" };
  },

  // What moves, though this person asked for little motion.
  moving() {
    const long = (times) => times.split(",").some((time) => parseFloat(time) > 0.01);
    return [...document.querySelectorAll("*")].filter((each) => {
      const style = getComputedStyle(each);
      return (style.animationName !== "none" && long(style.animationDuration)) || long(style.transitionDuration);
    }).map((each) => this.name(each));
  },

  // How far down the first row of groups ends, in pixels; 0 where there is none.
  endOfFirstGroups() {
    const groups = [...document.querySelectorAll(".searched, .card")].filter((each) => each.checkVisibility());
    const boxes = groups.map((each) => each.getBoundingClientRect());
    return Math.max(0, ...boxes.filter(({ top }) => top === boxes[0].top).map(({ bottom }) => bottom));
  },

  texts() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      const kept = walker.currentNode.data.trim() && !parent.closest("script, style, template, svg, [hidden]");
      if (kept) found.push(parent);
    }
    return found;
  },

  name(each) {
    const path = [];
    for (let at = each; at && at !== document.body && path.length < 4; at = at.parentElement) {
      path.unshift(at.localName + (at.id ? `#${at.id}` : "") + [...at.classList].map((own) => `.${own}`).join(""));
    }
    return `${path.join(" > ")} “${each.textContent.trim().replace(/\s+/g, " ").slice(0, 40)}”`;
  },

  colour(text) {
    const [red, green, blue, alpha = 1] = text.match(/[\d.]+/g).map(Number);
    return { channels: [red, green, blue], alpha };
  },

  behind(each) {
    const layers = [];
    for (let at = each; at; at = at.parentElement) layers.unshift(this.colour(getComputedStyle(at).backgroundColor));
    return layers.reduce((under, layer) => this.over(layer, under), { channels: [255, 255, 255], alpha: 1 });
  },

  over(above, under) {
    const mixed = above.channels.map((channel, at) => above.alpha * channel + (1 - above.alpha) * under.channels[at]);
    return { channels: mixed, alpha: 1 };
  },

  contrast(one, other) {
    const [light, dark] = [this.luminance(one), this.luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  },

  // Relative luminance, as WCAG 2.1 defines it.
  luminance({ channels }) {
    const [red, green, blue] = channels.map((channel) => {
      const share = channel / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  },
})

"use strict";
(() => {
  // The reader's choice of light or dark, before anything is painted.
  const root = document.documentElement;
  const KEY = "astana-theme";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const remembered = () => { try { return localStorage.getItem(KEY); } catch { return null; } };
  const remember = (theme) => { try { localStorage.setItem(KEY, theme); } catch { /* a private window */ } };
  const theme = () => root.dataset.theme || (dark.matches ? "dark" : "light");
  if (["light", "dark"].includes(remembered())) root.dataset.theme = remembered();

  // A figure takes its colours from the page. They go into its template, so that a colour that
  // the figure sets for a reason stays.
  const NARROW = 480;
  const TITLE = 38; // letters
  const touch = matchMedia("(pointer: coarse)");
  const dressed = (figure, layout) => {
    const { color, backgroundColor, borderTopColor, outlineColor, fontFamily } = getComputedStyle(figure);
    const template = structuredClone(layout.template || {});
    const base = (template.layout ||= {});
    Object.assign(base, { paper_bgcolor: backgroundColor, plot_bgcolor: backgroundColor });
    base.font = { family: fontFamily, ...base.font, color };
    base.margin = { l: 8, r: 16, t: 56, b: 8, ...base.margin };
    if (touch.matches) base.dragmode = false; // a finger that moves over a figure scrolls the page
    if (figure.clientWidth < NARROW) base.legend = { orientation: "h", y: 1, yanchor: "bottom", ...base.legend };
    base.modebar = { bgcolor: backgroundColor, color: outlineColor, activecolor: color };
    base.hoverlabel = { ...base.hoverlabel, bgcolor: backgroundColor, bordercolor: outlineColor };
    base.hoverlabel.font = { ...base.hoverlabel.font, color };
    const lines = { gridcolor: borderTopColor, linecolor: borderTopColor, zerolinecolor: borderTopColor };
    for (const axis of ["xaxis", "yaxis"]) base[axis] = { automargin: true, ...base[axis], ...lines };
    return { ...(figure.clientWidth < NARROW ? folded(layout) : layout), template, autosize: true };
  };
  // On a phone a long title goes on in another line, and the figure begins lower.
  const folded = (layout) => {
    const words = layout.title?.text?.replace(/^\u2068|\u2069$/g, "").split(" ") ?? [];
    const lines = [words.shift() ?? ""];
    for (const word of words) {
      if (`${lines.at(-1)} ${word}`.length > TITLE) lines.push(word);
      else lines.push(`${lines.pop()} ${word}`);
    }
    const more = 20 * (lines.length - 1);
    if (!more || /[<&]/.test(layout.title.text)) return layout;
    const text = lines.map((line) => `\u2068${line}\u2069`).join("<br>");
    const margin = { ...layout.margin, t: (layout.margin?.t ?? 56) + more };
    const title = { ...layout.title, text, pad: { l: 4, t: 14 + more / 2 } };
    return { ...layout, title, margin, height: (layout.height ?? 450) + more };
  };
  const CONFIG = { responsive: true, displaylogo: false, showSendToCloud: false };

  const parsed = new WeakMap();
  const draw = (figure, size = {}) => {
    const canvas = figure.querySelector(".canvas");
    if (!parsed.has(figure)) parsed.set(figure, JSON.parse(figure.querySelector("script").textContent));
    const { data, layout } = parsed.get(figure);
    figure.dataset.drawn = theme();
    // copies: plotly writes into what it is given
    return Plotly.react(canvas, structuredClone(data), { ...structuredClone(dressed(figure, layout)), ...size }, CONFIG)
      .then(() => canvas.parentElement.dispatchEvent(new Event("scroll")));
  };
  // A grid too wide for a phone scrolls in its box; its title and the names of its rows stay in sight.
  const pin = ({ currentTarget: box }) => {
    const names = box.querySelector(".yaxislayer-above");
    const behind = names.querySelector(".behind") ?? document.createElementNS(names.namespaceURI, "rect");
    behind.setAttribute("class", "behind");
    behind.setAttribute("width", box.firstElementChild._fullLayout._size.l);
    behind.setAttribute("height", "100%");
    names.prepend(behind);
    for (const still of box.querySelectorAll(".yaxislayer-above, .g-gtitle, .annotation")) still.style.transform = `translateX(${box.scrollLeft}px)`;
  };
  const drawn = () => document.querySelectorAll(".drawing[data-drawn]");

  // JupyterLab's "Save and Export" lays plotly's script beside the page instead of in _static.
  const plotly = () => new Promise((ready) => {
    if (window.Plotly) return ready();
    const script = document.createElement("script");
    script.src = "plotly.min.js";
    script.onload = script.onerror = ready;
    document.head.append(script);
  });
  const ALONE = "This figure is drawn by the file _static/plotly.min.js, which is not beside this page. Its numbers stand below.";

  document.addEventListener("DOMContentLoaded", async () => {
    const button = document.querySelector(".theme");
    const show = () => {
      button.hidden = false;
      button.textContent = theme() === "dark" ? "Light page" : "Dark page";
      drawn().forEach((figure) => draw(figure));
    };
    button.addEventListener("click", () => {
      root.dataset.theme = theme() === "dark" ? "light" : "dark";
      remember(root.dataset.theme);
      show();
    });
    dark.addEventListener("change", show);
    show();

    // No table marks its numbers: a column that holds nothing else stands to the right, and so does its heading.
    const NUMBER = /^[-+−]?[\d.,\s]+%?$/;
    const NONE = /^([–-]|NaN|NaT|None|<NA>)?$/;
    for (const table of document.querySelectorAll("table.dataframe")) {
      const below = [...table.tBodies].flatMap((body) => [...body.rows]).map((row) => [...row.cells].reverse());
      for (let place = 0; place < (below[0]?.length ?? 0); place += 1) { // from the right: row headings may span
        const column = below.map((row) => row[place]).filter((cell) => cell?.tagName === "TD");
        const told = column.map((cell) => cell.textContent).filter((text) => !NONE.test(text));
        if (!told.length || !told.every((text) => NUMBER.test(text))) continue;
        const headings = [...(table.tHead?.rows ?? [])].map((row) => row.cells[row.cells.length - 1 - place]);
        for (const cell of [...column, ...headings]) cell?.classList.add("number");
      }
    }

    // On a phone the contents are folded; on a wide screen they stand at the side.
    const contents = document.querySelector(".contents details");
    const wide = matchMedia("(min-width: 70rem)");
    const fold = () => { if (contents) contents.open = wide.matches; };
    wide.addEventListener("change", fold);
    fold();

    const figures = document.querySelectorAll(".drawing");
    if (!figures.length) return;
    await plotly();
    if (!window.Plotly) {
      for (const figure of figures) figure.querySelector(".canvas").replaceChildren(ALONE);
      return;
    }
    // Figures are drawn when they come near: twenty at once would hold the page up.
    const near = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        draw(target);
      }
    }, { rootMargin: "600px" });
    figures.forEach((figure) => near.observe(figure));
    // plotly has taken the tap; the mouse that a browser makes of it would take the focus from the lines it led to
    addEventListener("touchend", (event) => {
      if (event.cancelable && event.target.matches(".nsewdrag")) event.preventDefault();
    }, { passive: false });
    document.querySelectorAll(".across").forEach((box) => box.addEventListener("scroll", pin, { passive: true }));

    // On paper: light, every figure, as wide as the sheet.
    const PAPER = 660;
    addEventListener("beforeprint", () => {
      root.dataset.shown = root.dataset.theme || "";
      root.dataset.theme = "light";
      figures.forEach((figure) => { near.unobserve(figure); draw(figure, { width: PAPER, autosize: false }); });
    });
    addEventListener("afterprint", () => {
      if (root.dataset.shown) root.dataset.theme = root.dataset.shown; else delete root.dataset.theme;
      figures.forEach((figure) => draw(figure));
    });
  });
})();

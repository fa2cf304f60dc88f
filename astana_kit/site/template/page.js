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
  const dressed = (figure, layout) => {
    const { color, backgroundColor, borderTopColor, outlineColor, fontFamily } = getComputedStyle(figure);
    const template = structuredClone(layout.template || {});
    const base = (template.layout ||= {});
    Object.assign(base, { paper_bgcolor: backgroundColor, plot_bgcolor: backgroundColor });
    base.font = { family: fontFamily, ...base.font, color };
    base.margin = { l: 8, r: 16, t: 56, b: 8, ...base.margin };
    if (figure.clientWidth < NARROW) base.legend = { orientation: "h", y: 1, yanchor: "bottom", ...base.legend };
    base.modebar = { bgcolor: backgroundColor, color: outlineColor, activecolor: color };
    base.hoverlabel = { ...base.hoverlabel, bgcolor: backgroundColor, bordercolor: outlineColor };
    base.hoverlabel.font = { ...base.hoverlabel.font, color };
    const lines = { gridcolor: borderTopColor, linecolor: borderTopColor, zerolinecolor: borderTopColor };
    for (const axis of ["xaxis", "yaxis"]) base[axis] = { automargin: true, ...base[axis], ...lines };
    return { ...layout, template, autosize: true };
  };
  const CONFIG = { responsive: true, displaylogo: false, showSendToCloud: false };

  const parsed = new WeakMap();
  const draw = (figure, size = {}) => {
    const canvas = figure.querySelector(".canvas");
    if (!parsed.has(figure)) parsed.set(figure, JSON.parse(figure.querySelector("script").textContent));
    const { data, layout } = parsed.get(figure);
    figure.dataset.drawn = theme();
    // copies: plotly writes into what it is given
    return Plotly.react(canvas, structuredClone(data), { ...structuredClone(dressed(figure, layout)), ...size }, CONFIG);
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

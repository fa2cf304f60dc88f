"use strict";
// From a mark of a figure to the lines it was counted from. The same script serves a rendered page and JupyterLab's
// output area: it needs no kernel, no widget, no network. Corpus text is untrusted: it enters the page as text nodes
// only, never as markup, and spreadsheets get it without formulas.
(() => {
  // A symbol: headings have ids, and one called "Astana" would stand for a plain name of the window
  const HERE = Symbol.for("astana_kit.evidence");
  if (window[HERE]) return; // the setup cell ran again
  const CHUNK = 60; // lines built at a time; more when the reader scrolls near the end
  const SIDES = ["before", "keyword", "after"];
  const BIDI = /[\u202a-\u202e\u2066-\u2069]/g; // would turn round what stands beside them

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const button = (label, action, hidden = "") => {
    const made = make("button", { type: "button" }, label);
    if (hidden) made.append(make("span", { class: "astana-hidden" }, ` ${hidden}`));
    made.addEventListener("click", action);
    return made;
  };
  const plain = (value) => String(value ?? "").replace(BIDI, "");
  // keeps its direction to itself
  const apart = (value) => (/^[ -~]*$/.test(plain(value)) ? plain(value) : `\u2068${plain(value)}\u2069`);
  const many = (n, one) => `${n.toLocaleString("en")} ${one}${n === 1 ? "" : "s"}`;

  // Search without regard to capitals, accents, vowel signs, tatweel, and the spelling of alef and yeh
  const SAME = { "ى": "ي", "ی": "ي", "ک": "ك", "ı": "i" };
  const fold = (text) => text.normalize("NFD").replace(/[\p{M}\u0640\u200c-\u200f]/gu, "").toLowerCase()
    .replace(/[ىیکı]/g, (letter) => SAME[letter])
    .replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15);

  // ---- Files and the clipboard

  // A spreadsheet runs a cell that begins so; a number may begin with its sign
  const inert = (text) => (/^[\s\0]*[=+\-@|%＝＋－＠]|^[\t\r\n]/.test(text) && !/^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(text) ? `'${text}` : text);
  const csv = (rows) => rows.map((row) => row.map((cell) => `"${inert(plain(cell)).replaceAll('"', '""')}"`).join(",")).join("\r\n");
  const save = (name, rows) => {
    // the mark of UTF-8, without which some spreadsheets read Cyrillic and Arabic as Latin
    const address = URL.createObjectURL(new Blob(["\ufeff", csv(rows)], { type: "text/csv;charset=utf-8" }));
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // a notebook server reached without https has no clipboard
      const field = make("textarea");
      document.body.append(field);
      field.value = text;
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  };
  const cells = (table) => [...table.rows].map((row) => [...row.cells].filter((cell) => !cell.matches(".lead"))
    .map((cell) => cell.textContent.replace(/^−(?=[\d.])/, "-").replace(/^–$/, "")));

  // ---- Lines as data

  const read = (block) => {
    const kept = JSON.parse(block.querySelector("script").textContent);
    for (const column of Object.values(kept.columns)) {
      if (typeof column.of === "string") column.of = kept.columns[column.of].of;
    }
    const coded = ({ values, of }, line) => values[of ? of[line] : 0];
    const value = (column, line) => (column in kept.columns ? coded(kept.columns[column], line) : undefined);
    const parts = (line) => {
      const text = kept.texts[kept.text[line]];
      let at = kept.from[line];
      return SIDES.map((side) => plain(text.slice(at, at += kept[side][line])));
    };
    const where = (line) => [value("doc_id", line), value("published", line),
      value("round", line) == null ? null : `round ${value("round", line)}`, value("outlet", line)].filter((part) => part != null).map(plain);
    const folded = [];
    const searched = (line) => (folded[line] ??= fold([parts(line).join(""), ...where(line), plain(value("gloss", line))].join(" ")));
    const lines = kept.text.map((_, line) => line);
    return { columns: kept.columns, lines, value, parts, where, searched, way: (line) => coded(kept.way, line) };
  };

  // A line answers a query where each column has the value asked for; of a column of lists (the actors of a sentence)
  // it must hold each one asked for. What is missing answers to null.
  const has = (value, wanted) => [].concat(wanted).every((one) => [].concat(value).some((own) => String(own) === String(one)));
  const answers = (data, query) => {
    const tests = Object.entries(query).map(([column, wanted]) => {
      const { values, of } = data.columns[column];
      const good = values.map((value) => has(value, wanted));
      return (line) => good[of ? of[line] : 0];
    });
    return data.lines.filter((line) => tests.every((test) => test(line)));
  };

  const languages = new Intl.DisplayNames(["en"], { type: "language" });
  const worded = (column, value) => {
    if (value === null) return `no ${column}`;
    if (column === "language") try { return languages.of(value); } catch { return apart(value); }
    const name = { doc_id: "page", start: "character" }[column];
    return name || (typeof value === "number") ? `${name ?? column} ${apart(value)}` : apart(value);
  };
  const words = (query) => Object.entries(query)
    .map(([column, wanted]) => [].concat(wanted).map((value) => worded(column, value)).join(" with ")).join(", ");

  const SORTS = {
    "as given": null,
    "words before": (data, line) => data.parts(line)[0].trim().split(/\s+/).reverse().join(" "),
    "keyword": (data, line) => data.parts(line)[1],
    "words after": (data, line) => data.parts(line)[2],
    "page": (data, line) => plain(data.value("doc_id", line)),
    "day": (data, line) => plain(data.value("published", line)),
  };
  const sorted = (data, lines, key) => {
    if (!key) return lines;
    const keys = new Map(lines.map((line) => [line, fold(key(data, line)).replace(/^[^\p{L}\p{N}]+/u, "")]));
    const { compare } = new Intl.Collator();
    return [...lines].sort((a, b) => compare(keys.get(a), keys.get(b)) || a - b);
  };

  // ---- A block of lines

  const WHOLE = 80; // characters: a longer keyword is a sentence or a passage
  const lineOf = (data, line) => {
    const [before, keyword, after] = data.parts(line);
    const item = make("li", { class: keyword.length > WHOLE ? "line whole" : "line", dir: data.way(line), lang: plain(data.value("language", line)) });
    const where = make("span", { class: "where" });
    data.where(line).forEach((part, place) => where.append(place ? " · " : "", make("bdi", {}, part)));
    const middle = make("span", { class: "keyword" }, make("mark", {}, keyword));
    const gloss = data.value("gloss", line);
    if (gloss != null) middle.append(" ", make("span", { class: "gloss", lang: "en", dir: "ltr" }, plain(gloss)));
    item.append(where, " ", make("span", { class: "before" }, before), middle, make("span", { class: "after" }, after));
    return item;
  };

  const views = new WeakMap(); // block → what can be done with it
  const adoptBlock = (block) => {
    const list = block.querySelector("ol");
    block.dataset.lmSuppressShortcuts = "true"; // in JupyterLab a key pressed here would be the notebook's
    if (views.has(block) || !list || !block.querySelector("script")) return;
    const said = block.querySelector(".said");
    const rest = block.querySelector(".rest") ?? make("p", { class: "rest" });
    list.after(rest);
    let data, found, query = null, mark = null;
    // read when first needed: ten thousand lines take their time
    const all = () => { data ??= read(block); found ??= data.lines; return data; };

    const more = (size = CHUNK) => {
      all();
      const built = document.createDocumentFragment();
      for (const line of found.slice(list.children.length, list.children.length + size)) built.append(lineOf(data, line));
      list.append(built);
      const left = found.length - list.children.length;
      rest.textContent = left ? `${many(left, "line")} more.` : "";
    };
    const counted = () => {
      const places = new Set(found.map((line) => `${data.value("doc_id", line)} ${data.value("passage", line)}`));
      const pages = new Set(found.map((line) => data.value("doc_id", line)));
      const of = found.length < data.lines.length ? ` of ${data.lines.length.toLocaleString("en")}` : "";
      return `${many(found.length, "line")}${of}, in ${many(places.size, "passage")} of ${many(pages.size, "page")}`;
    };
    const show = () => {
      all();
      const wanted = fold(search.value.trim());
      found = query ? answers(data, query) : data.lines;
      if (wanted) found = found.filter((line) => data.searched(line).includes(wanted));
      found = sorted(data, found, SORTS[order.value]);
      said.textContent = `${query ? `${words(query)}: ` : ""}${counted()}`;
      list.replaceChildren();
      list.scrollTop = 0;
      more();
      clear.hidden = !query && !search.value;
      back.hidden = !mark?.isConnected;
    };
    const column = (name) => (line) => data.value(name, line);
    const table = () => {
      const names = Object.keys(all().columns);
      const rows = found.map((line) => [...names.map((name) => [].concat(column(name)(line)).join("; ")), ...data.parts(line)]);
      return [[...names, ...SIDES], ...rows];
    };
    const text = () => (all(), found).map((line) => {
      const [before, keyword, after] = data.parts(line);
      return `${data.where(line).join(" · ")}\t${before}[${keyword}]${after}`;
    }).join("\n");

    const search = make("input", { type: "search", size: "18" });
    const order = make("select", {}, ...Object.keys(SORTS).map((name) => make("option", {}, name)));
    search.addEventListener("input", show);
    order.addEventListener("change", show);
    const clear = button("Show all lines", () => { query = null; search.value = ""; show(); said.focus(); });
    const back = button("Back to the figure", () => { mark.focus(); mark.scrollIntoView({ block: "center", behavior: "instant" }); });
    clear.hidden = back.hidden = true;
    said.setAttribute("role", "status");
    said.setAttribute("tabindex", "-1");
    list.setAttribute("tabindex", "0"); // the keyboard scrolls it
    list.addEventListener("scroll", () => list.scrollTop + 2 * list.clientHeight > list.scrollHeight && more());
    // a list that does not fill its box could not be scrolled
    const near = new IntersectionObserver(([{ isIntersecting }]) => {
      if (!isIntersecting) return;
      near.disconnect();
      if (list.scrollHeight <= list.clientHeight) more();
    }, { rootMargin: "300px" });
    near.observe(block);
    said.before(make("div", { class: "astana-tools" },
      make("label", {}, "Find in the lines", search), make("label", {}, "Sort by", order),
      button("Copy as text", () => copy(text())), button("Download CSV", () => save("lines.csv", table()))));
    said.after(make("div", { class: "astana-tools" }, clear, back));
    views.set(block, {
      all,
      more,
      filter: (wanted, from) => {
        [query, mark] = [wanted, from];
        search.value = "";
        show();
        said.focus({ preventScroll: true });
        block.scrollIntoView({ block: "nearest", behavior: "instant" });
      },
    });
  };

  // ---- From a figure to a block

  const at = (keys, place) => Object.fromEntries(Object.entries(keys).map(([column, values]) => [column, values[place]]));
  // What the lines behind a mark have: of a point its own values, of a cell those of its row and of its column
  const queryOf = ({ data: { meta }, pointNumber }) => {
    if (meta?.evidence) return at(meta.evidence, pointNumber);
    if (!meta?.rows) return null;
    const [row, column] = [at(meta.rows, pointNumber[0]), at(meta.columns, pointNumber[1])];
    const both = Object.keys(row).filter((name) => name in column).map((name) => [name, [row[name], column[name]]]);
    return { ...row, ...column, ...Object.fromEntries(both) };
  };
  // The first block after the figure that has such lines; else one before it; else one that could have them
  const blockFor = (figure, columns, query) => {
    const able = [...document.querySelectorAll(".astana-lines")]
      .filter((block) => views.has(block) && columns.every((column) => column in views.get(block).all().columns));
    const follows = (block) => figure.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_FOLLOWING;
    const ordered = [...able.filter(follows), ...able.filter((block) => !follows(block)).reverse()];
    return ordered.find((block) => query && answers(views.get(block).all(), query).length) ?? ordered[0];
  };
  const lead = (figure, query, from) => {
    const block = query && blockFor(figure, Object.keys(query), query);
    if (block) views.get(block).filter(query, from);
  };

  const tableOf = ({ columns, rows }) => make("table", { class: "dataframe" },
    make("thead", {}, make("tr", {}, ...columns.map((name) => make("th", { scope: "col" }, plain(name))))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((cell) => make("td", {}, plain(cell)))))));

  // A button that saves a table; the way of a mouse and of the keyboard
  const saving = (table) => button("Download CSV", () => save("table.csv", cells(table)));

  // On a page; JupyterLab keeps plotly to itself, and offers a picture in the bar of the figure
  const pictures = (figure) => (figure.matches(".drawing") ? ["svg", "png"] : []).map((format) => button(`Save as ${format.toUpperCase()}`, () =>
    window.Plotly?.downloadImage(figure.querySelector(".canvas"), { format, filename: "figure", scale: format === "png" ? 2 : 1 })));

  // The way of the keyboard: each row of the numbers under a figure gets a button. In a notebook the lines may come
  // after the figure, so this is asked again.
  const adoptNumbers = (numbers, figure, keys) => {
    const [summary, table] = [numbers.querySelector("summary"), numbers.querySelector("table")];
    if (!numbers.matches(".astana-numbers")) {
      numbers.classList.add("astana-numbers");
      numbers.dataset.lmSuppressShortcuts = "true";
      summary.after(make("div", { class: "astana-tools" }, saving(table), ...pictures(figure)));
    }
    if (!keys || numbers.dataset.leads || !blockFor(figure, Object.keys(keys))) return;
    numbers.dataset.leads = "yes";
    summary.append(" · a click on the figure, or a button here, shows the lines behind a number");
    const addButtons = () => {
      if (table.querySelector(".lead")) return;
      table.tHead.rows[0].prepend(make("th", { scope: "col", class: "lead" }, "Lines"));
      [...table.tBodies[0].rows].forEach((row, place) => {
        const query = at(keys, place);
        const go = button("Read", () => lead(figure, query, go), words(query));
        row.prepend(make("td", { class: "lead" }, go));
      });
    };
    if (numbers.open) addButtons();
    numbers.addEventListener("toggle", addButtons);
  };

  const wired = new WeakSet();
  const own = new WeakMap(); // plot of a notebook → the numbers that this script laid under it
  const adoptPlot = (plot) => {
    const { data, layout: { meta } = {} } = plot;
    if (!plot.on || !data || plot.parentElement === document.body) return; // there plotly lays a copy to photograph
    if (!wired.has(plot)) {
      wired.add(plot);
      plot.setAttribute("tabindex", "-1"); // where "Back to the figure" goes
      plot.on("plotly_click", ({ points }) => lead(plot, queryOf(points[0]), plot));
    }
    plot.classList.toggle("astana-leads", data.some((trace) => trace.meta?.evidence || trace.meta?.rows));
    if (plot.closest("figure.drawing") || !meta?.table) return; // a page has its own table
    if (!own.has(plot)) {
      plot.setAttribute("role", "group");
      plot.setAttribute("aria-label", plain(meta.alt));
      const summary = make("summary", {}, `Data (${many(meta.table.rows.length, "row")})`);
      own.set(plot, make("details", {}, summary, tableOf(meta.table)));
      plot.after(own.get(plot));
    }
    adoptNumbers(own.get(plot), plot, meta.evidence);
  };

  const keysOf = new WeakMap(); // figure of a page → what its rows lead to
  const adoptFigure = (figure) => {
    if (!keysOf.has(figure)) {
      keysOf.set(figure, JSON.parse(figure.querySelector("script").textContent).layout.meta?.evidence);
    }
    const numbers = figure.querySelector("details.numbers");
    if (numbers) adoptNumbers(numbers, figure, keysOf.get(figure));
  };
  const boxed = new WeakSet(); // tables of a page that can be saved
  const adoptTable = (box) => {
    if (boxed.has(box)) return;
    boxed.add(box);
    box.after(make("div", { class: "astana-tools" }, saving(box.querySelector("table"))));
  };

  const adopt = () => {
    document.querySelectorAll(".astana-lines").forEach(adoptBlock);
    document.querySelectorAll("figure.drawing").forEach(adoptFigure);
    document.querySelectorAll(".js-plotly-plot").forEach(adoptPlot);
    document.querySelectorAll(".made > .wide").forEach(adoptTable);
  };
  // Outputs of a notebook come and go; figures of a page are drawn when they come near
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; adopt(); });
  };
  const begin = () => {
    adopt();
    new MutationObserver((changes) => {
      const elements = changes.flatMap(({ addedNodes }) => [...addedNodes]);
      if (elements.some((node) => node instanceof HTMLElement)) soon(); // plotly's drawing is SVG
    }).observe(document.body, { childList: true, subtree: true });
  };
  addEventListener("beforeprint", () => document.querySelectorAll(".astana-lines").forEach((block) => views.get(block)?.more(200)));
  window[HERE] = true;
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin); else begin();
})();

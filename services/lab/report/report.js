"use strict";
const D = JSON.parse(document.getElementById("data").textContent);
const page = document.getElementById("page");
const tip = document.getElementById("tip");

// ---- words and numbers: money comes in whole paise
function rupees(p, sign, digits) {
  if (p === null || p === undefined) return "unknown";
  const n = Math.abs(p), whole = Math.floor(n / 100), rest = n % 100;
  const text = whole.toLocaleString("en-IN") + (digits === 0 ? "" : "." + String(rest).padStart(2, "0"));
  return (p < 0 ? "−" : sign && p > 0 ? "+" : "") + text;
}
function brief(p) {
  const n = Math.abs(p) / 100, s = p < 0 ? "−" : "";
  if (n >= 1e7) return s + +(n / 1e7).toFixed(2) + " cr";
  if (n >= 1e5) return s + +(n / 1e5).toFixed(2) + " L";
  if (n >= 1e3) return s + +(n / 1e3).toFixed(n < 1e4 ? 1 : 0) + "k";
  return s + Math.round(n);
}
const pct = (x, d = 2) => x === null || x === undefined ? "unknown" : (x * 100).toFixed(d).replace("-", "−") + " %";
const num = (x, d = 2) => x === null || x === undefined ? "unknown" : x.toFixed(d).replace("-", "−");
const tone = p => p > 0 ? "gain" : p < 0 ? "loss" : "";
const IST = 19800;
const at = t => new Date((t + IST) * 1000);
const clock = t => at(t).toISOString().slice(11, 16);
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const dayText = d => +d.slice(8) + " " + MONTHS[+d.slice(5, 7) - 1];
const longDay = d => ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][new Date(d + "T00:00Z").getUTCDay()] + " " + dayText(d) + " " + d.slice(0, 4);
const dateOf = t => at(t).toISOString().slice(0, 10);

// ---- elements
function make(tag, attributes, ...children) {
  const svg = ["svg", "path", "line", "rect", "circle", "text", "g", "polygon"].includes(tag);
  const e = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [k, v] of Object.entries(attributes || {})) {
    if (k === "tip") hint(e, v); else if (k === "click") e.addEventListener("click", v);
    else if (v !== null && v !== undefined) e.setAttribute(k, v);
  }
  for (const c of children.flat()) if (c !== null && c !== undefined) e.append(c);
  return e;
}
function hint(e, text) {
  const show = ev => { tip.textContent = typeof text === "function" ? text(ev) : text; tip.hidden = !tip.textContent;
    const r = tip.getBoundingClientRect();
    tip.style.left = Math.max(6, Math.min(ev.clientX + 14, innerWidth - r.width - 6)) + "px";
    tip.style.top = (ev.clientY + r.height + 24 > innerHeight ? ev.clientY - r.height - 10 : ev.clientY + 16) + "px"; };
  e.addEventListener("pointermove", show); e.addEventListener("pointerdown", show);
  e.addEventListener("pointerleave", () => { tip.hidden = true; });
}
function section(title, note, ...children) {
  const s = make("section", {}, make("h2", {}, title), note ? make("p", {}, note) : null, ...children);
  return s;
}
function table(heads, rows, options = {}) {
  const t = make("table", options.id ? { id: options.id } : {});
  t.append(make("thead", {}, make("tr", {}, heads.map(h => make("th", { class: (h.n ? "n " : "") + (h.c || "") }, h.t)))));
  const body = make("tbody");
  rows.forEach((r, i) => {
    const tr = make("tr", options.click ? { tabindex: 0 } : {});
    r.forEach((c, j) => tr.append(make("td", { class: (heads[j].n ? "n " : "") + (heads[j].c || "") + " " + ((c && c.cls) || "") },
      c && c.v !== undefined ? c.v : c)));
    if (options.click) {
      tr.addEventListener("click", () => options.click(i, tr));
      tr.addEventListener("keydown", ev => { if (ev.key === "Enter") options.click(i, tr); });
    }
    body.append(tr);
  });
  t.append(body);
  return make("div", { class: "wide" + (options.scroll ? " scroll" : "") }, t);
}
const money = (p, sign = true) => ({ v: rupees(p, sign), cls: tone(p) });

// ---- charts: drawn for the width they have
const charts = [];
function chart(height, draw) {
  const box = make("div");
  const paint = () => {
    const w = Math.max(280, box.clientWidth || 1000), h = typeof height === "function" ? height(w) : height;
    const svg = make("svg", { viewBox: `0 0 ${w} ${h}`, height: h, role: "img" });
    draw(svg, w, h);
    box.replaceChildren(svg);
  };
  charts.push(paint);
  box.repaint = paint;
  return box;
}
addEventListener("resize", () => { clearTimeout(window.later); window.later = setTimeout(() => charts.forEach(c => c()), 120); });

function steps(lo, hi, count) {
  if (!(hi > lo)) { hi = lo + Math.max(1, Math.abs(lo) * 0.01); lo -= Math.max(1, Math.abs(lo) * 0.01); }
  const raw = (hi - lo) / count, p = 10 ** Math.floor(Math.log10(raw)), f = raw / p;
  const step = (f < 1.5 ? 1 : f < 3 ? 2 : f < 7 ? 5 : 10) * p, out = [];
  for (let v = Math.ceil(lo / step) * step; v <= hi + step * 1e-9; v += step) out.push(Math.abs(v) < step * 1e-9 ? 0 : v);
  return out;
}
function line(points) { return points.map((p, i) => (i ? "L" : "M") + p[0].toFixed(1) + " " + p[1].toFixed(1)).join(""); }
function yAxis(svg, lo, hi, top, bottom, left, right, label, count = 4) {
  const y = v => bottom - (v - lo) / (hi - lo || 1) * (bottom - top);
  for (const v of steps(lo, hi, count)) {
    svg.append(make("line", { class: "gridline", x1: left, x2: right, y1: y(v), y2: y(v) }),
      make("text", { x: left - 6, y: y(v) + 4, "text-anchor": "end" }, label(v)));
  }
  return y;
}
// Sessions side by side, without the nights: the index of the point is its place.
const T = D.curve.t;
function dayStarts() { const s = []; let last = ""; T.forEach((t, i) => { const d = dateOf(t); if (d !== last) { s.push([i, d]); last = d; } }); return s; }
const STARTS = dayStarts();
function dateAxis(svg, x, bottom, w) {
  const every = Math.ceil(STARTS.length / Math.max(2, Math.floor(w / 74)));
  STARTS.forEach(([i, d], n) => { if (n % every === 0) {
    svg.append(make("line", { class: "axis", x1: x(i), x2: x(i), y1: bottom, y2: bottom + 4 }),
      make("text", { x: x(i), y: bottom + 17, "text-anchor": n ? "middle" : "start" }, dayText(d))); } });
}
function thin(values, count) { // keep the ends and the extremes of each stretch
  const n = values.length; if (n <= count) return values.map((v, i) => [i, v]);
  const out = [], size = n / (count / 2);
  for (let a = 0; a < n; a += size) {
    let lo = Math.floor(a), hi = lo; for (let i = lo; i < Math.min(n, a + size); i++) { if (values[i] < values[lo]) lo = i; if (values[i] > values[hi]) hi = i; }
    out.push(...(lo < hi ? [lo, hi] : lo > hi ? [hi, lo] : [lo]).map(i => [i, values[i]]));
  }
  out.push([n - 1, values[n - 1]]);
  return out;
}
function cross(svg, w, h, left, right, count, text) {
  const rule = make("line", { class: "axis", y1: 4, y2: h - 20, x1: 0, x2: 0, stroke: "currentColor", visibility: "hidden" });
  const area = make("rect", { x: left, y: 0, width: Math.max(1, right - left), height: h, fill: "transparent" });
  const place = ev => { const r = svg.getBoundingClientRect(); const px = (ev.clientX - r.left) * w / r.width;
    return Math.max(0, Math.min(count - 1, Math.round((px - left) / (right - left) * (count - 1)))); };
  hint(area, ev => { const i = place(ev), px = left + (right - left) * i / Math.max(1, count - 1);
    rule.setAttribute("x1", px); rule.setAttribute("x2", px); rule.setAttribute("visibility", "visible"); return text(i); });
  area.addEventListener("pointerleave", () => rule.setAttribute("visibility", "hidden"));
  svg.append(rule, area);
}

// ---- header and tiles
const M = D.money, X = D.metrics, S = D.trade_statistics, F = D.manifest;
const first = D.days[0].date, last = D.days[D.days.length - 1].date;
const simulated = F.recordings.filter(r => r.origin === "simulated").length;
const themeButton = make("button", { click: () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark"; } }, "Light / dark");
page.replaceChildren();
page.append(make("header", {}, make("h1", {}, /^backtest/i.test(F.run) ? "B" + F.run.slice(1) : "Backtest " + F.run),
  make("p", {}, `${first === last ? longDay(first) : longDay(first) + " to " + longDay(last)} · ${D.days.length} ${D.days.length === 1 ? "day" : "days"} of ` +
    `${[...new Set(F.recordings.map(r => r.underlying))].join(", ")} · account ${F.account}` +
    (simulated ? ` · ${simulated === D.days.length ? "simulated data" : simulated + " days simulated"}` : " · recorded data")), themeButton));
for (const why of F.untrusted) page.append(make("p", { class: "warn" }, "Not to be trusted: " + why + "."));
if (!D.books_balance) page.append(make("p", { class: "warn" }, "The books do not balance: no figure on this page is to be believed."));

function tile(label, value, more, cls) { return make("div", { class: "tile" }, make("span", {}, label), make("b", { class: cls || "" }, value), make("small", {}, more || "")); }
const few = X.days < 60 ? ` on ${X.days} days only` : "";
page.append(make("div", { class: "tiles" },
  tile("Net result", rupees(M.net, true, 0), pct(X.total_return) + " of " + brief(M.start), tone(M.net)),
  tile("Trades", String(S.trades), S.win_rate === null ? "none closed" : `${S.won} won (${pct(S.win_rate, 0)})` + (S.open ? `, ${S.open} open` : "")),
  tile("Profit factor", num(S.profit_factor), S.expectancy_rupees === null ? "" : rupees(Math.round(S.expectancy_rupees * 100), true, 0) + " a trade"),
  tile("Sharpe ratio", num(X.sharpe), "a year" + few),
  tile("Sortino, Calmar", num(X.sortino, 1) + ", " + num(X.calmar, 1), "a year" + few),
  tile("Deepest fall", rupees(-M.drawdown, false, 0), "of daily closes " + pct(X.max_drawdown) + (X.drawdown_days ? `, ${X.drawdown_days} days down` + (X.recovery_days === null ? ", not made good" : `, ${X.recovery_days} back`) : "")),
  tile("Charges", rupees(M.charges, false, 0), X.charges_of_gross === null ? "no gross result" : pct(X.charges_of_gross, 1) + " of the gross result"),
  tile("Peak margin", brief(M.margin_peak), pct(X.return_on_peak_margin) + " earned on it")));

// ---- equity and drawdown
const E = D.curve.equity;
const under = []; { let best = M.start; for (const e of E) { best = Math.max(best, e); under.push(e - best); } }
const sale = []; { // the benchmark by day, as steps
  let sum = 0; const by = {}; D.days.forEach(d => { by[d.date] = sum; if (d.straddle_sale !== null) sum += d.straddle_sale; by[d.date + "+"] = sum; });
  STARTS.forEach(([i, d], n) => { const end = n + 1 < STARTS.length ? STARTS[n + 1][0] - 1 : T.length - 1; sale.push([i, by[d]], [end, by[d + "+"]]); }); }
page.append(section("Equity", "By the minute, at the price it would cost to close, after charges. Nights are left out.",
  make("div", { class: "legend" }, make("span", {}, make("i", { style: "background:var(--accent)" }), "equity"),
    make("span", {}, make("i", { style: "background:var(--loss)" }), "below its best so far"),
    M.straddle_days ? make("span", {}, make("i", { style: "background:var(--other)" }), "one lot of the 09:30 straddle sold until 15:10, each day") : null),
  chart(w => w < 600 ? 300 : 360, (svg, w, h) => {
    const left = 54, right = w - 6, cut = h - 112, n = Math.max(1, E.length - 1);
    const x = i => left + (right - left) * i / n;
    const values = E.concat(M.start, M.straddle_days ? sale.map(s => M.start + s[1]) : []);
    const lo = Math.min(...minmax(values)), hi = Math.max(...minmax(values));
    const y = yAxis(svg, lo - (hi - lo) * .06, hi + (hi - lo) * .06, 8, cut, left, right, brief);
    svg.append(make("line", { x1: left, x2: right, y1: y(M.start), y2: y(M.start), class: "axis", "stroke-dasharray": "3 4" }));
    if (M.straddle_days) svg.append(make("path", { d: line(sale.map(s => [x(s[0]), y(M.start + s[1])])), fill: "none", stroke: "var(--other)", "stroke-width": 1.3, opacity: .85 }));
    const pts = thin(E, 1400).map(p => [x(p[0]), y(p[1])]);
    svg.append(make("path", { d: line(pts), fill: "none", stroke: "var(--accent)", "stroke-width": 1.8, "stroke-linejoin": "round" }));
    const ulo = Math.min(...minmax(under.concat(-1)));
    const yu = yAxis(svg, ulo, 0, cut + 20, h - 24, left, right, brief, 2);
    const up = thin(under, 1400).map(p => [x(p[0]), yu(p[1])]);
    if (up.length) svg.append(make("path", { d: line(up) + `L${x(n)} ${yu(0)}L${left} ${yu(0)}Z`, fill: "var(--loss)", opacity: .33 }),
      make("path", { d: line(up), fill: "none", stroke: "var(--loss)", "stroke-width": 1 }));
    dateAxis(svg, x, h - 24, right - left);
    cross(svg, w, h, left, right, E.length, i => `${longDay(dateOf(T[i]))} ${clock(T[i])}\nequity ${rupees(E[i])}\nbelow its best ${rupees(under[i])}`);
  })));
function minmax(v) { let a = Infinity, b = -Infinity; for (const x of v) { if (x < a) a = x; if (x > b) b = x; } return [a, b]; }

// ---- calendar
function calendar() {
  const most = Math.max(1, ...D.days.map(d => Math.abs(d.net)));
  const months = {};
  const missing = new Set(F.missing_days), by = {};
  D.days.forEach(d => { by[d.date] = d; });
  for (const d of [...D.days.map(d => d.date), ...missing]) (months[d.slice(0, 7)] ||= []).push(d);
  return make("div", { class: "months" }, Object.keys(months).sort().map(m => {
    const days = months[m].sort(), grid = make("div", { class: "grid" });
    const weekday = d => (new Date(d + "T00:00Z").getUTCDay() + 6) % 7;
    const firstDay = new Date(days[0] + "T00:00Z"), lastDay = days[days.length - 1];
    const start = new Date(+firstDay - weekday(days[0]) * 864e5);
    for (let t = +start; ; t += 864e5) { // whole weeks, Monday to Friday; a weekend day that was traded ends its row
      const d = new Date(t).toISOString().slice(0, 10), w = weekday(d), r = by[d];
      if (d > lastDay && w === 0) break;
      if (w > 4 && !(r && d.slice(0, 7) === m)) continue;
      if (d.slice(0, 7) !== m || (!r && !missing.has(d))) { grid.append(make("span", { class: d.slice(0, 7) !== m ? "cell away" : "cell none" }, d.slice(0, 7) === m ? String(+d.slice(8)) : "")); continue; }
      if (!r) { grid.append(make("span", { class: "cell none", tip: longDay(d) + "\ntrading day without a recording" }, String(+d.slice(8)), make("b", {}, "?"))); continue; }
      const share = r.net === 0 ? 0 : Math.round(12 + 60 * Math.sqrt(Math.abs(r.net) / most));
      grid.append(make("button", { class: "cell", style: r.net ? `background:color-mix(in srgb, var(--${r.net > 0 ? "gain" : "loss"}) ${share}%, var(--grid))` : "",
        "aria-label": longDay(d), click: () => showDay(d), tip: `${longDay(d)}\nnet ${rupees(r.net, true)}\n${r.closed} trades, charges ${rupees(r.charges)}\ndeepest fall ${rupees(-r.drawdown)}` +
          (r.straddle_sale !== null ? `\nstraddle sold: ${rupees(r.straddle_sale, true)}` : "") }, String(+d.slice(8)), make("b", {}, r.net ? brief(r.net) : "0")));
    }
    const sum = days.reduce((a, d) => a + (by[d] ? by[d].net : 0), 0);
    return make("div", { class: "month" }, make("h3", {}, MONTHS[+m.slice(5) - 1] + " " + m.slice(0, 4) + "  ", make("span", { class: tone(sum) }, rupees(sum, true, 0))), grid);
  }));
}
page.append(section("Days", `${X.days_won} won, ${X.days_lost} lost. Choose a day to see its trades on the price below.`, calendar()));

// ---- one day: price with entries and exits
const traded = D.days.filter(d => D.trades.some(t => t.date === d.date || (t.out && dateOf(t.out) === d.date)));
let shown = (traded.length ? traded[traded.length - 1] : D.days[D.days.length - 1]).date, chosen = null;
const dayTitle = make("h2", {}), dayNote = make("p", {});
const COLOURS = ["var(--accent)", "var(--other)", "#8a5fb0", "#3a8f8f", "#b05f86"];
const bots = [...new Set(D.trades.map(t => t.bot))];
const colour = b => COLOURS[bots.indexOf(b) % COLOURS.length];
const tradesOf = d => D.trades.filter(t => t.date === d || (t.out && dateOf(t.out) === d));
const legText = t => t.legs.map(l => `${l.side} ${l.quantity} ${l.contract} ${rupees(l.in)} › ${l.out === null ? "open" : rupees(l.out) + (l.settled ? " settled" : "")}`).join("\n");
const tradeTip = t => `${t.bot} #${t.group}: ${t.why_in}\nin ${clock(t.in)}${t.out ? `, out ${clock(t.out)}: ${t.why_out}` : ", open"}\n${legText(t)}\nnet ${rupees(t.net, true)}`;
const priceChart = chart(w => w < 600 ? 280 : 320, (svg, w, h) => {
  const index = T.map((t, i) => i).filter(i => dateOf(T[i]) === shown && D.curve.level[i] !== null);
  if (!index.length) { svg.append(make("text", { x: w / 2, y: h / 2, "text-anchor": "middle" }, "no price is known of this day")); return; }
  const left = 62, right = w - 8, top = 10, bottom = h - 24;
  const t0 = T[index[0]], t1 = Math.max(t0 + 60, T[index[index.length - 1]]);
  const x = t => left + (right - left) * (Math.min(Math.max(t, t0), t1) - t0) / (t1 - t0);
  const prices = index.map(i => D.curve.level[i]); const [a, b] = minmax(prices), pad = (b - a) * .12 || 100;
  const y = yAxis(svg, a - pad, b + pad, top, bottom, left, right, v => (v / 100).toLocaleString("en-IN"));
  for (let t = Math.ceil((t0 + IST) / 3600) * 3600 - IST; t <= t1; t += w < 600 ? 7200 : 3600)
    svg.append(make("line", { class: "gridline", x1: x(t), x2: x(t), y1: top, y2: bottom }), make("text", { x: x(t), y: h - 7, "text-anchor": "middle" }, clock(t)));
  const level = t => { let best = index[0]; for (const i of index) { if (T[i] <= t) best = i; else break; } return D.curve.level[best]; };
  svg.append(make("path", { d: line(index.map(i => [x(T[i]), y(D.curve.level[i])])), fill: "none", stroke: "var(--soft)", "stroke-width": 1.3 }));
  for (const t of tradesOf(shown)) {
    const out = t.out || t1, yi = y(t.date === shown && t.level_in || level(t.in)), yo = y(t.level_out || level(out));
    const strong = chosen === t.group || chosen === null, c = colour(t.bot);
    svg.append(make("line", { x1: x(t.in), y1: yi, x2: x(out), y2: yo, stroke: c, "stroke-width": chosen === t.group ? 2.6 : 1.6, "stroke-dasharray": "5 4", opacity: strong ? 1 : .35 }));
    if (t.date === shown) svg.append(make("circle", { cx: x(t.in), cy: yi, r: 5.5, fill: c, stroke: "var(--card)", "stroke-width": 1.5, opacity: strong ? 1 : .35, tip: tradeTip(t) }));
    if (t.out && dateOf(t.out) === shown) {
      const px = x(out), s = 6.5;
      svg.append(make("polygon", { points: `${px},${yo - s} ${px + s},${yo} ${px},${yo + s} ${px - s},${yo}`, fill: t.net >= 0 ? "var(--gain)" : "var(--loss)", stroke: "var(--card)", "stroke-width": 1.5, opacity: strong ? 1 : .35, tip: tradeTip(t) }));
      if (w >= 600 && tradesOf(shown).length < 4) svg.append(make("text", { x: Math.min(px, right - 46), y: yo > (top + bottom) / 2 ? yo - 12 : yo + 20, "text-anchor": "middle", class: "strong" }, t.why_out));
    }
  }
});
const rowsBox = make("div");
function trades() {
  const list = D.trades;
  rowsBox.replaceChildren(table([{ t: "#", n: 1, c: "hide-small" }, { t: "day", c: "k" }, { t: "bot", c: "k" }, { t: "in" }, { t: "out", c: "hide-small" }, { t: "why out" }, { t: "legs", c: "k hide-small" }, { t: "worst", n: 1, c: "hide-small" }, { t: "best", n: 1, c: "hide-small" }, { t: "charges", n: 1, c: "hide-small" }, { t: "net", n: 1 }],
    list.map(t => [String(t.group), dayText(t.date), t.bot, clock(t.in), t.out ? (dateOf(t.out) !== t.date ? dayText(dateOf(t.out)) + " " : "") + clock(t.out) : "open", t.why_out,
      { v: make("span", { style: "white-space:pre-line" }, legText(t)) }, { v: rupees(t.mae, false, 0), cls: "soft" }, { v: rupees(t.mfe, false, 0), cls: "soft" }, rupees(t.charges), money(t.net)]),
    { id: "trades", scroll: list.length > 9, click: (i, tr) => { chosen = list[i].group; shown = list[i].date; refresh();
      document.querySelectorAll("#trades tr[aria-selected]").forEach(r => r.removeAttribute("aria-selected")); tr.setAttribute("aria-selected", "true"); } }));
}
function refresh() {
  const d = D.days.find(d => d.date === shown), list = tradesOf(shown);
  dayTitle.textContent = "Trades on the price";
  dayNote.textContent = `${longDay(shown)}: ${list.length} ${list.length === 1 ? "trade" : "trades"}, net ${d ? rupees(d.net, true) : "unknown"}` +
    (d && d.days_to_expiry !== null ? d.days_to_expiry === 0 ? ", expiry day" : `, ${d.days_to_expiry} trading days to expiry` : "") +
    (d && d.volatility ? `, implied volatility ${pct(d.volatility, 1)} at the open` : "") + ". A circle is an entry, a diamond an exit; point at them for the reason.";
  priceChart.repaint();
}
function showDay(d) { shown = d; chosen = null; refresh(); priceChart.scrollIntoView({ behavior: "smooth", block: "center" }); }
const move = by => { const i = D.days.findIndex(d => d.date === shown) + by; if (D.days[i]) { shown = D.days[i].date; chosen = null; refresh(); } };
page.append(make("section", {}, make("div", { class: "row" }, dayTitle, make("span", {}, make("button", { click: () => move(-1) }, "‹ day before"), " ", make("button", { click: () => move(1) }, "day after ›"))),
  dayNote, make("div", { class: "legend" }, bots.map(b => make("span", {}, make("i", { style: "background:" + colour(b) }), b))), priceChart,
  make("div", { style: "height:10px" }), rowsBox));
trades();

// ---- breakdowns
page.append(section("Where it comes from", "Net of closed trades, after charges. Few trades prove little: look at the counts.",
  make("div", { class: "breakdowns" }, D.breakdowns.map(b => {
    const lo = Math.min(0, ...b.slices.map(s => s.net)), hi = Math.max(0, ...b.slices.map(s => s.net)), span = hi - lo || 1, zero = -lo / span * 100;
    return make("div", {}, make("h3", {}, b.title[0].toUpperCase() + b.title.slice(1)), b.slices.length ? b.slices.map(s => {
      const width = Math.abs(s.net) / span * 100;
      return make("div", { class: "bar", tip: `${s.name}: ${s.trades} trades, ${s.won} won\ngross ${rupees(s.gross, true)}\ncharges ${rupees(s.charges)}\nnet ${rupees(s.net, true)}\nbest ${rupees(s.best, true)}, worst ${rupees(s.worst, true)}` },
        make("span", { class: "what" }, s.name, make("small", {}, `${s.trades} ${s.trades === 1 ? "trade" : "trades"}, ${s.won} won`)),
        make("span", { class: "track" }, make("u", { style: `left:${zero}%` }), make("i", { style: `left:${s.net < 0 ? zero - width : zero}%;width:${Math.max(width, .6)}%;background:var(--${s.net < 0 ? "loss" : "gain"})` })),
        make("span", { class: "val " + tone(s.net) }, rupees(s.net, true, 0)));
    }) : make("p", { class: "note" }, "no closed trades"));
  }))));

// ---- margin and costs
const marginChart = chart(200, (svg, w, h) => {
  const left = 54, right = w - 6, n = Math.max(1, T.length - 1), x = i => left + (right - left) * i / n, G = D.curve.margin;
  const y = yAxis(svg, 0, Math.max(1, minmax(G)[1]) * 1.05, 8, h - 24, left, right, brief, 3);
  const pts = thin(G, 900).map(p => [x(p[0]), y(p[1])]);
  if (pts.length) svg.append(make("path", { d: line(pts) + `L${x(n)} ${y(0)}L${left} ${y(0)}Z`, fill: "var(--accent)", opacity: .25 }), make("path", { d: line(pts), fill: "none", stroke: "var(--accent)", "stroke-width": 1 }));
  dateAxis(svg, x, h - 24, right - left);
  cross(svg, w, h, left, right, G.length, i => `${longDay(dateOf(T[i]))} ${clock(T[i])}\nmargin ${rupees(G[i])}\n${D.curve.open[i]} open trades`);
});
const costs = [["brokerage", M.brokerage], ["STT", M.stt], ["exchange", M.exchange], ["SEBI", M.sebi], ["stamp", M.stamp], ["GST", M.gst], ["true-up with the contract notes", M.other]].filter(c => c[1] !== 0);
page.append(make("div", { class: "pair" },
  section("Exposure and margin", `In the market ${pct(X.exposure, 0)} of the session's minutes; turnover ${num(X.turnover_of_capital, 1)} times the capital. Margin is what approvals reserved.`, marginChart),
  section("Costs", X.charges_of_gross === null ? "" : `Charges are ${pct(X.charges_of_gross, 1)} of the gross result of ${rupees(M.trades_gross, true)}.`,
    table([{ t: "charge" }, { t: "rupees", n: 1 }, { t: "share", n: 1 }], costs.map(c => [c[0], rupees(c[1]), pct(M.charges ? c[1] / M.charges : 0, 1)]).concat([[{ v: make("b", {}, "together") }, { v: make("b", {}, rupees(M.charges)) }, ""]])))));

// ---- slippage, stops
const base = D.slippage[0].net;
const stops = D.trades.filter(t => t.stop_pnl !== null);
page.append(make("div", { class: "pair" },
  section("Had every fill been worse", "The same trades with each fill moved against them; charges as they were.",
    table([{ t: "slippage" }, { t: "net", n: 1 }, { t: "lost", n: 1 }, { t: "won", n: 1 }], D.slippage.map(s => [s.name, money(s.net), s.net === base ? "" : rupees(s.net - base, true, 0), String(s.won)]))),
  section("Stop against fill", stops.length ? "What the stop stood at, and what came out: P&L of the whole trade before charges." : "No trade was stopped.",
    stops.length ? table([{ t: "trade", c: "k" }, { t: "stop at", n: 1 }, { t: "came out", n: 1 }, { t: "beyond", n: 1 }],
      stops.map(t => [`#${t.group} ${t.bot} ${dayText(t.date)}`, t.stop_price !== null ? rupees(t.stop_price) : rupees(t.stop_pnl, true), t.stop_price !== null && t.exit_price !== null ? rupees(t.exit_price) : rupees(t.gross, true), money(t.gross - t.stop_pnl)]), { scroll: stops.length > 8 }) : null)));

// ---- MAE / MFE
const excursion = (title, note, field, other) => section(title, note, chart(230, (svg, w, h) => {
  const list = D.trades.filter(t => t.out !== null), left = 54, right = w - 8, top = 8, bottom = h - 34;
  if (!list.length) { svg.append(make("text", { x: w / 2, y: h / 2, "text-anchor": "middle" }, "no closed trades")); return; }
  const xs = minmax(list.map(t => Math.abs(t[field]))), ys = minmax(list.map(t => t.net).concat(0)), pad = (ys[1] - ys[0]) * .08 || 100;
  const y = yAxis(svg, ys[0] - pad, ys[1] + pad, top, bottom, left, right, brief, 4);
  const x = v => left + 6 + (right - left - 12) * v / (xs[1] || 1);
  svg.append(make("line", { class: "axis", x1: left, x2: right, y1: y(0), y2: y(0), stroke: "currentColor" }));
  for (const v of steps(0, xs[1] || 1, w < 420 ? 3 : 5)) svg.append(make("text", { x: x(v), y: h - 17, "text-anchor": "middle" }, brief(v)));
  svg.append(make("text", { x: right, y: h - 2, "text-anchor": "end" }, other));
  for (const t of list) svg.append(make("circle", { cx: x(Math.abs(t[field])), cy: y(t.net), r: 4.5, fill: t.net >= 0 ? "var(--gain)" : "var(--loss)", opacity: .75, tip: tradeTip(t) }));
}));
page.append(make("div", { class: "pair" },
  excursion("How far under water", "Each closed trade: the worst it stood at while open, against its net. Winners far to the right nearly hit a stop.", "mae", "worst open P&L"),
  excursion("How much was left", "The best it stood at, against its net. Losers far to the right gave back a gain.", "mfe", "best open P&L")));

// ---- quality, benchmarks
const sum = f => D.days.reduce((a, d) => a + f(d), 0);
const fills = sum(d => d.fills), modelled = sum(d => d.modelled_fills), session = sum(d => d.session_minutes), stale = sum(d => d.stale_minutes);
const bad = D.days.filter(d => !d.complete || d.damage), noDepth = D.days.filter(d => !d.has_depth).length;
const fact = (k, v) => [make("dt", {}, k), make("dd", {}, v)];
page.append(make("div", { class: "pair" },
  section("The data", null, make("dl", {},
    fact("quotes", sum(d => d.quotes).toLocaleString("en-IN") + (sum(d => d.refused) ? `, ${sum(d => d.refused).toLocaleString("en-IN")} refused` : ", none refused")),
    fact("origin", simulated === D.days.length ? "simulated exchange" : simulated ? `${D.days.length - simulated} days recorded, ${simulated} simulated` : "recorded"),
    fact("silent", `${sum(d => d.stale_periods)} periods, ${num(stale, 1)} minutes, ${pct(session ? stale / session : null)} of the session; longest ${num(Math.max(...D.days.map(d => d.stale_longest_minutes)), 1)} minutes`),
    fact("modelled fills", modelled ? `${modelled} of ${fills}` : `none of ${fills}`),
    fact("without bid and ask", noDepth ? `${noDepth} days` : "no day"),
    fact("torn recordings", bad.length ? bad.map(d => d.date).join(", ") : "none"),
    fact("days without a recording", F.missing_days.length ? F.missing_days.map(dayText).join(", ") : "none between first and last"),
    fact("market impact", "none assumed: a fill takes what was shown and moves nothing"))),
  section("Beside doing something else", null, table([{ t: "what" }, { t: "net", n: 1 }, { t: "a day", n: 1 }], [
    ["this run", money(M.net), rupees(Math.round(M.net / D.days.length), true, 0)], ["doing nothing", money(0), "0"],
    M.straddle_days ? [`one lot of the 09:30 straddle sold until 15:10 (${M.straddle_days} of ${D.days.length} days)`, money(M.straddle_sale), rupees(Math.round(M.straddle_sale / M.straddle_days), true, 0)] : ["the 09:30 straddle", "unknown", "unknown"]]),
    make("p", { class: "note", style: "margin-top:12px" }, X.probability_sharpe_positive === null ? "" :
      `Probability that the true Sharpe ratio is above zero: ${pct(X.probability_sharpe_positive, 0)}` + (X.trials > 1 ? `; deflated for ${X.trials} configurations tried: ${pct(X.deflated_sharpe, 0)}.` : ". One configuration was tried, as far as the run was told (--trials).")))));

if (D.denials.length) page.append(section("Denied", "What risk did not allow, with one example each.",
  table([{ t: "reason", c: "k" }, { t: "times", n: 1 }, { t: "for example" }], D.denials.sort((a, b) => b.count - a.count).map(d => [d.code.toLowerCase().replaceAll("_", " "), String(d.count), d.example]))));

page.append(section("What it was made of", null, make("dl", {},
  fact("result hash", F.result_hash), fact("program", F.binary_hash), fact("configuration", `${F.config} (${F.config_hash})`), fact("rules", F.rules_hash),
  fact("model", F.model + (F.model_hash ? ` (${F.model_hash})` : "")), fact("data", F.data_hash), fact("window", F.window_ms + " ms")),
  make("details", { style: "margin-top:8px" }, make("summary", {}, "Recordings"), table([{ t: "day", c: "k" }, { t: "recording" }, { t: "seed", n: 1 }, { t: "quotes", n: 1 }, { t: "hash" }],
    F.recordings.map(r => [r.date, r.name, r.seed || "", r.quotes.toLocaleString("en-IN"), r.hash])))));
page.append(make("footer", {}, "Money in rupees. Figures are those of ledger.csv to the paisa; definitions: docs/accuracy/metrics.md."));
refresh();
charts.forEach(c => c());

"use strict";

/* All texts stand in the page. Cards are shown by copying their nodes, never by making
   markup out of text. What is chosen, asked and known is kept in the few names below. */

const KEPT = "trainer.study/";
const LANGUAGE = "trainer.language";
const THEME = "trainer.theme";
const THEMES = ["auto", "light", "dark"];
const LATER = 4; // a card that was not known comes again after so many others

const root = document.documentElement;
let storage = openStorage();
let theme = THEMES.includes(recall(THEME)) ? recall(THEME) : "auto";
let words = {};
let framing = {};
let language = root.lang;
let cards = [];
let view = "study";
let queue = [];
let asked = null; // what the stage shows: the card, its answer so far, its verdict
let undone = null; // how things stood before the last answer
let mayReset = false;

root.classList.add("js");
root.dataset.theme = theme;
document.addEventListener("DOMContentLoaded", start);

/* What the browser keeps */

function openStorage() {
  try {
    const found = window.localStorage;
    found.setItem(`${KEPT}?`, "?");
    found.removeItem(`${KEPT}?`);
    return found;
  } catch {
    return null;
  }
}

function recall(name) {
  try {
    return storage ? storage.getItem(name) : null;
  } catch {
    return null;
  }
}

function keep(name, value) {
  try {
    if (value === null) storage?.removeItem(name);
    else storage?.setItem(name, value);
  } catch {
    storage = null;
    sayKept();
  }
}

/* Words */

function say(key, values = {}, tongue = language) {
  return words[tongue][key].replace(
    /\{(\w+)(?::plural ([^}/]*)\/([^}]*))?\}/g,
    (_, name, one, many) =>
      one === undefined ? values[name] : values[name] === 1 ? one : many,
  );
}

function speak(node, key, values) {
  node.dataset.say = key;
  if (values) node.dataset.values = JSON.stringify(values);
  else delete node.dataset.values;
  node.textContent = say(key, values);
  return node;
}

function speakAll() {
  root.lang = language;
  root.dataset.language = language;
  document.title = say("title");
  for (const node of document.querySelectorAll("[data-say]"))
    node.textContent = say(node.dataset.say, JSON.parse(node.dataset.values || "{}"));
  for (const node of document.querySelectorAll("[data-label]"))
    node.setAttribute("aria-label", say(node.dataset.label, JSON.parse(node.dataset.values || "{}")));
  for (const option of document.querySelectorAll("#topic option[value]:not([value=''])"))
    option.textContent = titleOf(option.value);
  const other = Object.keys(words).find((one) => one !== language);
  const button = byId("language");
  if (button && other) {
    button.lang = other;
    button.textContent = say("language-name", {}, other);
  }
  speak(byId("theme"), `theme-${theme}`);
  sayKept();
}

function sayKept() {
  if (words[language]) speak(byId("kept"), storage ? "kept" : "not-kept");
}

function titleOf(deck) {
  const texts = [...document.querySelectorAll(`.chapter[data-deck="${deck}"] h2 .text`)];
  return (texts.find((one) => !one.lang || one.lang === language) || texts[0]).textContent;
}

/* Nodes */

function byId(id) {
  return document.getElementById(id);
}

function make(tag, name, ...children) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  node.append(...children);
  return node;
}

function button(key, act, name = "") {
  const node = speak(make("button", name), key);
  node.type = "button";
  if (act) node.addEventListener("click", act);
  return node;
}

function copyOf(card, selector) {
  return [...card.node.querySelectorAll(selector)].map((node) => node.cloneNode(true));
}

/* Beginning */

function start() {
  words = JSON.parse(byId("words").textContent);
  framing = JSON.parse(byId("framing").textContent);
  const kept = recall(LANGUAGE);
  if (words[kept]) language = kept;
  cards = [...document.querySelectorAll(".leaf")].map((node) => ({
    node,
    id: node.dataset.card,
    deck: node.closest(".chapter").dataset.deck,
    text: textOf(node),
    ...JSON.parse(node.dataset.exercise),
    ...remembered(node.dataset.card),
  }));
  for (const id of ["switches", "filters", "tabs", "study", "judging", "kept", "reset-row"])
    byId(id).hidden = false;
  listen();
  for (const card of cards) mark(card);
  speak(byId("reset"), "reset");
  speakAll();
  choose();
}

function textOf(node) {
  const texts = [node.dataset.card, ...[...node.querySelectorAll(".text")].map((one) => one.textContent)];
  return texts.join(" ").normalize("NFKC").toLowerCase();
}

function remembered(id) {
  try {
    const found = JSON.parse(recall(KEPT + id)) || {};
    return { known: found.known === true, answers: Number(found.answers) || 0 };
  } catch {
    return { known: false, answers: 0 };
  }
}

function listen() {
  byId("filters").open = window.matchMedia("(min-width: 38rem)").matches;
  byId("language")?.addEventListener("click", () => {
    language = Object.keys(words).find((one) => one !== language);
    keep(LANGUAGE, language);
    speakAll();
  });
  byId("theme").addEventListener("click", () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    root.dataset.theme = theme;
    keep(THEME, theme);
    speak(byId("theme"), `theme-${theme}`);
  });
  byId("choose").addEventListener("submit", (event) => {
    event.preventDefault();
    if (view === "study") focusFirst(byId("stage"));
  });
  for (const id of ["search", "topic", "show"]) byId(id).addEventListener("input", choose);
  byId("study-tab").addEventListener("click", () => look("study"));
  byId("browse-tab").addEventListener("click", () => look("browse"));
  byId("reset").addEventListener("click", reset);
  byId("reset").addEventListener("blur", () => askReset(false));
  document.addEventListener("keydown", onKey);
}

/* Choosing */

function fits(card) {
  const wanted = byId("search").value.normalize("NFKC").toLowerCase().split(/\s+/);
  const topic = byId("topic").value;
  return (!topic || card.deck === topic) && wanted.every((word) => card.text.includes(word));
}

function isShown(card) {
  const states = {
    open: !card.known,
    missed: !card.known && card.answers > 0,
    known: card.known,
    all: true,
  };
  return states[byId("show").value];
}

function choose() {
  queue = cards.filter((card) => fits(card) && isShown(card));
  undone = null;
  const shown = new Set(queue);
  for (const card of cards) card.node.hidden = !shown.has(card);
  for (const chapter of document.querySelectorAll(".chapter"))
    chapter.hidden = !chapter.querySelector(".leaf:not([hidden])");
  speak(byId("found"), shown.size ? "found" : "none", { count: shown.size });
  ask(false);
}

function look(wanted) {
  view = wanted;
  root.dataset.view = view;
  byId("study-tab").setAttribute("aria-pressed", String(view === "study"));
  byId("browse-tab").setAttribute("aria-pressed", String(view === "browse"));
  if (view === "study") choose();
}

/* Asking */

function ask(moveFocus = true) {
  asked = queue.length ? { card: queue[0], picked: [], verdict: null } : null;
  const stage = byId("stage");
  stage.classList.toggle("empty", !asked);
  stage.replaceChildren(...(asked ? question(asked.card) : ending()));
  count();
  if (moveFocus) {
    focusFirst(stage);
    stage.scrollIntoView({ block: "nearest" });
  }
}

function question(card) {
  const heading = document.querySelector(`.chapter[data-deck="${card.deck}"] h2`);
  const front = make("div", "front", ...copyOf(card, ".question"));
  if (card.form === "recall")
    front.addEventListener("click", () => {
      if (!String(window.getSelection())) reveal(null);
    });
  const result = make("div", "result");
  result.setAttribute("role", "status");
  return [
    make("p", "where", ...[...heading.childNodes].map((node) => node.cloneNode(true))),
    front,
    make("div", "work", ...exercise(card)),
    result,
    make("div", "actions", ...actions(card)),
  ];
}

function exercise(card) {
  if (card.form === "type" || card.form === "cloze") return [typing(card)];
  if (card.form === "choose" || card.form === "order") return [choices(card)];
  return [];
}

function actions(card) {
  const main = {
    recall: () => button("flip", () => reveal(null), "primary"),
    type: checking,
    cloze: checking,
  }[card.form];
  const skip = button("skip", () => {
    queue.push(queue.shift());
    ask();
  }, "quiet");
  const back = undone ? [button("take-back", takeBack, "quiet")] : [];
  return [...(main ? [main()] : []), skip, ...back];
}

function checking() {
  const check = button("check", null, "primary");
  check.type = "submit";
  check.setAttribute("form", "typing"); // with it, Enter in any field is enough
  return check;
}

function typing(card) {
  const form = make("form", "typing");
  form.id = "typing";
  const blanks = card.accept[0].length;
  for (let number = 1; number <= blanks; number += 1) {
    const field = make("input", card.code ? "code" : "");
    for (const name of ["autocomplete", "autocapitalize", "autocorrect"])
      field.setAttribute(name, "off");
    field.spellcheck = false;
    const label = blanks > 1 ? speak(make("span"), "blank", { number }) : speak(make("span"), "type");
    form.append(make("label", "field", label, field));
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = [...form.querySelectorAll("input")].map((field) => field.value);
    const empty = typed.findIndex((text) => !text.trim());
    if (empty >= 0 && isTyped(typed)) form.querySelectorAll("input")[empty].focus();
    else if (!asked.verdict) reveal(agrees(card, typed), typed);
  });
  return form;
}

function choices(card) {
  const list = make("ol", "picks");
  card.node.querySelectorAll(".choices > li").forEach((item, place) => {
    const pick = make("button", "pick", ...[...item.childNodes].map((node) => node.cloneNode(true)));
    pick.type = "button";
    pick.addEventListener("click", () => choosePlace(place));
    list.append(make("li", "", pick));
  });
  return list;
}

function choosePlace(place) {
  const { card, picked } = asked;
  if (asked.verdict) return;
  if (card.form === "choose") {
    picked.push(place);
    reveal(place === card.right);
    return;
  }
  if (picked.includes(place)) picked.splice(picked.indexOf(place), 1);
  else picked.push(place);
  const picks = [...byId("stage").querySelectorAll(".pick")];
  picks.forEach((pick, at) => {
    const number = picked.indexOf(at) + 1;
    pick.dataset.number = number || "";
    pick.setAttribute("aria-pressed", String(number > 0));
    if (number) pick.setAttribute("aria-description", String(number));
    else pick.removeAttribute("aria-description");
  });
  if (picked.length === picks.length)
    reveal(picked.every((at, number) => card.right[at] === number));
}

/* Comparing what was typed, by words */

function plain(text, isCode) {
  const straight = text
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/(^|\s)[\u2012-\u2015\u2212]+(?=[A-Za-z]{2})/g, "$1--")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .normalize("NFKC")
    .replace(/[\u200b-\u200f\ufeff]/g, "");
  return isCode
    ? straight.replace(/^\s*[$#]\s+/, "").replace(/[\s\u3002]+$/, "").replace(/'/g, '"')
    : straight.replace(/[`"']/g, "").replace(/[\s.\u3002!?,;]+$/, "").toLowerCase();
}

function wordsOf(text, isCode) {
  return plain(text, isCode).split(/\s+/).filter(Boolean);
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

function isWord(given, wanted) {
  const fixed = wanted.split(/<[\w-]+>/);
  if (fixed.length === 1) return given === wanted;
  const pattern = fixed.map(escaped).join("\\S+");
  return new RegExp(`^${pattern}$`, "u").test(given);
}

function isSame(given, wanted, isCode) {
  const typed = wordsOf(given, isCode);
  const right = wordsOf(wanted, isCode);
  return typed.length === right.length && typed.every((word, at) => isWord(word, right[at]));
}

function agrees(card, typed) {
  return card.accept.some((blanks) =>
    blanks.every((answers, at) =>
      answers.some((answer) => {
        const given = typed[at] || "";
        return isSame(given, answer, card.code) || isFramed(card, given, answer, answers);
      }),
    ),
  );
}

/* What the question says already may stand around an answer; see `framing` */

function isFramed(card, given, answer, answers) {
  if (!Object.hasOwn(card.framed, answer) || given.length > framing.longest) return false;
  const [text, inner] = [given, answer].map((one) => {
    const wide = one.normalize("NFKC").trim();
    return card.framed[answer] ? wide : wide.toLowerCase();
  });
  const [before, after] = framing.edges;
  const found = new RegExp(before + escaped(inner) + after).exec(text);
  if (!found) return false;
  const frame = `${text.slice(0, found.index)} ${text.slice(found.index + inner.length)}`;
  const questions = [...card.node.querySelectorAll(".question .text")];
  const said = [...questions.map((one) => one.textContent), ...answers].join(" ");
  return isSaid(frame.toLowerCase(), said.normalize("NFKC").toLowerCase());
}

function isSaid(frame, said) {
  const singular = (word) => word.replace(/(.)s$/, "$1");
  const latin = (text) => text.match(/[a-z0-9]+/g) || [];
  const known = new Set([...latin(said).map(singular), ...framing.fillers]);
  const added = latin(frame);
  return (
    !framing.denials.some((sign) => frame.includes(sign)) &&
    !added.some((word) => framing.hedges.includes(word)) &&
    added.every((word) => known.has(singular(word))) &&
    (frame.match(/[\u4e00-\u9fff]+/g) || []).every((run) =>
      said.includes(run.replace(new RegExp(framing.links, "g"), "")),
    )
  );
}

/* Showing the answer */

function reveal(isRight, typed = []) {
  if (!asked || asked.verdict) return;
  const { card } = asked;
  asked.verdict = isRight === null ? "flip" : isRight ? "right" : "wrong";
  const stage = byId("stage");
  for (const field of stage.querySelectorAll(".typing input")) field.readOnly = true;
  if (card.form === "choose" || card.form === "order") showPicks(card, isRight);
  const result = stage.querySelector(".result");
  if (isRight !== null) result.append(speak(make("p", `verdict ${asked.verdict}`), asked.verdict));
  if (isRight === false && isTyped(typed)) result.append(comparison(card, typed));
  result.append(...copyOf(card, ".back"));
  if (card.form === "choose" && isRight) result.querySelector(".answer").remove();
  stage.querySelector(".actions").replaceChildren(...judging(card, isRight, typed));
  stage.querySelector(".actions .primary").focus({ preventScroll: true });
  result.scrollIntoView({ block: "nearest" });
}

function judging(card, isRight, typed) {
  if (isRight === null)
    return [button("again", () => settle(false)), button("knew", () => settle(true), "primary")];
  const next = button("next", () => settle(isRight), "primary");
  return !isRight && isTyped(typed) ? [next, button("count-as-right", () => settle(true), "quiet")] : [next];
}

function isTyped(typed) {
  return typed.some((text) => text.trim());
}

function comparison(card, typed) {
  const right = new Set(card.accept.flat(2).flatMap((answer) => wordsOf(answer, card.code)));
  const line = make("p", "typed", speak(make("span", "label"), "typed"));
  const shown = make(card.code ? "code" : "span", "");
  for (const word of typed.flatMap((text) => text.trim().split(/\s+/))) {
    const known = wordsOf(word, card.code).every((one) => [...right].some((wanted) => isWord(one, wanted)));
    shown.append(known ? word : make("del", "", word), " ");
  }
  line.append(shown);
  return line;
}

function showPicks(card, isRight) {
  const picks = [...byId("stage").querySelectorAll(".pick")];
  picks.forEach((pick, at) => {
    pick.disabled = true;
    if (card.form === "choose") {
      if (at === card.right) pick.classList.add("right");
      else if (asked.picked.includes(at)) pick.classList.add("wrong");
    } else {
      const isPlaced = asked.picked[card.right[at]] === at;
      pick.classList.add(isRight || isPlaced ? "right" : "wrong");
    }
  });
}

function settle(isRight) {
  const { card } = asked;
  undone = { card, known: card.known, answers: card.answers, queue: [...queue] };
  card.known = isRight;
  card.answers += 1;
  remember(card);
  queue.shift();
  if (!isRight) queue.splice(Math.min(LATER, queue.length), 0, card);
  ask();
}

function takeBack() {
  const { card, known, answers } = undone;
  Object.assign(card, { known, answers });
  queue = undone.queue;
  undone = null;
  remember(card);
  ask();
}

function remember(card) {
  const { known, answers } = card;
  keep(KEPT + card.id, answers ? JSON.stringify({ known, answers }) : null);
  mark(card);
}

function mark(card) {
  const state = card.known ? "known" : card.answers ? "missed" : "";
  const shown = card.node.querySelector(".state");
  card.node.dataset.state = state;
  if (state) speak(shown, `state-${state}`);
  else {
    delete shown.dataset.say;
    shown.textContent = "";
  }
}

function ending() {
  const fitting = cards.filter(fits);
  if (!fitting.length) return [speak(make("p", "ending"), "none")];
  const isKnown = fitting.every((card) => card.known);
  const again = button("once-more", () => {
    if (isKnown) byId("show").value = "all";
    choose();
    focusFirst(byId("stage"));
  }, "primary");
  const back = undone ? [button("take-back", takeBack, "quiet")] : [];
  return [
    speak(make("p", "ending"), isKnown ? "finished-known" : "finished"),
    make("div", "actions", again, ...back),
  ];
}

function count() {
  const fitting = cards.filter(fits);
  const known = fitting.filter((card) => card.known).length;
  byId("bar").max = Math.max(fitting.length, 1);
  byId("bar").value = known;
  speak(byId("count"), "count", { known, total: fitting.length });
}

function reset() {
  if (!mayReset) {
    askReset(true);
    return;
  }
  for (const card of cards) {
    Object.assign(card, { known: false, answers: 0 });
    remember(card);
  }
  askReset(false);
  choose();
}

function askReset(isAsking) {
  mayReset = isAsking;
  speak(byId("reset"), isAsking ? "reset-sure" : "reset");
}

/* Keys */

function focusFirst(stage) {
  const isTouched = window.matchMedia("(pointer: coarse)").matches;
  const field = stage.querySelector("input"); // on a phone, keys would cover the card
  const first = field ? !isTouched && field : stage.querySelector(".actions .primary");
  (first || stage).focus({ preventScroll: true });
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = event.target;
  if (target.matches("input, select, textarea")) {
    if (event.key === "Escape") target.blur();
    return;
  }
  if (event.key === "/") {
    event.preventDefault();
    byId("search").focus();
  } else if (view === "study" && asked) onStudyKey(event, target);
}

function onStudyKey(event, target) {
  const isPress = event.key === " " || event.key === "Enter";
  const stage = byId("stage");
  if (isPress && !target.matches("button, summary, a")) {
    event.preventDefault();
    stage.querySelector(".primary")?.click();
  } else if (/^[1-9]$/.test(event.key)) {
    const places = asked.verdict
      ? asked.verdict === "flip" && stage.querySelectorAll(".actions button")
      : stage.querySelectorAll(".pick");
    if (places) places[event.key - 1]?.click();
  }
}

// Slash commands: the list that opens with "/", the fields of one, and suggestions while typing.

const SUGGEST_AFTER_MS = 250;

const list = () => document.getElementById("commands");
const place = () => document.getElementById("command");
const text = () => document.querySelector("form.write textarea");

/** Shows the commands whose names fit what is typed. */
function filter(typed) {
  const words = typed.toLowerCase().replace(/^\//, "").split(/\s+/).filter(Boolean);
  for (const option of list().querySelectorAll(".option")) {
    const name = option.dataset.name.toLowerCase();
    option.hidden = !words.every((word) => name.includes(word));
  }
}

function show(shown) {
  if (!list()) return;
  list().hidden = !shown;
  document.querySelector("[data-commands]")?.setAttribute("aria-expanded", String(shown));
}

async function choose(path) {
  show(false);
  if (text()) text().value = "";
  const here = document.body.dataset.live.replace(/\/live$/, "");
  const response = await fetch(`${here}/command/${path.split(" ").map(encodeURIComponent).join("/")}`);
  if (!response.ok) return;
  place().innerHTML = await response.text();
  place().querySelector("select, input:not([type=hidden]), textarea, button")?.focus();
}

export function closeCommand() {
  if (!place().firstChild) return;
  place().replaceChildren();
  text()?.focus();
}

let waiting;

function suggest(input) {
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const form = input.form;
    const data = new FormData(form);
    data.set("focused", input.dataset.suggests);
    const response = await fetch(form.dataset.suggest, { method: "POST", body: data });
    const box = input.parentElement.querySelector(".suggestions");
    box.innerHTML = response.status === 200 ? await response.text() : "";
    box.hidden = !box.firstChild;
    input.setAttribute("aria-expanded", String(!box.hidden));
  }, SUGGEST_AFTER_MS);
}

export function startCommands() {
  document.addEventListener("click", (event) => {
    const option = event.target.closest("[data-path]");
    if (option) return void choose(option.dataset.path);
    if (event.target.closest("[data-commands]")) {
      filter("");
      show(list().hidden);
      list().querySelector(".option")?.focus();
      return;
    }
    if (event.target.closest("form.command [data-close]")) return closeCommand();
    const suggestion = event.target.closest(".suggestions [data-value]");
    if (suggestion) {
      event.preventDefault();
      const input = suggestion.closest(".combo").querySelector("input");
      input.value = suggestion.dataset.value;
      suggestion.parentElement.hidden = true;
      input.focus();
    }
  });
  document.addEventListener("input", (event) => {
    if (event.target === text()) {
      const typing = event.target.value.startsWith("/");
      show(typing);
      if (typing) filter(event.target.value);
    }
    if (event.target.dataset?.suggests) suggest(event.target);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.dataset?.suggests) suggest(event.target);
  });
  document.addEventListener("keydown", (event) => {
    const options = list() ? [...list().querySelectorAll(".option:not([hidden])")] : [];
    if (event.key === "Escape") {
      if (list() && !list().hidden) {
        show(false);
        text()?.focus();
      } else if (event.target.closest?.("form.command")) {
        closeCommand();
      }
      return;
    }
    if (!list() || list().hidden) return;
    const at = options.indexOf(document.activeElement);
    if (event.key === "ArrowDown") options[Math.min(at + 1, options.length - 1)]?.focus();
    else if (event.key === "ArrowUp") (at > 0 ? options[at - 1] : text())?.focus();
    else if (event.key === "Enter" && event.target === text() && options.length > 0) options[0].click();
    else return;
    event.preventDefault();
    // The line is not sent as a message.
    event.stopImmediatePropagation();
  }, true);
}

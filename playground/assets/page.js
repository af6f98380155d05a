// Keeps the page as the server has it, and sends what the person does. Without it, the page can be
// read, and its buttons and forms work.

import { closeCommand, startCommands } from "./commands.js";
import { morphInto } from "./morph.js";

const part = (id) => document.getElementById(id);

// ---- What changes --------------------------------------------------------------------------------------------------

/** How near to the end of the messages one must be to be taken along, in pixels. */
const NEAR = 120;

function toTheEnd() {
  const messages = part("messages");
  messages.scrollTop = messages.scrollHeight;
}

function receive({ id, html }) {
  const target = part(id);
  const follows = id === "messages" && target.scrollHeight - target.scrollTop - target.clientHeight < NEAR;
  const logs = [...target.querySelectorAll("[data-follow]")].filter((log) => log.scrollHeight - log.scrollTop - log.clientHeight < 40);
  morphInto(target, html);
  if (follows) toTheEnd();
  for (const log of logs) log.scrollTop = log.scrollHeight;
  if (id === "form") openForm();
}

function openForm() {
  const dialog = part("form").querySelector("dialog");
  if (!dialog || dialog.matches(":modal")) return;
  // Without the script the form stands on the page; with it, it is the only thing that can be used.
  dialog.removeAttribute("open");
  dialog.showModal();
  dialog.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  // Escape closes the form on the server, too.
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    dialog.querySelector("[name=close]")?.click();
  });
}

function listen() {
  const events = new EventSource(document.body.dataset.live);
  events.addEventListener("part", (event) => {
    document.body.dataset.connected = "yes";
    receive(JSON.parse(event.data));
  });
  events.addEventListener("error", () => {
    document.body.dataset.connected = "no";
  });
  // Otherwise a page that is left keeps its connection, and a browser has few of them.
  addEventListener("pagehide", () => events.close());
}

// ---- What the person does ------------------------------------------------------------------------------------------

let silence;

function say(sentence) {
  part("say").textContent = sentence;
  clearTimeout(silence);
  silence = setTimeout(() => part("say").replaceChildren(), 8000);
}

async function send(form, submitter) {
  const data = new FormData(form, submitter);
  try {
    const response = await fetch(form.action, { method: "POST", body: data, headers: { "x-playground": "1" } });
    const answer = response.headers.get("content-type")?.includes("json") ? await response.json() : {};
    if (!response.ok) return say(answer.say ?? "That did not work.");
    if (answer.go) return void location.assign(answer.go);
    sent(form);
  } catch {
    say("The playground is not running any more.");
  }
}

/** Tidies up after an action that worked. */
function sent(form) {
  if (form.matches(".write")) {
    form.reset();
    grow(form.querySelector("textarea"));
    toTheEnd();
  }
  if (form.matches(".command")) closeCommand();
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu.contains(form)) menu.open = false;
  }
  // A list that sends by itself is ready for the same choice again.
  if (form.querySelector("[data-submit] > option[value='']")) form.reset();
}

function grow(field) {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 240)}px`;
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.act")) return;
  event.preventDefault();
  if (event.target.matches(".write") && !event.target.text.value.trim() && !event.target.files?.files.length) return;
  void send(event.target, event.submitter);
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]") && event.target.value) event.target.form.requestSubmit();
  if (event.target.matches("form.write [type=file]")) {
    const count = event.target.files.length;
    say(count ? `${count === 1 ? "One file is" : `${count} files are`} attached. Send to post.` : "");
  }
});

document.addEventListener("input", (event) => {
  if (event.target.matches("form.write textarea")) grow(event.target);
  if (event.target.matches(".filter")) {
    const wanted = event.target.value.toLowerCase();
    for (const option of event.target.closest("form").querySelectorAll(".option")) {
      option.hidden = !option.textContent.toLowerCase().includes(wanted);
    }
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.matches("form.write textarea")) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
  // The filter of a menu is not the choice.
  if (event.key === "Enter" && event.target.matches(".filter")) event.preventDefault();
  if (event.key === "Escape") {
    const menu = document.activeElement?.closest("details.menu[open]") ?? document.querySelector("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    } else {
      for (const id of ["places", "people", "operator"]) toggle(id, false);
    }
  }
});

// ---- Menus, panels, light and dark ---------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const toggler = event.target.closest("[data-toggle]");
  if (toggler) toggle(toggler.dataset.toggle);
  if (event.target.closest("[data-theme-switch]")) {
    const dark = getComputedStyle(document.documentElement).colorScheme === "dark";
    remember("theme", dark ? "light" : "dark");
    applyTheme();
  }
});

function toggle(id, shown = !part(id).classList.contains("shown")) {
  part(id).classList.toggle("shown", shown);
  for (const button of document.querySelectorAll(`[data-toggle="${id}"]`)) button.setAttribute("aria-expanded", String(shown));
  if (id === "operator") remember("operator", shown ? "shown" : "");
  if (id === "operator" && shown) for (const log of document.querySelectorAll("[data-follow]")) log.scrollTop = log.scrollHeight;
}

/** What the browser keeps of a person's wishes; private windows may refuse. */
function remember(key, value) {
  try {
    localStorage.setItem(`playground-${key}`, value);
  } catch { /* for this page only */ }
}

function recall(key) {
  try {
    return localStorage.getItem(`playground-${key}`);
  } catch {
    return null;
  }
}

function applyTheme() {
  const theme = recall("theme");
  if (theme) document.documentElement.dataset.theme = theme;
}

applyTheme();
if (recall("operator") === "shown" && matchMedia("(min-width: 1100px)").matches) toggle("operator", true);
startCommands();
openForm();
toTheEnd();
listen();
document.body.dataset.ready = "yes";

// Makes one tree of elements like another and keeps what the person is doing: focus, what they typed, what they opened.

/** Changes the children of `target` to those of the HTML. */
export function morphInto(target, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  morphChildren(target, template.content);
}

function morphChildren(target, source) {
  let current = target.firstChild;
  for (const wanted of [...source.childNodes]) {
    const match = find(current, wanted);
    if (!match) {
      target.insertBefore(wanted, current);
      continue;
    }
    // What stands before it is gone.
    while (current !== match) {
      const gone = current;
      current = current.nextSibling;
      gone.remove();
    }
    current = match.nextSibling;
    morph(match, wanted);
  }
  while (current) {
    const gone = current;
    current = current.nextSibling;
    gone.remove();
  }
}

/** The next sibling that is the same thing: by id, else the very next one if it is of the same kind. */
function find(current, wanted) {
  if (wanted.id) {
    for (let node = current; node; node = node.nextSibling) {
      if (node.id === wanted.id) return node;
    }
    return null;
  }
  const same = current && current.nodeType === wanted.nodeType && current.nodeName === wanted.nodeName && !current.id;
  return same ? current : null;
}

function morph(target, wanted) {
  if (target.nodeType !== Node.ELEMENT_NODE) {
    if (target.nodeValue !== wanted.nodeValue) target.nodeValue = wanted.nodeValue;
    return;
  }
  if (target.isEqualNode(wanted)) return;
  for (const { name, value } of [...wanted.attributes]) {
    if (!isOfPerson(target, name) && target.getAttribute(name) !== value) target.setAttribute(name, value);
  }
  for (const { name } of [...target.attributes]) {
    if (!isOfPerson(target, name) && !wanted.hasAttribute(name)) target.removeAttribute(name);
  }
  // What is being typed or chosen stays.
  if (target === document.activeElement && target.matches("input, textarea, select")) return;
  if (target.matches("textarea") && target.value) return;
  morphChildren(target, wanted);
}

/** Attributes that the page's script or the browser changes. */
function isOfPerson(element, name) {
  if (name === "open") return element.matches("details, dialog");
  if (name === "hidden") return element.matches(".commands, .suggestions");
  return name === "aria-expanded" || name === "value" && element === document.activeElement;
}

// The reading view: which version of each message is shown. All messages stand in the page, parents before children;
// the ones off the chosen path are hidden.
"use strict";

function readConversation(root, words) {
  const messages = [...root.querySelectorAll("article")];
  const parents = messages.map((message) => Number(message.dataset.parent));
  const children = new Map();
  parents.forEach((parent, index) => {
    if (!children.has(parent)) children.set(parent, []);
    children.get(parent).push(index);
  });
  const chosen = new Map();
  messages.forEach((message, index) => {
    if (!message.hidden) chosen.set(parents[index], index);
  });

  function show() {
    const path = new Set();
    for (let at = -1; children.has(at); ) {
      at = chosen.get(at) ?? children.get(at).at(-1);
      path.add(at);
    }
    messages.forEach((message, index) => {
      message.hidden = !path.has(index);
    });
  }

  function choose(index) {
    for (let at = index; at >= 0; at = parents[at]) chosen.set(parents[at], at);
    show();
  }

  function button(sign, label, step, index, siblings) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = sign;
    made.title = label;
    made.setAttribute("aria-label", label);
    const target = siblings[siblings.indexOf(index) + step];
    made.disabled = target === undefined;
    made.addEventListener("click", () => {
      choose(target);
      const place = messages[target].querySelector(".version");
      place.querySelector("button:not(:disabled)")?.focus();
      messages[target].scrollIntoView({ block: "nearest" });
    });
    return made;
  }

  messages.forEach((message, index) => {
    const siblings = children.get(parents[index]);
    const place = message.querySelector(".version");
    if (siblings.length < 2 || !place) return;
    const number = document.createElement("span");
    number.textContent = ` ${siblings.indexOf(index) + 1} / ${siblings.length} `;
    place.replaceChildren(
      button("‹", words.earlier, -1, index, siblings),
      number,
      button("›", words.later, 1, index, siblings),
    );
  });

  function open(id) {
    const index = messages.findIndex((message) => message.id === id);
    if (index < 0) return;
    if (messages[index].hidden) choose(index);
    messages.forEach((message) => message.classList.remove("found"));
    messages[index].classList.add("found");
    messages[index].scrollIntoView({ block: "start" });
  }

  show();
  return { open };
}

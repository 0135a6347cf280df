// The search box and its results, for both forms. What is searched comes piece by piece, and hits are shown as they come.
"use strict";

function startFinder({ words, load, address }) {
  const box = document.getElementById("search");
  const results = document.getElementById("results");
  const status = document.getElementById("status");
  const library = document.getElementById("library");
  const shownAtOnce = 100;
  let round = 0;

  function snippet(text, wanted) {
    const line = document.createElement("span");
    line.className = "snippet";
    line.dir = "auto";
    for (const [piece, isHit] of archiveSearch.marked(text, wanted)) {
      if (isHit) {
        const mark = document.createElement("mark");
        mark.textContent = piece;
        line.append(mark);
      } else {
        line.append(piece);
      }
    }
    return line;
  }

  function hit(talk, message, wanted) {
    const link = document.createElement("a");
    link.href = address(talk, message?.anchor);
    const head = document.createElement("span");
    head.className = "head";
    head.dir = "auto";
    head.textContent = [talk.title, talk.date, message?.speaker].filter(Boolean).join(" · ");
    link.append(head);
    if (message) link.append(snippet(message.text, wanted));
    const item = document.createElement("li");
    item.append(link);
    return item;
  }

  async function search() {
    const mine = (round += 1);
    const wanted = archiveSearch.terms(box.value);
    results.replaceChildren();
    library.hidden = wanted.length > 0;
    results.hidden = wanted.length === 0;
    status.textContent = "";
    if (!wanted.length) return;
    const waiting = [];
    let hits = 0;
    let talks = 0;
    for await (const { pieces, done, total } of load()) {
      if (mine !== round) return;
      for (const talk of pieces) {
        let found = 0;
        if (archiveSearch.matches((talk.folded ??= archiveSearch.fold(talk.title)), wanted)) {
          waiting.push([talk, null]);
          found += 1;
        }
        for (const message of talk.messages) {
          if (!archiveSearch.matches((message.folded ??= archiveSearch.fold(message.text)), wanted)) continue;
          waiting.push([talk, message]);
          found += 1;
        }
        hits += found;
        talks += found ? 1 : 0;
      }
      while (waiting.length && results.childElementCount < shownAtOnce) results.append(hit(...waiting.shift(), wanted));
      const count = words.found.replace("{hits}", hits).replace("{talks}", talks);
      status.textContent = done < total ? `${count} (${done} / ${total})` : count;
    }
    if (waiting.length) {
      const more = document.createElement("button");
      more.type = "button";
      more.textContent = words.more;
      more.addEventListener("click", () => {
        more.before(...waiting.splice(0, shownAtOnce).map((each) => hit(...each, wanted)));
        if (!waiting.length) more.remove();
      });
      results.append(more);
    }
  }

  let timer = 0;
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 120);
  });
  return {
    search(query) {
      box.value = query;
      return search();
    },
  };
}

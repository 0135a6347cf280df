// The form of one single file: every conversation stands in it as text that is read when it is opened or searched.
"use strict";

{
  const json = (id) => JSON.parse(document.getElementById(id).textContent);
  const words = json("words");
  const talks = json("talks").map(([title, date], index) => ({ title, date, index, messages: null }));
  const library = document.getElementById("front");
  const view = document.getElementById("view");
  let reader = null;
  let opened = -1;

  function messages(talk) {
    talk.messages ??= json(`talk-${talk.index}`).search.map(([anchor, speaker, text]) => ({ anchor, speaker, text }));
    return talk.messages;
  }

  const newestFirst = [...talks].sort((one, other) => (one.date < other.date ? 1 : -1));

  async function* load() {
    const step = 50;
    for (let from = 0; from < talks.length; from += step) {
      const pieces = newestFirst.slice(from, from + step);
      pieces.forEach(messages);
      yield { pieces, done: Math.min(from + step, talks.length), total: talks.length };
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  const address = (talk, anchor) => `#c=${talk.index}${anchor ? `&m=${anchor}` : ""}`;
  const finder = startFinder({ words, load, address });

  function follow() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const number = asked.has("c") ? Number(asked.get("c")) : -1;
    const isOpen = number in talks;
    library.hidden = isOpen;
    view.hidden = !isOpen;
    if (!isOpen) {
      document.title = words.title;
      if (asked.get("q")) finder.search(asked.get("q"));
      return;
    }
    if (opened !== number) {
      view.querySelector("main").innerHTML = json(`talk-${number}`).html;
      reader = readConversation(view.querySelector("main"), words);
      document.title = talks[number].title;
      opened = number;
      scrollTo(0, 0);
    }
    if (asked.get("m")) reader.open(asked.get("m"));
  }

  addEventListener("hashchange", follow);
  follow();
}

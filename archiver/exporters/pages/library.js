// The library page of the folder form. What is searched lies in scripts beside it, since a page that was opened from a
// disk may load scripts but not read files; each is loaded when it is first needed.
"use strict";

const archivePieces = new Map();

{
  const words = JSON.parse(document.getElementById("words").textContent);
  const names = JSON.parse(document.getElementById("pieces").textContent);

  function piece(name) {
    if (archivePieces.has(name)) return archivePieces.get(name);
    return new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = name;
      script.addEventListener("load", () => resolve(archivePieces.get(name) ?? []));
      script.addEventListener("error", () => resolve([]));
      document.head.append(script);
    });
  }

  async function* load() {
    for (const [index, name] of names.entries()) {
      yield { pieces: await piece(name), done: index + 1, total: names.length };
    }
  }

  const address = (talk, anchor) => (anchor ? `${talk.address}#${anchor}` : talk.address);
  const finder = startFinder({ words, load, address });
  const follow = () => {
    const query = new URLSearchParams(location.hash.slice(1)).get("q");
    if (query) finder.search(query);
  };
  addEventListener("hashchange", follow);
  follow();
}

function archivePiece(name, rows) {
  archivePieces.set(
    name,
    rows.map(([title, address, date, messages]) => ({
      title,
      address,
      date,
      messages: messages.map(([anchor, speaker, text]) => ({ anchor, speaker, text })),
    })),
  );
}

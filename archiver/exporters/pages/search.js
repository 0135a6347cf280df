// Offline search in every script. The same letters however they were typed, é and e, Traditional and Simplified,
// katakana and hiragana are one; words of Latin, Greek and Cyrillic letters are found from their beginning, everything
// else anywhere. A query is words that all occur in one message; "quotes" keep words together.
"use strict";

const archiveSearch = (() => {
  const plain = /^[\x00-\x7f]*$/;
  const ignored = /[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0000}-\u{e01ef}\u{1f3fb}-\u{1f3ff}]/gu;
  const nasal = "ङ्(?=[क-ङ])|ञ्(?=[च-ञ])|ण्(?=[ट-ण])|न्(?=[त-न])|म्(?=[प-म])";
  const nasals = new RegExp(nasal, "g");
  const letterByLetter = new RegExp(`${nasal}|.`, "gsu");
  const beginsWord = /^[a-z0-9\u0370-\u052f]/;
  const inWord = /[\p{L}\p{N}]/u;
  const table = new Map();

  function learn(letters, traditional, simplified) {
    for (const [from, to] of letters) table.set(from, to);
    const targets = [...simplified];
    [...traditional].forEach((from, index) => table.set(from, targets[index]));
  }

  function fold(text) {
    if (plain.test(text)) return text.toLowerCase();
    return text
      .replaceAll("™", " ")
      .normalize("NFKC")
      .toLowerCase()
      .replaceAll("ß", "ss")
      .replace(ignored, "")
      .replace(/[^\x00-\x7f]/gu, (letter) => table.get(letter) ?? letter)
      .replace(nasals, "\u0902");
  }

  function terms(query) {
    const found = [];
    for (const match of query.matchAll(/"([^"]+)"?|“([^”]+)”?|(\S+)/g)) {
      const term = fold(match[1] ?? match[2] ?? match[3]).trim().replace(/\s+/g, " ");
      if (term) found.push(term);
    }
    return found;
  }

  function place(folded, term, from = 0) {
    for (let at = folded.indexOf(term, from); at >= 0; at = folded.indexOf(term, at + 1)) {
      if (at === 0 || !beginsWord.test(term) || !inWord.test(folded[at - 1])) return at;
    }
    return -1;
  }

  function matches(folded, wanted) {
    return wanted.every((term) => place(folded, term) >= 0);
  }

  // Folding changes lengths, so the words to mark are looked for letter by letter, and only in what is shown.
  function marked(text, wanted, width = 160) {
    const letters = text.replace(/\s+/g, " ").match(letterByLetter) ?? [];
    let folded = "";
    const origin = [];
    letters.forEach((letter, index) => {
      const piece = letter.endsWith("\u094d") && letter.length > 1 ? "\u0902" : letter === " " ? " " : fold(letter);
      for (let n = 0; n < piece.length; n += 1) origin.push(index);
      folded += piece;
    });
    const spans = [];
    for (const term of wanted) {
      for (let at = place(folded, term); at >= 0; at = place(folded, term, at + term.length)) {
        spans.push([origin[at], origin[at + term.length - 1] + 1]);
      }
    }
    spans.sort((one, other) => one[0] - other[0]);
    const start = Math.max(0, (spans[0]?.[0] ?? 0) - Math.floor(width / 3));
    const end = Math.min(letters.length, start + width);
    const pieces = [];
    let last = start;
    if (start > 0) pieces.push(["…", false]);
    for (const [from, to] of spans) {
      if (from < last || to > end) continue;
      pieces.push([letters.slice(last, from).join(""), false], [letters.slice(from, to).join(""), true]);
      last = to;
    }
    pieces.push([letters.slice(last, end).join(""), false]);
    if (end < letters.length) pieces.push(["…", false]);
    return pieces;
  }

  return { learn, fold, terms, matches, marked };
})();

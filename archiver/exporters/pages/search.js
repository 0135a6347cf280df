// Offline search in every script. The same letters however they were typed, é and e, Traditional and Simplified,
// katakana and hiragana are one. Words of alphabetic scripts are found from their beginning, since people are still
// typing; Han, kana and Hangul are found anywhere. A query is words that all occur in one message; "quotes" keep
// words together.
"use strict";

const archiveSearch = (() => {
  const plain = /^[\x00-\x7f]*$/;
  const ignored = /[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0000}-\u{e01ef}\u{1f3fb}-\u{1f3ff}]/gu;
  const nasal = "ङ्(?=[क-ङ])|ञ्(?=[च-ञ])|ण्(?=[ट-ण])|न्(?=[त-न])|म्(?=[प-म])";
  // A Han character followed by its own pronunciation, as in 關(guān)掉, is damage done by copying.
  const reading = "(?<=[\\u3400-\\u9fff])\\([a-zü]{0,5}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]{0,5}\\)";
  const grouping = "(?<=\\d)[.,'\\u00a0\\u202f](?=\\d{3}(?!\\d))";
  const nasals = new RegExp(nasal, "g");
  const unread = new RegExp(reading, "g");
  const ungrouped = new RegExp(grouping, "g");
  const units = new RegExp(`(?<gone>${reading}|${grouping})|(?<nasal>${nasal})|.`, "gsu");
  const alphabets = [/[a-z0-9\u00df-\u024f\u0370-\u052f]/, /[\u0900-\u0963\u0971-\u097f]/, /[\u0620-\u064a]/];
  const arabicPrefixes = new Set(["", "ال", "وال", "بال", "كال", "فال", "لل", "و"]);
  const hangul = /^[\uac00-\ud7a3]{2,}$/;
  const table = new Map();

  function learn(letters, traditional, simplified) {
    for (const [from, to] of letters) table.set(from, to);
    const targets = [...simplified];
    [...traditional].forEach((from, index) => table.set(from, targets[index]));
  }

  function fold(text) {
    if (plain.test(text)) return text.toLowerCase().replace(ungrouped, "");
    return text
      .replaceAll("™", " ")
      .normalize("NFKC")
      .toLowerCase()
      .replace(ignored, "")
      .replace(unread, "")
      .replace(/[’‘ʼ]/g, "'")
      .replace(/[‐‑]/g, "-")
      .replaceAll("ß", "ss")
      .replace(/[^\x00-\x7f]/gu, (letter) => table.get(letter) ?? letter)
      .replace(nasals, "\u0902")
      .replace(ungrouped, "");
  }

  // Every way a word may stand in a text: Grüße, Gruesse and Grusse are one.
  function forms(word) {
    const folded = fold(word).trim().replace(/\s+/g, " ");
    const german = fold(word.normalize("NFC").replace(/[äöü]/gi, (letter) => `${fold(letter)}e`)).trim();
    const found = new Set([folded, german, folded.replace(/([aou])e/g, "$1")].filter(Boolean));
    return [...found].map((form) =>
      hangul.test(form) ? { form, apart: new RegExp(`(?<![\\uac00-\\ud7a3])${[...form].join(" ?")}`, "g") } : { form },
    );
  }

  function terms(query) {
    const words = [...query.matchAll(/"([^"]+)"?|“([^”]+)”?|(\S+)/g)];
    return words
      .map((match) => forms((match[1] ?? match[2] ?? match[3]).replace(/(?<=.)\*$/, "")))
      .filter((found) => found.length);
  }

  function beginsWord(folded, at, form) {
    const alphabet = alphabets.find((letters) => letters.test(form[0]));
    if (at === 0 || !alphabet?.test(folded[at - 1])) return true;
    return arabicPrefixes.has(folded.slice(Math.max(0, at - 5), at).match(/[\u0620-\u064a]*$/)[0] || "-");
  }

  function* places(folded, { form, apart }) {
    for (let at = folded.indexOf(form); at >= 0; at = folded.indexOf(form, at + 1)) {
      if (beginsWord(folded, at, form)) yield [at, at + form.length];
    }
    if (apart) for (const match of folded.matchAll(apart)) yield [match.index, match.index + match[0].length];
  }

  function occurs(folded, found) {
    return found.some((form) => !places(folded, form).next().done);
  }

  function matches(folded, wanted) {
    return wanted.every((found) => occurs(folded, found));
  }

  // Folding changes lengths, so the words to mark are looked for letter by letter, and only in what is shown.
  function marked(text, wanted, width = 160) {
    const letters = [];
    const origin = [];
    let folded = "";
    for (const { 0: letter, groups } of text.normalize("NFC").replace(/\s+/g, " ").matchAll(units)) {
      const piece = groups.gone ? "" : groups.nasal ? "\u0902" : letter === " " ? " " : fold(letter);
      for (let n = 0; n < piece.length; n += 1) origin.push(letters.length);
      letters.push(letter);
      folded += piece;
    }
    const spans = wanted
      .flatMap((found) => found.flatMap((form) => [...places(folded, form)]))
      .map(([from, to]) => [origin[from], origin[to - 1] + 1])
      .sort((one, other) => one[0] - other[0] || other[1] - one[1]);
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

// Words of a text; mirrors internal/search/words.go, diag.Distance and near of
// facet.go.

// A run of ideographs, or of other letters, marks and digits with single signs inside.
const ideographs = "[\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}ー]+";
const others = `(?:(?!${ideographs})[\\p{L}\\p{M}\\p{N}])+`;
const wordly = new RegExp(`${ideographs}|${others}(?:[._'’]${others})*`, "gu");
const ideograph = new RegExp(`^${ideographs}`, "u");

// trim takes off spaces as Go knows them; \s is a little different.
export const trim = (text) => text.replace(new RegExp("^\\p{White_Space}+|\\p{White_Space}+$", "gu"), "");

export const isIdeograph = (text) => ideograph.test(text);

// lower is a text in lower case, character by character as in Go: İ stays one
// character, and Σ does not know that it is the last.
export const lower = (text) => text.replaceAll("İ", "i").replaceAll("Σ", "σ").toLowerCase();

export const words = (text) => Array.from(lower(text).matchAll(wordly), ({ 0: w, index }) => ({ start: index, end: index + w.length, text: w }));

// parts are the pieces of a word with signs inside, or pairs of ideographs.
export const parts = ({ start, text }) => {
  const list = [];
  const add = (at, piece) => list.push({ start: start + at, end: start + at + piece.length, text: piece });
  if (isIdeograph(text)) {
    const signs = Array.from(text);
    let at = 0;
    for (let i = 1; i < signs.length && signs.length > 2; i++) {
      add(at, signs[i - 1] + signs[i]);
      at += signs[i - 1].length;
    }
  } else if (/[._'’]/.test(text)) {
    for (const { 0: piece, index } of text.matchAll(/[^._'’]+/g)) {
      if (!index || Array.from(piece).length > 1 || !/['’]/.test(text)) add(index, piece);
    }
  }
  return list;
};

// fold makes names comparable that differ in case, spaces and signs only.
export const fold = (text) => (lower(text).match(/[\p{L}\p{M}\p{N}+#]+/gu) ?? []).join("-");

// compare orders texts by their characters, as Go does; < would order by halves
// of characters.
export const compare = (a, b) => {
  let i = 0;
  while (i < a.length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  return (a.codePointAt(i) ?? -1) - (b.codePointAt(i) ?? -1);
};

// distance is the number of letters left out, added, mistaken or swapped with
// their neighbour between two lists of letters, or limit + 1 when it is more.
export const distance = (a, b, limit) => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const now = [i];
    for (let j = 1; j <= b.length; j++) {
      now[j] = Math.min(last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) now[j] = Math.min(now[j], before[j - 2] + 1);
    }
    if (Math.min(...now) > limit) return limit + 1;
    before = last;
    last = now;
  }
  return Math.min(last[b.length], limit + 1);
};

export const longWord = 8;

// near returns the values that a mistyped one may stand for, at most three.
export const near = (typed, values) => {
  const key = fold(typed);
  const letters = Array.from(key);
  const limit = letters.length >= longWord ? 2 : 1;
  return values
    .map((value) => {
      const other = fold(value);
      const far = Math.min(...[other, ...other.split("-")].map((part) => distance(letters, Array.from(part), limit))); // "anchr" for "anchor-api"
      const within = `-${other}`.includes(`-${key}`) || key.startsWith(`${other}-`); // "2021-06", of a year
      return { value, far: letters.length >= 3 && within ? Math.min(far, limit) : far };
    })
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ value }) => value);
};

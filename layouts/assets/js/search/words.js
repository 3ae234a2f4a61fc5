// Words of a text as Bleve's tokenizer finds them.

const segmenter = new Intl.Segmenter("en", { granularity: "word" });

// words returns the words of a text with their places in it.
export const words = (text) => {
  const found = [];
  for (const part of segmenter.segment(text)) {
    if (part.isWordLike) {
      found.push({ word: part.segment.toLowerCase(), start: part.index, end: part.index + part.segment.length });
    }
  }
  return found;
};

const maxQuery = 256; // characters
const maxQueryWords = 32;

// queryWords are the different words of a query, in order.
export const queryWords = (text) => {
  const short = Array.from(text).slice(0, maxQuery).join("");
  return [...new Set(words(short).map((w) => w.word))].slice(0, maxQueryWords);
};

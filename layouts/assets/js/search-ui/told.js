// What a search found, in a few words.

import { pages } from "./dom.js";

// count says how many pages there are and which words none of them has.
export const count = ({ total, without }) => {
  const words = without.join(", ");
  if (total) return pages(total) + (words && `, without: ${words}`);
  return words ? `No page has: ${words}` : "No page matches";
};

// corrected says which words were taken for others.
export const corrected = (answer) => answer.corrected.map((c) => `Showing results for “${c.taken}” instead of “${c.typed}”.`);

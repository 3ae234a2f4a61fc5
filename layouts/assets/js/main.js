// Loaded before the body, so that the chosen theme is there from the first
// paint. All listeners sit on the document: the body may be replaced.
import "./theme.js";
import "./keys.js";
import "./copy.js";
import "./narrow.js";
import "./zone.js";
import "./terms.js";

document.documentElement.dataset.js = "";

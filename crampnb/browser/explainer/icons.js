/** 1,000 people as marks, as `icon_array` in views/pictures.py draws them. */

const COLUMNS = 40;
const ROWS = 25;
const DIAMOND = "m0-4.4 4.4 4.4-4.4 4.4-4.4-4.4z";
const RING = "m-3 0a3 3 0 1 0 6 0 3 3 0 1 0-6 0z";

/**
 * @param {SVGElement} picture
 * @param {number} baseline
 * @param {number} today
 */
export function drawIcons(picture, baseline, today) {
  const shown = `${baseline} ${today}`;
  if (picture.dataset.icons === shown) return;
  picture.dataset.icons = shown;
  const settled = Math.min(baseline, today);
  const changed = Math.max(baseline, today);
  const more = today > baseline;
  const groups = {
    base: rows(0, settled),
    [more ? "more" : "fewer"]: marks(settled, changed, more ? DIAMOND : RING),
    rest: rows(changed, COLUMNS * ROWS),
  };
  const paths = Object.entries(groups).map(([name, d]) => {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("class", `icons-${name}`);
    path.setAttribute("d", d);
    return path;
  });
  picture.replaceChildren(...paths.filter((path) => path.getAttribute("d")));
}

/**
 * A path along the places from `start` up to `end`, row by row; each ends on a dot.
 * @param {number} start
 * @param {number} end
 */
function rows(start, end) {
  let d = "";
  for (let at = start; at < end; ) {
    const row = Math.floor(at / COLUMNS);
    const stop = Math.min(end, (row + 1) * COLUMNS);
    d += `M${(at % COLUMNS) * 10 + 5} ${row * 10 + 5}h${(stop - at - 1) * 10 + 1}`;
    at = stop;
  }
  return d;
}

/**
 * A path with a shape in each place from `start` up to `end`.
 * @param {number} start
 * @param {number} end
 * @param {string} shape
 */
function marks(start, end, shape) {
  let d = "";
  for (let at = start; at < end; at++) {
    d += `M${(at % COLUMNS) * 10 + 5} ${Math.floor(at / COLUMNS) * 10 + 5}${shape}`;
  }
  return d;
}

// A mail program wrote the # of a link as %23, or a ? as %3F: the settings go where they belong.
const cut = location.pathname.search(/%23|%3f/i);
if (cut >= 0) location.replace(`${location.pathname.slice(0, cut)}#${location.pathname.slice(cut + 3)}`);

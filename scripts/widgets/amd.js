// anywidget is published for an AMD loader only: this stands in for one while it is read.
export const defined = [];
globalThis.define = (_, factory) => defined.push(factory);

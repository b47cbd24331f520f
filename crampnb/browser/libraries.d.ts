/** Libraries that have no types of their own, or another name where a page finds them. */

declare module "idiomorph/dist/idiomorph.esm.js" {
  export const Idiomorph: {
    morph(
      place: Element,
      html: string,
      how: {
        morphStyle: "innerHTML";
        callbacks: { beforeAttributeUpdated(name: string, node: Element): boolean };
      },
    ): void;
  };
}

declare module "*/pyodide-module.js" {
  export { loadPyodide } from "pyodide";
}

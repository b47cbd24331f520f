/** The settings in the address come along: to the other site, and to the next try. */
/** @type {HTMLAnchorElement | null} */
const site = document.querySelector("[data-site]");
if (site) {
  const follow = () => {
    site.hash = location.hash;
  };
  follow();
  addEventListener("hashchange", follow);
}
document.querySelector("[data-again]")?.addEventListener("click", (event) => {
  event.preventDefault();
  location.reload();
});

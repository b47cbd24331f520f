/** The settings in the address come along: to the other site, and to the next try. */
const site = document.querySelector("[data-site]");
const follow = () => (site.hash = location.hash);
if (site) {
  follow();
  addEventListener("hashchange", follow);
}
document.querySelector("[data-again]").addEventListener("click", (event) => {
  event.preventDefault();
  location.reload();
});

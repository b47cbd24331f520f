/** Opened from a disk, a folder is a list of files and no lesson starts: says so, and mends the links. */
if (location.protocol === "file:") {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll('a[href]:not([href*=":"])');
  for (const link of links) {
    link.href = (link.getAttribute("href") ?? "").replace(/^([^?#]*\/)(?=$|[?#])/, "$1index.html");
  }
  const told = document.createElement("p");
  const command = document.createElement("code");
  told.className = "card";
  command.textContent = "python3 -m http.server";
  told.append(
    "You have opened this from a disk. The numbers follow the sliders; Python, with the tips, the " +
      "tables and files, and the lessons start only when a web server sends them. In this folder, start one with: ",
    command,
  );
  document.querySelector("[data-start]")?.after(told);
}

// @ts-check

/** The time zone of the browser, for the next request: pages are rendered on the server. */
function rememberZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const name = "tollgate-zone";
  if (!zone || document.cookie.split("; ").some((part) => part.startsWith(name + "="))) return;
  const path = new URL(document.baseURI).pathname;
  document.cookie = `${name}=${zone}; path=${path}; max-age=31536000; samesite=lax`;
  const isKept = document.cookie.includes(name);
  if (isKept && zone !== "UTC" && !new URL(location.href).searchParams.has("tz")) location.reload();
}

/** Menus close when the person clicks or moves elsewhere, or presses Escape. */
function closeMenus() {
  const menus = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(/** @type {Node} */ (event.target))) menu.removeAttribute("open");
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.removeAttribute("open");
      menu.querySelector("summary")?.focus();
    }
  });
}

/** Keys for what one does often. None works while a field has the focus. */
function handleKeys() {
  const ranges = { d: "today", e: "yesterday", w: "7d", t: "30d", m: "this_month", p: "last_month", y: "this_year" };
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, select, textarea")) return;
    if (event.key === "/") {
      const search = /** @type {HTMLInputElement | null} */ (document.querySelector("input[type=search]"));
      if (search) {
        event.preventDefault();
        search.focus();
      }
      return;
    }
    const link = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (link instanceof HTMLElement) return link.click();
    const range = ranges[/** @type {keyof typeof ranges} */ (event.key)];
    if (!range || !document.querySelector(".range")) return;
    const address = new URL(location.href);
    for (const name of ["from", "to", "after", "before"]) address.searchParams.delete(name);
    address.searchParams.set("range", range);
    location.assign(address);
  });
}

/** A one-time token is behind the # of its link, which browsers send nowhere: it goes into its field, out of sight. */
function takeFragments() {
  const values = new URLSearchParams(location.hash.slice(1));
  for (const field of document.querySelectorAll("input[data-fragment]")) {
    const value = values.get(/** @type {HTMLElement} */ (field).dataset.fragment ?? "");
    if (!value) continue;
    /** @type {HTMLInputElement} */ (field).value = value;
    history.replaceState(null, "", location.pathname + location.search);
  }
}

/** Buttons that copy the text of another element. */
function copyTexts() {
  document.addEventListener("click", async (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("[data-copy]");
    if (!(button instanceof HTMLElement)) return;
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy ?? "")?.textContent ?? "");
    button.textContent = "Copied";
  });
}

/** Forms that show their result as soon as something is chosen; without this script, a button does. */
function submitOnChange() {
  for (const form of document.querySelectorAll("form[data-submit-on-change]"))
    form.addEventListener("change", () => /** @type {HTMLFormElement} */ (form).requestSubmit());
}

copyTexts();
submitOnChange();
takeFragments();
addEventListener("hashchange", takeFragments);
rememberZone();
closeMenus();
handleKeys();

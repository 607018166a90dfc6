/* Without a network the to-do list is shown as it was last seen, with the time; once the network is back it is loaded anew.
   Only a list that this person's own page has shown is kept on the device, for a day, and until the person leaves. */
(function () {
  "use strict";
  var net = document.getElementById("net"), main = document.getElementById("content");
  if (!net || !main) { return; }
  var user = net.dataset.user, todo = net.dataset.todoUrl, key = "todo:" + user, DAY = 24 * 3600 * 1000;

  function forget() {
    try {
      Object.keys(window.localStorage).forEach(function (name) {
        if (name.indexOf("todo:") === 0) { window.localStorage.removeItem(name); }
      });
    } catch (error) { /* nothing is kept there */ }
  }
  if (!user) { forget(); return; } // nobody is logged in here
  document.querySelectorAll("form.leave, form[action$='/logout']").forEach(function (form) {
    form.addEventListener("submit", forget);
  });

  var here = window.location.pathname === todo && window.location.search === "";
  if (here && document.querySelector(".count-tiles, main .empty")) {
    var copy = main.cloneNode(true); // what waits on this device is shown anew each time
    copy.querySelectorAll("[data-waiting-list], .log-in-again").forEach(function (part) { part.remove(); });
    try { window.localStorage.setItem(key, JSON.stringify({ at: Date.now(), html: copy.innerHTML })); } catch (error) { /* full */ }
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href]");
    if (!link || navigator.onLine || link.getAttribute("href") !== todo || event.ctrlKey || event.metaKey) { return; }
    var kept = null;
    try { kept = JSON.parse(window.localStorage.getItem(key) || "null"); } catch (error) { kept = null; }
    if (!kept || Date.now() - kept.at > DAY) { return; }
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("draft:save")); // the form on this page, if there is one
    show(kept);
  });
  var left = null; // the page that was left for the copy: the way back leads to it, with all that was typed
  window.addEventListener("popstate", function () {
    if (!left || window.location.pathname === todo) { return; }
    main.textContent = "";
    main.appendChild(left.page);
    document.title = left.title;
    left = null;
  });
  function show(kept) {
    var at = new Date(kept.at), time = ("0" + at.getHours()).slice(-2) + ":" + ("0" + at.getMinutes()).slice(-2);
    var page = new DOMParser().parseFromString(kept.html, "text/html"), note = document.createElement("p");
    note.className = "notice warning"; note.setAttribute("role", "status"); note.dataset.copied = "";
    note.textContent = net.dataset.lastCopy.replace("{time}", time);
    if (!left && window.location.pathname !== todo) {
      left = { page: document.createDocumentFragment(), title: document.title };
      while (main.firstChild) { left.page.appendChild(main.firstChild); }
      window.history.pushState(null, "", todo);
    }
    main.textContent = "";
    Array.prototype.slice.call(page.body.childNodes).forEach(function (node) { main.appendChild(document.importNode(node, true)); });
    main.insertBefore(note, main.firstChild);
    var title = main.querySelector("h1");
    if (title) { document.title = title.textContent; }
    main.focus();
    window.scrollTo(0, 0);
    document.dispatchEvent(new CustomEvent("todo:shown"));
  }
  window.addEventListener("online", function () { // what waits is sent first; then drafts.js loads the list anew
    var copied = main.querySelector("[data-copied]"), waits = main.querySelector("[data-waiting-list] .card");
    if (copied && !waits) { window.location.assign(todo); }
  });
})();

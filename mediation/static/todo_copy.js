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
    try { window.localStorage.setItem(key, JSON.stringify({ at: Date.now(), html: main.innerHTML })); } catch (error) { /* full */ }
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href]");
    if (!link || navigator.onLine || link.getAttribute("href") !== todo || event.ctrlKey || event.metaKey) { return; }
    var kept = null;
    try { kept = JSON.parse(window.localStorage.getItem(key) || "null"); } catch (error) { kept = null; }
    if (!kept || Date.now() - kept.at > DAY || document.querySelector("form[data-draft]")) { return; }
    event.preventDefault();
    show(kept);
  });
  function show(kept) {
    var at = new Date(kept.at), time = ("0" + at.getHours()).slice(-2) + ":" + ("0" + at.getMinutes()).slice(-2);
    var page = new DOMParser().parseFromString(kept.html, "text/html"), note = document.createElement("p");
    note.className = "notice warning"; note.setAttribute("role", "status");
    note.textContent = net.dataset.lastCopy.replace("{time}", time);
    main.textContent = "";
    Array.prototype.slice.call(page.body.childNodes).forEach(function (node) { main.appendChild(document.importNode(node, true)); });
    main.insertBefore(note, main.firstChild);
    main.focus();
    window.addEventListener("online", function () { window.location.assign(todo); });
  }
})();

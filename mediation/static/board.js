/* The whistle as it will be printed is drawn anew while one types; without this a button of the form does it. */
(function () {
  "use strict";
  var wide = window.matchMedia("(min-width: 900px)").matches;
  var form = document.querySelector("[data-preview-form]");
  if (!form || !window.fetch || !window.DOMParser) { return; }
  var wait = 0, asked = 0;

  function fold() { return form.querySelector("[data-preview]"); }

  function look() {
    if (!fold() || !fold().open) { return; }
    var body = new URLSearchParams(new FormData(form)), mine = ++asked;
    body.set("_look", "1");
    fetch(form.getAttribute("action"), { method: "POST", body: body, credentials: "same-origin" })
      .then(function (answer) { return answer.ok && !answer.redirected ? answer.text() : ""; })
      .then(function (text) {
        var found = text && new DOMParser().parseFromString(text, "text/html").querySelector("[data-preview-body]");
        var here = form.querySelector("[data-preview-body]");
        if (found && here && mine === asked && !here.contains(document.activeElement)) {
          here.replaceWith(document.importNode(found, true));
        }
      }).catch(function () { return null; });
  }
  function soon() { clearTimeout(wait); wait = setTimeout(look, 600); }

  function begin() {
    var there = fold();
    if (!there) { return; }
    if (wide) { there.open = true; }
    there.addEventListener("toggle", look);
  }
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("draft:redrawn", function () { begin(); look(); });
  begin();
  look();
})();

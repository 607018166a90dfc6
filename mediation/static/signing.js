/* Signing on a phone: the scanned code lets itself in; the page that shows it looks how far the signing has come. */
"use strict";
(function () {
  var form = document.querySelector("[data-signing-link]");
  var token = window.location.hash.slice(1);
  if (form && /^[A-Za-z0-9_-]{20,80}$/.test(token)) {
    history.replaceState(null, "", window.location.pathname);
    document.querySelector("[data-entering]").hidden = false;
    document.querySelector("[data-without]").hidden = true;
    var field = document.createElement("input");
    field.type = "hidden"; field.name = "token"; field.value = token;
    form.appendChild(field);
    form.submit();
  }
  var page = document.querySelector("[data-code-state]");
  if (!page) { return; }
  function look() {
    fetch(page.getAttribute("data-code-state"), { credentials: "same-origin", headers: { Accept: "application/json" } })
      .then(function (answer) { return answer.ok ? answer.json() : null; })
      .then(function (said) {
        if (said && said.state !== page.getAttribute("data-now")) { window.location.reload(); } else { wait(); }
      })
      .catch(wait);
  }
  function wait() { window.setTimeout(look, 3000); }
  wait();
}());

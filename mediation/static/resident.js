/* Pages for residents: a scanned code lets itself in, the quick exit leaves no way back, a page prints itself. */
"use strict";
(function () {
  var form = document.querySelector("form[data-track]");
  var token = window.location.hash.slice(1);
  if (form && /^[A-Za-z0-9_-]{20,80}$/.test(token)) {
    history.replaceState(null, "", window.location.pathname);
    var field = document.createElement("input");
    field.type = "hidden"; field.name = "token"; field.value = token;
    form.appendChild(field);
    form.submit();
  }
  document.querySelectorAll("form[data-quick-exit]").forEach(function (exit) {
    var leave = function (event) {
      if (event) { event.preventDefault(); }
      try {
        fetch(exit.action, { method: "POST", body: new FormData(exit), credentials: "same-origin", keepalive: true });
      } finally {
        window.location.replace(exit.getAttribute("data-quick-exit"));
      }
    };
    exit.addEventListener("submit", leave);
    var pressed = 0;
    document.addEventListener("keydown", function (event) {
      pressed = event.key === "Escape" ? pressed + 1 : 0;
      if (pressed === 3) { leave(); }
    });
  });
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
}());

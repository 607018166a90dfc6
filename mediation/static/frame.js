/* What every page gets from a script; all of it works without. No syntax newer than Chromium 86. */
(function () {
  "use strict";
  var root = document.documentElement;

  // A summary of errors takes the focus, so that it is read first.
  var summary = document.getElementById("summary") || document.querySelector("[data-attention]");
  if (summary) { summary.focus(); }

  // What is folded on a phone lies open where there is room.
  if (window.matchMedia("(min-width: 900px)").matches) {
    document.querySelectorAll("[data-open-wide]").forEach(function (fold) { fold.open = true; });
  }

  // The number of copies: − and ＋ beside the field.
  document.querySelectorAll("[data-stepper]").forEach(function (box) {
    var field = box.querySelector("input");
    box.querySelectorAll("button").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        var next = (parseInt(field.value, 10) || 0) + Number(button.dataset.by);
        field.value = String(Math.min(99, Math.max(1, next)));
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
      });
    });
  });

  // A password can be looked at while it is typed.
  document.querySelectorAll("input[type=password][data-show]").forEach(function (field) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "second show-password";
    button.textContent = field.dataset.show;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", function () {
      var shown = field.type === "text";
      field.type = shown ? "password" : "text";
      button.textContent = shown ? field.dataset.show : field.dataset.hide;
      button.setAttribute("aria-pressed", String(!shown));
    });
    field.insertAdjacentElement("afterend", button);
  });

  // Pressed once: the button says so until the answer is there. Coming back by the Back button frees it again.
  var busy = null;
  document.addEventListener("submit", function (event) {
    if (event.defaultPrevented) { return; }
    var button = window.formFields ? window.formFields.pressedFor(event) : event.submitter;
    if (button && button.hasAttribute("formtarget")) { return; }  // opens beside this page
    if (busy === event.target) { event.preventDefault(); return; }
    busy = event.target;
    var key = busy.elements._key;
    if (key && busy.method === "post") { keep("sent:" + window.location.pathname, key.value); }
  });
  // The answer to a form cannot be fetched a second time; who comes back to it finds the form's own page.
  if (document.body.hasAttribute("data-answers-a-form")) {
    ["submit", "click"].forEach(function (leaving) {
      document.addEventListener(leaving, function (event) {
        if (event.defaultPrevented || (leaving === "click" && !event.target.closest("a[href]"))) { return; }
        window.history.replaceState(null, "", window.location.href);
      });
    });
  }
  window.addEventListener("pageshow", function (event) {
    busy = null;
    var entry = window.performance.getEntriesByType("navigation")[0];
    if (event.persisted || (entry && entry.type === "back_forward")) { leadToReceipt(); }
  });

  // Back to a form that was sent: what it did is shown, and it cannot be sent a second time.
  function keep(name, value) {
    try { window.sessionStorage.setItem(name, value); } catch (error) { /* kept by the server all the same */ }
  }
  function leadToReceipt() {
    var key = null;
    try { key = window.sessionStorage.getItem("sent:" + window.location.pathname); } catch (error) { return; }
    if (!key) { return; }
    window.fetch("/sent/" + encodeURIComponent(key), { credentials: "same-origin", headers: { Accept: "application/json" } })
      .then(function (answer) { return answer.ok ? answer.json() : {}; })
      .then(function (said) { if (said.location) { window.location.replace(said.location); } })
      .catch(function () { /* offline: the page stays */ });
  }
  root.classList.add("scripts");
})();
